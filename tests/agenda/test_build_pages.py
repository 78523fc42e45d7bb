"""The clerk's page on which packs are built: who reaches it, and what it says at each moment."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.access.cast import person, person_with, sign_in
from tests.agenda.jobs import BOARD, DAY, empty_queue, make_instalment, newest
from torbay_reports.access.decisions import Decision
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import builds
from torbay_reports.agenda.build_desk import edition_lines
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import BuildState, Committee, Instalment, Meeting, PackBuild
from torbay_reports.core import clock
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db

MEETING = f"/meetings/{BOARD}/{DAY}/"
PAGE = f"{MEETING}build/"
NO_WORKER = "Nobody is working on jobs"


@pytest.fixture
def instalment() -> Iterator[Instalment]:
    yield make_instalment()
    empty_queue()


@pytest.fixture
def clerk(instalment: Instalment) -> User:
    return person_with(Role.CLERK)


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    """A browser in which the clerk is signed in."""
    sign_in(client, clerk)
    return client


def store(instalment: Instalment, edition: Edition, by: User | None = None) -> StoredPack:
    """A pack of three pages."""
    return StoredPack.objects.create(
        key=pack_key(instalment),
        edition=edition.value,
        pdf=b"",
        pages={"labels": ["1", "2", "3"], "papers": {}, "items": {}, "anchors": []},
        checksum="0" * 64,
        plan_checksum="0" * 64,
        built_at=clock.now(),
        built_by=by,
    )


def run(edition: Edition = Edition.PUBLIC, **written: object) -> None:
    """The newest build has been begun by a worker."""
    began = {"state": BuildState.RUNNING, "started_at": clock.now(), **written}
    PackBuild.objects.filter(pk=newest(edition).pk).update(**began)


def said(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_page_offers_both_editions_that_are_not_built_yet(desk: Client) -> None:
    page = said(desk)
    for edition in Edition:
        assert f"The {edition} edition is not built yet." in page
        assert f"Build the {edition} pack" in page
    assert "refresh" not in page


def test_asking_puts_one_build_into_the_queue_and_leads_back(desk: Client, clerk: User) -> None:
    for _ in range(2):
        response = desk.post(PAGE, {"edition": "restricted"})
        assert (response.status_code, response["Location"]) == (302, PAGE)
    build = PackBuild.objects.get()
    assert (build.edition, build.state, build.asked_by) == ("restricted", BuildState.WAITING, clerk)


@pytest.mark.parametrize("form", [{}, {"edition": "secret"}])
def test_an_edition_that_there_is_not_is_not_built(desk: Client, form: dict[str, str]) -> None:
    assert desk.post(PAGE, form).status_code == 404
    assert not PackBuild.objects.exists()


def test_who_may_not_read_the_restricted_edition_neither_sees_nor_builds_it(
    desk: Client, instalment: Instalment, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(instalment, Edition.RESTRICTED)
    monkeypatch.setattr("torbay_reports.agenda.views.builds.may", lambda *asked: Decision(False, "for a reason"))
    for address in (PAGE, f"{PAGE}progress/"):
        page = said(desk, address)
        assert "Build the public pack" in page
        assert "estricted" not in page
    assert desk.post(PAGE, {"edition": "restricted"}).status_code == 404
    assert not PackBuild.objects.exists()


def test_a_form_from_elsewhere_builds_nothing(clerk: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, clerk)
    assert strict.post(PAGE, {"edition": "public"}).status_code == 403
    assert not PackBuild.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLERK])
@pytest.mark.usefixtures("instalment")
def test_nobody_but_a_clerk_comes_near(client: Client, role: Role) -> None:
    sign_in(client, person_with(role))
    for response in (client.get(PAGE), client.post(PAGE, {"edition": "public"}), client.get(f"{PAGE}progress/")):
        assert response.status_code == 404
    assert not PackBuild.objects.exists()
    assert "Build the pack" not in said(client, MEETING)


@pytest.mark.usefixtures("instalment")
def test_a_clerk_of_another_committee_does_not_either(client: Client) -> None:
    someone = person()
    RoleAssignment.objects.create(
        person=someone, role=Role.CLERK, starts_on=DAY, scope_kind="committee", scope_slug="council"
    )
    sign_in(client, someone)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"edition": "public"}).status_code == 404


def test_a_meeting_for_which_nothing_has_gone_out_has_no_such_page(desk: Client) -> None:
    committee = Committee.objects.get()
    Meeting.objects.create(committee=committee, held_on=DAY + timedelta(days=1))
    assert desk.get(f"/meetings/{BOARD}/2017-09-07/build/").status_code == 404


def test_the_meetings_page_leads_the_clerk_there(desk: Client) -> None:
    assert f'href="{PAGE}"' in said(desk, MEETING)


def test_a_stored_pack_is_told_with_its_day_its_builder_and_its_pages(
    desk: Client, instalment: Instalment, clerk: User
) -> None:
    store(instalment, Edition.PUBLIC, clerk)
    store(instalment, Edition.RESTRICTED)
    page = said(desk)
    assert "The public edition is built: 3 pages." in page
    assert f"by {clerk.full_name}." in page
    assert "by command." in page
    assert "Built on Tuesday, 5 September 2017" in page.replace("Tuesday 5", "Tuesday, 5")
    assert f'href="{MEETING}pack/"' in page
    assert f'href="{MEETING}restricted-pack.pdf"' in page


def test_a_running_build_shows_its_parts_and_comes_back_by_itself(desk: Client, instalment: Instalment) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    waiting = said(desk)
    assert "Waiting for a worker to begin." in waiting
    assert "<progress" in waiting
    assert "Build the public pack" not in waiting
    assert "Build the restricted pack" in waiting
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    run()
    assert "Reading the papers." in said(desk)
    run(phase="render", parts_done=12, parts_total=58)
    fragment = said(desk, f"{PAGE}progress/")
    assert "Setting the pages." in fragment
    assert "12 of about 58 pages set" in fragment
    assert 'value="12" max="58"' in fragment
    assert "<html" not in fragment
    run(phase="check", parts_done=58, parts_total=58)
    assert "Checking the pack." in said(desk)


def test_a_failed_build_says_why_and_that_the_old_pack_stands(desk: Client, instalment: Instalment) -> None:
    store(instalment, Edition.PUBLIC)
    for edition in Edition:
        build = ask_for_build(instalment=instalment, edition=edition, by=None)
        builds.end(build=build.pk, failure="“Harbours”, page 3: a picture has no words.")
    page = said(desk)
    why = "edition was not built. “Harbours”, page 3: a picture has no words."
    assert f"The public {why} The pack that was built before is still in its place.</p>" in page
    assert f"The restricted {why}</p>" in page
    assert "Build the public pack" in page


def test_a_pack_built_since_the_failure_makes_the_failure_forgotten(instalment: Instalment) -> None:
    build = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    builds.end(build=build.pk, failure="The letter has no clerk.")
    pack = store(instalment, Edition.PUBLIC)
    (line,) = edition_lines(instalment, [Edition.PUBLIC])
    assert not line.has_failed
    StoredPack.objects.filter(pk=pack.pk).update(built_at=clock.now() - timedelta(hours=1))
    (line,) = edition_lines(instalment, [Edition.PUBLIC])
    assert line.has_failed


def test_a_build_that_found_nothing_new_says_so(desk: Client, instalment: Instalment) -> None:
    store(instalment, Edition.PUBLIC)
    assert "Nothing has changed since" not in said(desk)
    builds.end(build=ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None).pk)
    assert "Nothing has changed since, so the newest build left it as it is." in said(desk)


def test_it_says_when_nobody_works(desk: Client) -> None:
    assert NO_WORKER in said(desk)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        assert NO_WORKER not in said(desk)
        assert NO_WORKER not in said(desk, f"{PAGE}progress/")
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [timezone.now() - timedelta(minutes=1)])  # noqa: TID251
    assert NO_WORKER in said(desk)


def test_no_cache_keeps_the_page(desk: Client) -> None:
    for address in (PAGE, f"{PAGE}progress/"):
        assert desk.get(address)["Cache-Control"] == "no-store"


def test_the_fragment_takes_as_many_queries_after_many_builds(desk: Client, instalment: Instalment) -> None:
    store(instalment, Edition.PUBLIC)
    counts = []
    for _ in range(3):
        builds.end(build=ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None).pk)
        with CaptureQueriesContext(connection) as queries:
            said(desk, f"{PAGE}progress/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]
