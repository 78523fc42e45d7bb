"""What a version brings is said from what is published."""

import pytest

from tests.agenda.subscribing.world import BUSINESS, GONE, board, item, paper, publish, publish_without_fees
from torbay_reports.agenda.subscribing.whats_new import whats_new

pytestmark = pytest.mark.django_db
TITLE = "Harbour Board, Wednesday 6 September 2017: Supplement 1"


def test_a_first_version_says_its_items_with_their_pages_and_what_is_to_follow() -> None:
    new = whats_new(
        publish(reasons=["Item 5: the figures came late."], urgency="Item 9 is urgent."), name="Supplement 1"
    )
    assert new.title == TITLE
    assert new.lines == (
        "Item 1, Apologies",
        "Item 5, Harbour fees (Pages 2 - 8)",
        "Item 6, Moorings: Survey (Page 9); Plan (Pages 10 - 52)",
    )
    assert new.to_follow == ("Item 7, Tenders",)
    assert new.late == ("Item 5: the figures came late.",)
    assert new.urgency == "Item 9 is urgent."
    assert (new.changes, new.reason) == (0, "")


def test_an_agenda_has_neither_reasons_nor_urgency() -> None:
    new = whats_new(publish(when="Wednesday"), name="Agenda")
    assert (new.late, new.urgency) == ((), "")


def test_a_corrected_version_says_why_and_how_much() -> None:
    changes = ({"paper": "Harbour fees", "where": "Paragraph 1.1", "before": "£1", "after": "£2"},) * 2
    new = whats_new(publish(2, reason="A sum was wrong.", changes=changes), name="Supplement 1")
    assert new.title == f"Corrected: {TITLE}"
    assert (new.changes, new.reason, new.only_withdraws) == (2, "A sum was wrong.", False)


def test_a_version_that_only_withdraws_names_no_paper() -> None:
    new = whats_new(publish_without_fees(), name="Supplement 1")
    assert new.title == f"Withdrawn: {TITLE}"
    assert new.lines == ("Item 5: Withdrawn on 5 September 2017 by the clerk (Pages 2 - 8)",)
    assert new.only_withdraws


def test_a_version_that_withdraws_and_changes_more_is_a_correction() -> None:
    changes = tuple({"paper": "", "where": "The whole paper", "before": "", "after": said} for said in (GONE, "Added."))
    items = (item("5", "Harbour fees", paper("fees", "", upload=None, withdrawn=GONE)), *BUSINESS[2:])
    new = whats_new(publish(2, items=items, changes=changes), name="Supplement 1")
    assert new.title == f"Corrected: {TITLE}"
    assert new.lines[0] == "Item 5, Harbour fees: Withdrawn on 5 September 2017 by the clerk (Pages 2 - 8)"


def test_it_asks_the_database_nothing(django_assert_num_queries: pytest.FixtureRequest) -> None:
    board()
    bundle = publish()
    with django_assert_num_queries(0):  # type: ignore[operator]
        whats_new(bundle, name="Supplement 1")
