"""Bundles made once for all tests that only read them."""

from pathlib import Path

import pytest

from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A whole store; the bundle is the second version of its pack."""
    return kit.whole_store(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="package")
def restricted(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The restricted edition of the same pack in a store of its own."""
    return kit.put(tmp_path_factory.mktemp("restricted"), kit.restricted_plan(), kit.first_facts())


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    return folder
