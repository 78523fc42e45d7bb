"""What every bench measures with."""

from collections.abc import Callable

import pytest

from tests.bench.measuring import Measure, compared


@pytest.fixture
def measured(capfd: pytest.CaptureFixture[str]) -> Measure:
    """Measures two things in turn and prints its line past pytest's capture."""

    def measure(name: str, this: Callable[[], object], other: Callable[[], object]) -> float:
        ratio, line = compared(name, this, other)
        with capfd.disabled():
            print(line, flush=True)
        return ratio

    return measure
