"""A board's meeting to put on the desk: rows alone, and published versions without files."""

from datetime import date
from typing import Any, Final

from tests.agenda.brought import bring_to, put_out
from torbay_reports.access.models import User
from torbay_reports.agenda.desk.instalments import make_supplement
from torbay_reports.agenda.desk.items import ItemFacts, add_item
from torbay_reports.agenda.desk.letters import Letter
from torbay_reports.agenda.desk.papers import add_paper
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, ItemKind, Meeting, Paper
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Restriction

HELD_ON: Final = date(2017, 9, 6)
LETTER: Final = Letter(
    dated=date(2017, 9, 5),
    clerk="Kate Spencer",
    telephone="01803 1",
    email="k@council.invalid",
    office="Town Hall",
    salutation="Dear Member",
    opening="I attach what is new.",
    closing="Yours sincerely",
    signatory="Kate Spencer",
    signatory_title="Clerk",
)


def make_meeting(held_on: date = HELD_ON) -> Meeting:
    """A meeting of the board without an agenda."""
    board, _ = Committee.objects.get_or_create(
        slug="overview-and-scrutiny-board", defaults={"name": "Overview and Scrutiny Board"}
    )
    return Meeting.objects.create(committee=board, held_on=held_on)


def an_item(meeting: Meeting, by: User, number: str = "5", **facts: Any) -> AgendaItem:
    """An item as the clerk adds it."""
    values = {"title": f"Business {number}", "kind": ItemKind.BUSINESS, **facts}
    return add_item(meeting=meeting, facts=ItemFacts(number=number, **values), by=by)


def a_paper(item: AgendaItem, by: User, title: str = "Budget", restriction: Restriction = Restriction.OPEN) -> Paper:
    """A paper to follow as the clerk adds it."""
    return again(add_paper(item=item, title=title, restriction=restriction, by=by))


def again(paper: Paper) -> Paper:
    """The paper as stored now."""
    rows = Paper.objects.with_content(restricted=True)
    return rows.select_related("item__meeting__committee", "instalment__meeting__committee").get(pk=paper.pk)


def published(*papers: Paper, by: User) -> None:
    """Brings a file for each of these papers of one instalment, and publishes it; all others are to follow."""
    put_out(*(bring_to(again(each), by) for each in papers))
    # Its checksum is none, so that it would count as out of date.
    StoredPack.objects.all().delete()


def out_with_one_missing(by: User) -> tuple[Meeting, Paper, Paper]:
    """A meeting whose agenda is out with the first of two papers, the other to follow."""
    meeting = make_meeting()
    there = a_paper(an_item(meeting, by, "5"), by, "Budget")
    missing = a_paper(an_item(meeting, by, "6"), by, "Plan")
    published(there, by=by)
    return meeting, again(there), again(missing)


def a_supplement(meeting: Meeting, by: User, *papers: Paper, reasons: dict[int, str] | None = None) -> Instalment:
    """A supplement that takes these papers."""
    return make_supplement(
        meeting=meeting, letter=LETTER, papers={each.pk for each in papers}, reasons=reasons or {}, by=by
    )


def says(meeting: Meeting) -> list[str]:
    """What the meeting's history says, oldest first."""
    return list(meeting.desk_entries.order_by("pk").values_list("says", flat=True))
