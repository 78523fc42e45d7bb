"""What is public is what stands in a version that is written and not withdrawn, on every page alike."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person_with, sign_in
from tests.agenda import publishing_worlds as worlds
from tests.numbering import number_alike
from tests.set_once import set_once
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import AgendaItem, Instalment, Paper, RestrictedPaper
from torbay_reports.agenda.published import content_of, entry_of, is_out, standing_bundle, versions_holding, was_out
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

PAGES = (worlds.PAPER, f"{worlds.PAPER}tables/{worlds.TABLE}/", worlds.PACK, f"{worlds.MEETING}pack.pdf")


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


def signed_in(role: Role) -> Client:
    client = Client()
    sign_in(client, person_with(role))
    return client


def said(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_before_it_is_published_its_officers_alone_read_it(meeting: Instalment, clerk: User, client: Client) -> None:
    member, officer = signed_in(Role.MEMBER), signed_in(Role.MONITORING_OFFICER)
    for address in PAGES:
        assert client.get(address).status_code == 302, address
        assert member.get(address).status_code == 404, address
    assert worlds.FIRST in said(officer, worlds.PAPER)
    sign_in(client, clerk)
    assert worlds.FIRST in said(client, worlds.PAPER)
    assert "Harbour fees" not in said(member, worlds.MEETING)


def test_a_version_whose_files_are_not_all_there_is_not_published(meeting: Instalment, client: Client) -> None:
    worlds.put_out(meeting)
    with connection.cursor() as cursor:
        # Past the triggers, which hold that what is published never changes.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE publishing_bundle DISABLE TRIGGER USER")
        cursor.execute("UPDATE publishing_bundle SET written_at = NULL")
    for address in PAGES:
        assert client.get(address).status_code == 302, address
    paper = worlds.paper_of(meeting)
    assert (is_out(paper), was_out(paper), content_of(paper)) == (False, False, None)
    assert standing_bundle(meeting, Edition.PUBLIC) is None
    assert versions_holding([paper.pk], Edition.PUBLIC) == []


def test_after_a_newer_freezing_all_pages_still_say_what_is_published(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    worlds.put_out(meeting)
    before = {address: client.get(address).content for address in (*PAGES, worlds.MEETING, "/")}
    worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    assert {address: client.get(address).content for address in before} == before
    assert worlds.FIRST in said(client, worlds.PAPER)
    assert worlds.FIRST in said(signed_in(Role.MEMBER), worlds.PAPER)
    content = content_of(worlds.paper_of(meeting))
    assert content is not None
    assert content.publication != worlds.paper_of(meeting).publication
    worlds.put_out(meeting, why="A figure was wrong.")
    for address in (worlds.PAPER, worlds.PACK):
        assert worlds.SECOND_FIGURE in said(client, address)


def test_a_paper_that_is_announced_and_frozen_since_is_not_out(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    """Home too says nothing of it, for a source that home quotes."""
    Paper.objects.filter(slug="moorings").update(publication=None, source="", subject="")
    worlds.put_out(meeting)
    paper = worlds.paper_of(meeting, "moorings")
    paper.source, paper.subject = "budget.quarterly", "2017-18/q1"
    paper.save()
    worlds.freeze(paper, worlds.report("Nothing.", title="Moorings", source="budget.quarterly"), clerk)
    assert not is_out(worlds.paper_of(meeting, "moorings"))
    assert client.get(worlds.SECOND).status_code == 302
    assert "Nothing." not in said(client, "/")
    assert "To follow" in said(client, worlds.MEETING)


def test_meeting_pack_and_paper_agree_on_titles_and_pages(meeting: Instalment, client: Client) -> None:
    bundle = worlds.put_out(meeting)
    Paper.objects.filter(slug="moorings").update(title="Buoys")
    for address in (worlds.MEETING, worlds.PACK):
        page = said(client, address)
        assert "Moorings" in page
        assert "Buoys" not in page
        assert "(Page 3)" in page
    assert "Buoys" not in said(client, worlds.SECOND)
    assert bundle.pages["papers"]["item-6-moorings"][:2] == ["3", "3"]


def test_an_exempt_paper_is_out_with_the_restricted_edition_only(meeting: Instalment, clerk: User) -> None:
    tenders = worlds.add_tenders(meeting, clerk)
    public = worlds.put_out(meeting)
    assert not is_out(tenders)
    assert entry_of(public, tenders) is None
    worlds.put_out(meeting, Edition.RESTRICTED)
    assert is_out(tenders)
    assert was_out(tenders)
    content = content_of(tenders)
    assert content is not None
    assert content.publication == tenders.held_back.publication


def test_an_exempt_paper_is_not_out_because_an_open_one_has_its_number(meeting: Instalment, clerk: User) -> None:
    number_alike(800_001)
    paper = worlds.freeze(worlds.paper_of(meeting), worlds.report(worlds.SECOND_FIGURE), clerk)
    worlds.put_out(meeting, Edition.RESTRICTED)
    tenders = worlds.add_tenders(meeting, clerk)
    assert tenders.held_back.publication_id == paper.publication_id
    assert not is_out(tenders)
    assert content_of(tenders) is None


def test_of_a_paper_that_is_closed_since_nothing_is_taken_for_it(meeting: Instalment, clerk: User) -> None:
    worlds.put_out(meeting, Edition.RESTRICTED)
    paper = worlds.paper_of(meeting)
    assert is_out(paper)
    nothing = {"title": "", "source": "", "subject": "", "publication": None}
    Paper.objects.filter(pk=paper.pk).update(restriction="exempt", **nothing)
    RestrictedPaper.objects.create(paper=paper, title="Harbours")
    closed = worlds.paper_of(meeting)
    assert was_out(closed)
    assert not is_out(closed)


def test_members_of_the_committee_alone_read_an_exempt_paper_once_it_is_out(
    meeting: Instalment, clerk: User, client: Client
) -> None:
    worlds.add_tenders(meeting, clerk)
    member = signed_in(Role.BUDGET_HOLDER)
    worlds.put_out(meeting)
    worlds.put_out(meeting, Edition.RESTRICTED)
    assert client.get(worlds.TENDERS).status_code == 302
    assert member.get(worlds.TENDERS).status_code == 404
    sign_in(client, clerk)
    assert worlds.SECRET_TITLE in said(client, worlds.TENDERS)


def test_pages_ask_as_often_for_many_papers_as_for_one(meeting: Instalment, clerk: User, client: Client) -> None:
    worlds.put_out(meeting)

    def queries() -> dict[str, int]:
        counted = {}
        for address in (*PAGES, worlds.MEETING, "/", "/meetings/"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200, address
            counted[address] = len(captured)
        return counted

    few = queries()
    for number in range(12):
        item = AgendaItem.objects.create(
            meeting=meeting.meeting, number=str(20 + number), title=f"Quay {number}", position=20 + number
        )
        paper = Paper.objects.create(
            item=item, instalment=meeting, slug=f"quay-{number}", title=f"Quay {number}", position=1
        )
        worlds.freeze(
            paper, worlds.report(f"Quay {number} is sound.", title=f"Quay {number}", source=f"quay.{number}"), clerk
        )
    worlds.put_out(meeting, why="More papers.")
    assert queries() == few
    assert max(few.values()) <= 14
