"""Two clerks at the same moment: one is done, the other is told, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.access.cast import person_with
from tests.agenda.desk.world import a_supplement, an_item, make_meeting, out_with_one_missing
from torbay_reports.access.roles import Role
from torbay_reports.agenda.desk.order import move_item
from torbay_reports.agenda.models import AgendaItem

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(act: Callable[[], Any]) -> list[str]:
    """What becomes of four who do this at once: "done", or the sentence that they get."""

    def one(_: int) -> str:
        try:
            act()
        except ValidationError as error:
            return " ".join(error.messages)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as clerks:
        return sorted(clerks.map(one, range(4)))


def test_of_four_who_add_one_number_three_are_told_who_has_it() -> None:
    clerk, meeting = person_with(Role.CLERK), make_meeting()
    taken = "Item 5 is “Business 5” already. Give this one another number, such as 5a or 6."
    assert at_once(lambda: an_item(meeting, clerk)) == [taken] * 3 + ["done"]
    assert (meeting.items.count(), meeting.instalments.count(), meeting.desk_entries.count()) == (1, 1, 2)


def test_of_four_who_move_one_item_three_are_told_that_it_moved() -> None:
    clerk, meeting = person_with(Role.CLERK), make_meeting()
    rows = [an_item(meeting, clerk, number) for number in ("5", "6", "7")]
    found = at_once(lambda: move_item(item=rows[2], up=True, past=rows[1].pk, by=clerk))
    assert [each.partition(".")[0] for each in found] == ["Meanwhile somebody has changed the order"] * 3 + ["done"]
    assert list(AgendaItem.objects.order_by("position").values_list("number", flat=True)) == ["5", "7", "6"]


def test_of_four_who_make_a_supplement_three_are_told_of_the_first() -> None:
    clerk = person_with(Role.CLERK)
    meeting, _, missing = out_with_one_missing(clerk)
    found = at_once(lambda: a_supplement(meeting, clerk, missing))
    assert [each.partition(",")[0] for each in found] == ["Supplement 1"] * 3 + ["done"]
    assert list(meeting.instalments.values_list("number", flat=True)) == [0, 1]
