"""Only a signed quarter's report is frozen for a meeting: what is published never changes, and an open quarter does."""

import pytest

from budget.reports.monitoring import SOURCE_NAME
from budget.services.closing import reopen
from budget.services.outline import store_outline
from tests.access.cast import person_with
from tests.agenda.brought import make_paper
from tests.budget.closing import stages
from tests.budget.closing.conftest import Close
from torbay_reports.access.roles import Role
from torbay_reports.agenda.services import NotReadyToPublish, publish_paper
from torbay_reports.documents import registry

pytestmark = pytest.mark.django_db


def obstacles(close: Close) -> tuple[str, ...]:
    return registry.source(SOURCE_NAME).obstacles(close.quarter.subject)


def test_a_quarter_is_frozen_only_while_it_is_signed(close: Close) -> None:
    (sentence,) = obstacles(close)
    assert sentence == (
        f"{close.quarter} is not signed yet. The head of finance signs it first, which locks its figures."
    )
    stages.sign_it_with_report(close)
    assert obstacles(close) == ()
    reopen(quarter=close.quarter, by=close.head, why="A figure of Parks was wrong.")
    assert obstacles(close) == (sentence,)


def test_a_quarter_that_is_not_in_the_books_has_no_obstacle_of_its_own() -> None:
    assert registry.source(SOURCE_NAME).obstacles("2099-00/q1") == ()
    assert registry.source(SOURCE_NAME).obstacles("2017-18/q4") == ()


def test_a_paper_of_an_open_quarter_is_not_published(close: Close) -> None:
    clerk = person_with(Role.CLERK)
    store_outline(quarter=close.quarter, by=close.flo)
    paper = make_paper("monitoring", source=SOURCE_NAME, subject=close.quarter.subject)
    with pytest.raises(NotReadyToPublish, match="is not signed yet"):
        publish_paper(paper=paper, by=clerk)
    paper.refresh_from_db()
    assert paper.publication is None
    stages.sign_it(close)
    assert publish_paper(paper=paper, by=clerk).publication is not None
