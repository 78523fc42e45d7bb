"""A meeting of the Harbour Board with an agenda, a later one, and the Council: rows alone, no pack is built."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import LazySettings
from django.test import Client

from tests.access.cast import person_with, sign_in
from tests.agenda.brought import bring_to, put_out
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import AgendaItem, Committee, DeskEntry, Instalment, Meeting, Paper, RestrictedPaper
from torbay_reports.publishing.packplan import Restriction

DAY, LATER = date(2017, 9, 6), date(2017, 9, 20)
SECRET = "Tender of Marlowe Dredging"


@dataclass(frozen=True)
class World:
    board: Committee
    council: Committee
    meeting: Meeting
    later: Meeting
    item: AgendaItem
    agenda: Instalment
    clerk: User


def make_world() -> World:
    """Item 5 with an open paper that stands there, one that is to follow, and an exempt one."""
    board = Committee.objects.create(slug="harbour-board", name="Harbour Board", short_name="HB", clerk="Robin Vale")
    council = Committee.objects.create(slug="council", name="Council", clerk="Robin Vale")
    meeting = Meeting.objects.create(committee=board, held_on=DAY, presiding="Councillor Ash (Chair)")
    later = Meeting.objects.create(committee=board, held_on=LATER)
    item = AgendaItem.objects.create(meeting=meeting, number="5", title="Harbours", words="To note.", position=1)
    agenda = make_instalment(meeting)
    clerk = person_with(Role.CLERK)
    bring_to(add_paper(item, agenda, "fees", title="Harbour fees"), clerk)
    add_paper(item, agenda, "moorings", title="Moorings")
    exempt = Paper.objects.create(
        item=item,
        instalment=agenda,
        slug="tenders",
        restriction=Restriction.EXEMPT.value,
        descriptions=[3],
        description_list=date(2006, 3, 1),
        position=3,
    )
    RestrictedPaper.objects.create(
        paper=exempt, title=SECRET, reason="Prices.", public_interest="Less.", review_on=date(2018, 3, 1), names="Ash"
    )
    bring_to(exempt, clerk)
    return World(board, council, meeting, later, item, agenda, clerk)


def make_instalment(meeting: Meeting, number: int = 0) -> Instalment:
    return Instalment.objects.create(
        meeting=meeting, number=number, dated=date(2017, 8, 29), clerk="Robin Vale", telephone="1", email="c@c.invalid"
    )


def add_paper(item: AgendaItem, instalment: Instalment, slug: str, **values: Any) -> Paper:
    return Paper.objects.create(item=item, instalment=instalment, slug=slug, position=item.papers.count() + 1, **values)


def put_agenda_out(world: World) -> None:
    """A published version of the agenda, in which item 5's first paper stands and the second is to follow."""
    put_out(Paper.objects.get(item=world.item, slug="fees"))


def on(settings: LazySettings, day: date) -> None:
    """Lets it be that day."""
    settings.TODAY = day


def browser_of(someone: User) -> Client:
    client = Client()
    sign_in(client, someone)
    return client


def clerk_of(committee: Committee) -> User:
    """Another clerk, of that committee alone."""
    someone = User.objects.create_user(email=f"{committee.slug}@council.invalid", full_name="Lee Fox", password=None)
    RoleAssignment.objects.create(
        person=someone,
        role=Role.CLERK,
        starts_on=date(2017, 5, 9),
        scope_kind="committee",
        scope_slug=committee.slug,
    )
    return someone


def history(meeting: Meeting) -> list[str]:
    return list(DeskEntry.objects.filter(meeting=meeting).order_by("pk").values_list("says", flat=True))
