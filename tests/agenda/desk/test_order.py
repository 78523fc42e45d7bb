"""Items and papers go up and down a step; what is out keeps its order, and who is late is told."""

import pytest
from django.core.exceptions import ValidationError

from tests.agenda.desk.world import a_paper, a_supplement, an_item, make_meeting, out_with_one_missing, says
from torbay_reports.access.models import User
from torbay_reports.agenda.desk.order import move_item, move_paper
from torbay_reports.agenda.models import AgendaItem, Meeting, Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(clerk: User) -> list[AgendaItem]:
    meeting = make_meeting()
    return [an_item(meeting, clerk, number) for number in ("5", "6", "7")]


def order(meeting: Meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("number", flat=True))


def test_an_item_passes_the_one_above_it(clerk: User, items: list[AgendaItem]) -> None:
    move_item(item=items[2], up=True, past=items[1].pk, by=clerk)
    assert order(items[0].meeting) == ["5", "7", "6"]
    assert says(items[0].meeting)[-1] == "Item 7 is moved up."
    move_item(item=items[0], up=False, past=items[2].pk, by=clerk)
    assert order(items[0].meeting) == ["7", "5", "6"]


def test_positions_that_are_alike_are_put_in_order(clerk: User, items: list[AgendaItem]) -> None:
    AgendaItem.objects.update(position=4)
    move_item(item=items[0], up=False, past=items[1].pk, by=clerk)
    assert order(items[0].meeting) == ["6", "5", "7"]


def test_the_ends_say_why_nothing_moves(clerk: User, items: list[AgendaItem]) -> None:
    with pytest.raises(ValidationError, match="Item 5 is the first already"):
        move_item(item=items[0], up=True, past=0, by=clerk)
    with pytest.raises(ValidationError, match="Item 7 is the last already"):
        move_item(item=items[2], up=False, past=0, by=clerk)


def test_who_saw_another_order_is_told_and_moves_nothing(clerk: User, items: list[AgendaItem]) -> None:
    move_item(item=items[2], up=True, past=items[1].pk, by=clerk)
    with pytest.raises(ValidationError, match="Meanwhile somebody has changed the order. Item 7 was not moved"):
        move_item(item=items[2], up=True, past=items[1].pk, by=clerk)
    assert order(items[0].meeting) == ["5", "7", "6"]


def test_what_is_out_keeps_its_order_and_a_new_item_may_stand_between(clerk: User) -> None:
    meeting, there, missing = out_with_one_missing(clerk)
    with pytest.raises(ValidationError, match="what is published keeps its order"):
        move_item(item=missing.item, up=True, past=there.item_id, by=clerk)
    a_supplement(meeting, clerk)
    new = an_item(meeting, clerk, "5a")
    move_item(item=new, up=True, past=missing.item_id, by=clerk)
    assert order(meeting) == ["5", "5a", "6"]


def test_papers_move_under_their_item_without_their_titles_in_the_history(clerk: User, items: list[AgendaItem]) -> None:
    first, second = (a_paper(items[0], clerk, title) for title in ("Budget", "Plan"))
    move_paper(paper=second, up=True, past=first.pk, by=clerk)
    assert list(Paper.objects.order_by("position")) == [second, first]
    assert says(first.item.meeting)[-1] == "A paper of item 5 is moved up."
    with pytest.raises(ValidationError, match="The paper is the first already"):
        move_paper(paper=second, up=True, past=first.pk, by=clerk)
