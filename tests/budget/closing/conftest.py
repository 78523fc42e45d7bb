"""An open quarter of forty services, and the people who close it."""

from dataclasses import dataclass

import pytest

from budget.models import Quarter
from tests.access.cast import person_with
from tests.budget.entry.world import finance, holder
from tests.budget.forty import forty_services
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role


@dataclass(frozen=True)
class Close:
    """A quarter and one person of each kind; `flo` and `fay` are of finance, `hal` holds the adults' services."""

    quarter: Quarter
    hal: User
    flo: User
    fay: User
    head: User


@pytest.fixture
def close(db: None) -> Close:
    return Close(forty_services(), holder(), finance(), finance("Fay Example"), person_with(Role.HEAD_OF_FINANCE))
