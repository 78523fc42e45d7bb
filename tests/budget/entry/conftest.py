"""The open quarter of an invented year, and who enters it."""

import pytest

from budget.models import Quarter
from tests.budget.entry.world import finance, holder
from tests.budget.forty import forty_services
from torbay_reports.access.models import User


@pytest.fixture
def quarter(db: None) -> Quarter:
    return forty_services()


@pytest.fixture
def flo(db: None) -> User:
    """A finance officer."""
    return finance()


@pytest.fixture
def hal(db: None) -> User:
    """The budget holder of the group Adults."""
    return holder()
