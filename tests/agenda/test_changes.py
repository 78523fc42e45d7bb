"""What a later version of a pack is said to change."""

from typing import Any

import pytest

from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.changes import ADDED, COVER, GONE, MADE_ANEW, WHOLE, changes_between
from torbay_reports.agenda.models import Instalment, Paper, WithdrawnPaper
from torbay_reports.agenda.publishing import _item
from torbay_reports.agenda.selectors import business
from torbay_reports.core import clock
from torbay_reports.documents.blocks import Document, Paragraph, from_json, to_json, words
from torbay_reports.publishing.differences import Change
from torbay_reports.publishing.models import AnyBundle, Publication, Withdrawal
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rendered_once() -> Any:
    with set_once():
        yield


@pytest.fixture
def clerk(db: None) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def meeting(clerk: User) -> Instalment:
    return worlds.make_meeting(clerk)


def changes(meeting: Instalment, since: AnyBundle) -> list[Change]:
    found = business(meeting.meeting, edition=Edition(since.edition), instalment=meeting)
    return list(changes_between(since, tuple(_item(each) for each in found)))


def test_where_no_paper_differs_the_letter_does(meeting: Instalment) -> None:
    assert changes(meeting, worlds.put_out(meeting)) == [COVER]


def test_figures_of_a_table_are_told_one_by_one(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting)
    document = worlds.report(worlds.SECOND_FIGURE)
    worlds.freeze(worlds.paper_of(meeting), with_forecast(document, "1,377", "1,378"), clerk)
    told = changes(meeting, first)
    assert [(each.paper, each.before, each.after) for each in told] == [
        ("Harbour fees", worlds.FIRST, worlds.SECOND_FIGURE),
        ("Harbour fees", "1,377", "1,378"),
    ]
    assert "Paragraph 1.1" in told[0].where
    assert "Harbours" in told[1].where


def with_forecast(document: Document, before: str, after: str) -> Document:
    return from_json(to_json(document).decode().replace(f'"{before}"', f'"{after}"'))


def test_papers_that_come_and_go_are_named(meeting: Instalment, clerk: User) -> None:
    moorings = Publication.objects.get(title="Moorings")
    Paper.objects.filter(slug="moorings").update(publication=None)
    first = worlds.put_out(meeting)
    Paper.objects.filter(slug="moorings").update(publication=moorings)
    Paper.objects.filter(slug="harbours").delete()
    assert changes(meeting, first) == [
        Change("Moorings", WHOLE, "", ADDED),
        Change("Harbours", WHOLE, "", GONE),
    ]


def test_a_title_on_the_agenda_is_told(meeting: Instalment) -> None:
    first = worlds.put_out(meeting)
    Paper.objects.filter(slug="moorings").update(title="Moorings and buoys")
    assert changes(meeting, first) == [Change("Moorings and buoys", "Title", "Moorings", "Moorings and buoys")]


def test_a_withdrawn_paper_is_told_once_and_without_its_title(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting)
    paper = worlds.paper_of(meeting)
    WithdrawnPaper.objects.create(paper=paper, at=clock.now(), by=clerk, office="the clerk", why="It names a tenant.")
    said = "Withdrawn on 5 September 2017 by the clerk."
    assert changes(meeting, first) == [Change("Item 5", WHOLE, "", said)]
    second = worlds.put_out(meeting, why="A paper was withdrawn.")
    assert changes(meeting, second) == [COVER]


def test_of_a_version_that_is_withdrawn_nothing_is_quoted(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting)
    Withdrawal.objects.create(
        bundle_id=first.pk, at=clock.now(), by=clerk, office="the clerk", why="It names a tenant."
    )
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    first.refresh_from_db()
    [told] = changes(meeting, first)
    assert (told.where, told.before, told.after) == (WHOLE, "", MADE_ANEW)


def test_a_title_of_a_version_that_is_withdrawn_is_not_quoted_either(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting)
    Withdrawal.objects.create(
        bundle_id=first.pk, at=clock.now(), by=clerk, office="the clerk", why="It names a tenant."
    )
    Paper.objects.filter(slug="moorings").update(title="Moorings and buoys")
    Paper.objects.filter(slug="harbours").delete()
    first.refresh_from_db()
    told = changes(meeting, first)
    assert not [each for each in told if "Harbour" in each.paper or "Harbour" in each.before]
    assert not [each for each in told if each.before]


def test_exempt_papers_are_compared_with_their_own(meeting: Instalment, clerk: User) -> None:
    worlds.add_tenders(meeting, clerk)
    first = worlds.put_out(meeting, Edition.RESTRICTED)
    worlds.freeze(
        worlds.paper_of(meeting, "tenders"),
        worlds.report("It is dearer now.", title=worlds.SECRET_TITLE, source="invented.tenders"),
        clerk,
    )
    [told] = changes(meeting, first)
    assert (told.before, told.after) == (worlds.SECRET, "It is dearer now.")


def test_a_paragraph_that_was_added_has_nothing_before_it(meeting: Instalment, clerk: User) -> None:
    first = worlds.put_out(meeting)
    document = worlds.report()
    longer = Document(
        source=document.source,
        subject=document.subject,
        title=document.title,
        blocks=(*document.blocks, Paragraph("p1-2", words("The board is asked to wait."), "1.2")),
    )
    worlds.freeze(worlds.paper_of(meeting), longer, clerk)
    [told] = changes(meeting, first)
    assert (told.where, told.before, told.after) == ("Paragraph 1.2", "", "The board is asked to wait.")
