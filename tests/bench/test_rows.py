"""The invented rows are as many and as long as the source's, and not its words."""

from pathlib import Path

import pytest
from django.conf import settings

from improvement.calculations.tracker import PlanFile, StepEntry
from improvement.calculations.versions.soundness import problems
from tests.bench.rows import invented_tracker
from torbay_reports.core.reading import read_json

SOURCE = Path(settings.FIXTURES_DIR) / "improvement.json"


def lengths(step: StepEntry) -> list[int]:
    return [len(step.how), len(step.who), len(step.success), *(len(update.text) for update in step.updates)]


@pytest.mark.parametrize("copies", [1, 10])
def test_there_are_so_many_times_as_many_rows_of_the_sources_lengths(copies: int) -> None:
    source = list(read_json(SOURCE, PlanFile).tracker.steps())
    tracker = invented_tracker(SOURCE, copies).tracker
    steps = list(tracker.steps())
    assert len(source) == 172
    assert [lengths(step) for *_, step in steps] == [lengths(step) for *_, step in source] * copies
    assert len({action.reference for _, _, action, _ in steps}) == copies * len({a.reference for _, _, a, _ in source})
    assert list(problems(tracker)) == []


def test_the_words_are_invented_and_the_same_every_time() -> None:
    source = {step.how for *_, step in read_json(SOURCE, PlanFile).tracker.steps() if len(step.how) > 10}
    first, again = invented_tracker(SOURCE), invented_tracker(SOURCE)
    assert first == again
    assert not source & {step.how for *_, step in first.tracker.steps()}
    twice = [step.how for *_, step in invented_tracker(SOURCE, 2).tracker.steps()]
    assert twice[:172] != twice[172:]
