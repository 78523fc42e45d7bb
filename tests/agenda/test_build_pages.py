"""The clerk's page on which packs are built: who reaches it, and what it says at each moment."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.access.cast import person, person_with, sign_in
from tests.access.people.pages import page, text_of
from tests.agenda.brought import NO_TEXT, bring_to, closed, make_upload
from tests.agenda.jobs import BOARD, DAY, add_exempt_paper, newest
from tests.publishing.test_services import small
from torbay_reports.access.decisions import Decision
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda import builds
from torbay_reports.agenda.build_desk import NOTHING_RESTRICTED, edition_lines
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.composition import outline, pack_key
from torbay_reports.agenda.models import (
    AgendaItem,
    Committee,
    Instalment,
    JobState,
    Meeting,
    PackBuild,
    Paper,
    RestrictedPaper,
)
from torbay_reports.agenda.selectors import business
from torbay_reports.core import clock
from torbay_reports.publishing import makeup
from torbay_reports.publishing.models import PACKS, AnyBundle, AnyPack, StoredPack, bundles_of
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

MEETING = f"/meetings/{BOARD}/{DAY}/"
PAGE = f"{MEETING}build/"
NO_WORKER = "Nobody is working on jobs"


@pytest.fixture
def tenders(instalment: Instalment) -> Paper:
    """An exempt paper, so that there is a restricted edition."""
    return add_exempt_paper(instalment)


def store(instalment: Instalment, edition: Edition, by: User | None = None) -> AnyPack:
    """A pack of three pages, of the papers as they stand."""
    papers = business(instalment.meeting, edition=edition, instalment=instalment)
    plan = outline(instalment, papers, edition=edition, council=django_settings.COUNCIL_NAME)
    return PACKS[edition]._default_manager.create(
        key=pack_key(instalment),
        pdf=b"",
        pages={"labels": ["1", "2", "3"], "papers": {}, "items": {}, "anchors": []},
        checksum="0" * 64,
        plan_checksum="0" * 64,
        made_of=makeup.to_stored(makeup.of_plan(plan)),
        built_at=clock.now(),
        built_by=by,
    )


def run(edition: Edition = Edition.PUBLIC, **written: object) -> None:
    """The newest build has been begun by a worker."""
    began = {"state": JobState.RUNNING, "started_at": clock.now(), **written}
    PackBuild.objects.filter(pk=newest(edition).pk).update(**began)


def said(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.usefixtures("tenders")
def test_the_page_offers_both_editions_that_are_not_built_yet(browser: Client) -> None:
    page = said(browser)
    for edition in Edition:
        assert f"The {edition} edition is not built yet." in page
        assert f"Build the {edition} pack" in page
    assert "refresh" not in page


@pytest.mark.usefixtures("tenders")
def test_asking_puts_one_build_into_the_queue_and_leads_back(browser: Client, clerk: User) -> None:
    for _ in range(2):
        response = browser.post(PAGE, {"edition": "restricted"})
        assert (response.status_code, response["Location"]) == (302, PAGE)
    build = PackBuild.objects.get()
    assert (build.edition, build.state, build.asked_by) == ("restricted", JobState.WAITING, clerk)


@pytest.mark.parametrize("form", [{}, {"edition": "secret"}])
@pytest.mark.usefixtures("instalment")
def test_an_edition_that_there_is_not_is_not_built(browser: Client, form: dict[str, str]) -> None:
    assert browser.post(PAGE, form).status_code == 404
    assert not PackBuild.objects.exists()


def test_who_may_not_read_the_restricted_edition_neither_sees_nor_builds_it(
    browser: Client, instalment: Instalment, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(instalment, Edition.RESTRICTED)
    monkeypatch.setattr("torbay_reports.agenda.views.builds.may", lambda *asked: Decision(False, "for a reason"))
    for address in (PAGE, f"{PAGE}progress/"):
        page = said(browser, address)
        assert "Build the public pack" in page
        assert "estricted" not in page
    assert browser.post(PAGE, {"edition": "restricted"}).status_code == 404
    assert not PackBuild.objects.exists()


@pytest.mark.usefixtures("instalment")
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


@pytest.mark.usefixtures("instalment")
def test_a_meeting_for_which_nothing_has_gone_out_has_no_such_page(browser: Client) -> None:
    committee = Committee.objects.get()
    Meeting.objects.create(committee=committee, held_on=DAY + timedelta(days=1))
    assert browser.get(f"/meetings/{BOARD}/2017-09-07/build/").status_code == 404


@pytest.mark.usefixtures("instalment")
def test_the_meetings_page_leads_the_clerk_there(browser: Client) -> None:
    assert f'href="{PAGE}"' in said(browser, MEETING)


@pytest.mark.usefixtures("tenders")
def test_a_stored_pack_is_told_with_its_day_its_builder_and_its_pages(
    browser: Client, instalment: Instalment, clerk: User
) -> None:
    store(instalment, Edition.PUBLIC, clerk)
    store(instalment, Edition.RESTRICTED)
    page = said(browser)
    assert "The public edition is built: 3 pages." in page
    assert f"by {clerk.full_name}." in page
    assert "by command." in page
    assert "Built on Tuesday, 5 September 2017" in page.replace("Tuesday 5", "Tuesday, 5")
    for edition in Edition:
        assert f'href="{PAGE}{edition}.pdf"' in page


def put_out(pack: AnyPack) -> AnyBundle:
    """The stored pack as the first published version, without its files."""
    bundle: AnyBundle = bundles_of(pack.edition).create(
        key=pack.key,
        version=1,
        title="Pack",
        committee="Harbour Board",
        meeting_on=DAY,
        manifest="0" * 64,
        files=[],
        contents=[],
        letter={},
        papers=[],
        publications=[],
        uploads=[],
        pages=pack.pages,
        plan_checksum=makeup.checksum(pack.made_of),
        published_at=clock.now(),
        written_at=clock.now(),
    )
    return bundle


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.usefixtures("tenders")
def test_each_edition_says_whether_readers_have_what_is_built(
    browser: Client, instalment: Instalment, edition: Edition
) -> None:
    def shown() -> tuple[str, str, list[str]]:
        [section] = page(browser, PAGE).cssselect(f"[data-edition={edition}]")
        tags = [text_of(each) for each in section.cssselect(".govuk-tag")]
        links = [link.attrib["href"] for link in section.cssselect("a")]
        leads = "to publishing" if f"{MEETING}publish/{edition}/" in links else "nowhere"
        return text_of(section), leads, tags

    words, leads, tags = shown()
    assert ("ublished" in words, leads, tags) == (False, "nowhere", [])
    pack = store(instalment, edition)
    words, leads, tags = shown()
    assert "Nothing of it is published: readers see none of it." in words
    assert (leads, tags) == ("to publishing", ["Not published"])
    put_out(pack)
    words, leads, tags = shown()
    assert "Version 1 is published, since Tuesday 5 September 2017." in words
    assert (leads, tags) == ("nowhere", ["Published"])
    changed_letter(instalment)
    pack.delete()
    store(Instalment.objects.get(), edition)
    words, leads, tags = shown()
    assert "Version 1 is published, since Tuesday 5 September 2017. What is built now says something else." in words
    assert (leads, tags) == ("to publishing", ["Not published"])


@pytest.mark.usefixtures("tenders")
def test_a_running_build_shows_its_parts_and_comes_back_by_itself(browser: Client, instalment: Instalment) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    waiting = said(browser)
    assert "Waiting for a worker to begin." in waiting
    assert "<progress" in waiting
    assert "Build the public pack" not in waiting
    assert "Build the restricted pack" in waiting
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    run()
    assert "Reading the papers: step 1 of 6." in said(browser)
    run(phase="render", parts_done=12, parts_total=58)
    fragment = said(browser, f"{PAGE}progress/")
    assert "Setting the pages: step 2 of 6." in fragment
    assert "12 of about 58 pages set" in fragment
    assert 'value="19" max="100"' in fragment
    assert "<html" not in fragment
    run(phase="check", parts_done=58, parts_total=58)
    checking = said(browser)
    assert "Checking the pack: step 4 of 6." in checking
    assert 'value="85" max="100"' in checking


@pytest.mark.usefixtures("tenders")
def test_a_failed_build_says_why_in_a_list_and_that_the_old_pack_stands(
    browser: Client, instalment: Instalment
) -> None:
    store(instalment, Edition.PUBLIC)
    for edition in Edition:
        build = ask_for_build(instalment=instalment, edition=edition, by=None)
        builds.end(build=build.pk, failure="“Harbours”, page 3: a picture has no words.\nPage 4 is empty.")
    tree = page(browser, PAGE)
    for edition in Edition:
        [section] = tree.cssselect(f"[data-edition={edition}]")
        assert text_of(section.cssselect("[data-status]")[0]) == f"The {edition} edition was not built."
        assert [text_of(each) for each in section.cssselect(".govuk-error-summary li")] == [
            "“Harbours”, page 3: a picture has no words.",
            "Page 4 is empty.",
        ]
        assert section.cssselect(f"button[value={edition}]")
    kept = "Read the public pack built before. It is still in its place."
    assert kept in text_of(tree.cssselect("[data-edition=public]")[0])
    assert "still in its place" not in text_of(tree.cssselect("[data-edition=restricted]")[0])


def test_a_pack_built_since_the_failure_makes_the_failure_forgotten(instalment: Instalment) -> None:
    build = ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    builds.end(build=build.pk, failure="The letter has no clerk.")
    pack = store(instalment, Edition.PUBLIC)
    (line,) = edition_lines(instalment, [Edition.PUBLIC])
    assert line.failure == []
    StoredPack.objects.filter(pk=pack.pk).update(built_at=clock.now() - timedelta(hours=1))
    (line,) = edition_lines(instalment, [Edition.PUBLIC])
    assert line.failure == ["The letter has no clerk."]


def test_a_build_that_found_nothing_new_says_so(browser: Client, instalment: Instalment) -> None:
    store(instalment, Edition.PUBLIC)
    assert "Nothing has changed since" not in said(browser)
    builds.end(build=ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None).pk)
    assert "Nothing has changed since, so the newest build left it as it is." in said(browser)


def changed_paper(instalment: Instalment) -> str:
    Paper.objects.filter(instalment=instalment, slug="harbours").update(title="Harbours and quays")
    return "1 paper has changed since."


def brought_and_new_papers(instalment: Instalment) -> str:
    letter = Paper.objects.get(instalment=instalment, slug="harbours")
    bring_to(letter, User.objects.get())
    letter.pk, letter.slug, letter.position, letter.upload = None, "north-quay", 3, None
    letter.save(force_insert=True)
    return "2 papers have changed since."


def brought_anew(instalment: Instalment) -> str:
    bring_to(Paper.objects.get(instalment=instalment, slug="harbours"), User.objects.get(), texts=("Other",) * 2)
    return "1 paper has changed since."


def removed_paper(instalment: Instalment) -> str:
    Paper.objects.filter(instalment=instalment, slug="harbours").delete()
    return "1 paper has changed since."


def changed_letter(instalment: Instalment) -> str:
    Instalment.objects.filter(pk=instalment.pk).update(clerk="Alex Moor")
    return "The agenda or the letter has changed since."


def earlier_program(instalment: Instalment) -> str:
    StoredPack.objects.update(made_of={})
    return "It is of an earlier version of this program."


@pytest.mark.parametrize(
    "change",
    [
        changed_paper,
        brought_and_new_papers,
        brought_anew,
        removed_paper,
        changed_letter,
        earlier_program,
    ],
)
def test_a_pack_that_is_out_of_date_says_what_has_changed(
    browser: Client, instalment: Instalment, change: Callable[[Instalment], str]
) -> None:
    if change is brought_anew:
        bring_to(Paper.objects.get(), User.objects.get())
    store(instalment, Edition.PUBLIC)
    builds.end(build=ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None).pk)
    assert "out of date" not in said(browser).lower()
    sentence = change(instalment)
    for address in (PAGE, f"{PAGE}progress/"):
        [section] = page(browser, address).cssselect("[data-edition=public]")
        words = text_of(section)
        assert "The public edition is built: 3 pages." in words
        assert sentence in words
        assert text_of(section.cssselect(".govuk-tag")[0]) == "Out of date"
        assert "Nothing has changed" not in words


def test_a_change_of_an_exempt_paper_outdates_the_restricted_edition_alone(
    instalment: Instalment, tenders: Paper
) -> None:
    for edition in Edition:
        store(instalment, edition)
    RestrictedPaper.objects.filter(pk=tenders.pk).update(title="Tenders of the north quay")
    assert [each.changes.strip() for each in edition_lines(instalment, list(Edition))] == [
        "",
        "1 paper has changed since.",
    ]


def test_a_restricted_edition_is_not_offered_where_nothing_is_restricted(
    browser: Client, instalment: Instalment
) -> None:
    [section] = page(browser, PAGE).cssselect("[data-edition=restricted]")
    assert NOTHING_RESTRICTED in text_of(section)
    assert not section.cssselect("button")
    response = browser.post(PAGE, {"edition": "restricted"})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert not PackBuild.objects.exists()
    build = ask_for_build(instalment=instalment, edition=Edition.RESTRICTED, by=None)
    builds.end(build=build.pk, failure="Tenders was still exempt then.")
    assert "Tenders" not in said(browser)
    add_exempt_paper(instalment)
    assert page(browser, PAGE).cssselect("button[value=restricted]")


@pytest.mark.parametrize("restriction", [Restriction.EXEMPT, Restriction.CONFIDENTIAL])
@pytest.mark.parametrize("is_brought", [True, False])
def test_a_paper_that_is_not_open_makes_a_restricted_edition(
    instalment: Instalment, clerk: User, restriction: Restriction, is_brought: bool
) -> None:
    paper = closed(Paper.objects.get(), restriction)
    if is_brought:
        bring_to(paper, clerk)
    assert [each.refusal for each in edition_lines(instalment, list(Edition))] == ["", ""]


def test_what_a_slip_in_an_exempt_papers_row_has_opened_is_named_nowhere(
    browser: Client, instalment: Instalment, clerk: User, tenders: Paper
) -> None:
    bring_to(tenders, clerk, name="tenders.pdf")
    Paper.objects.filter(pk=tenders.pk).update(restriction="open")
    for address in (PAGE, f"{PAGE}progress/", MEETING):
        words = said(browser, address)
        assert "Tenders" not in words
        assert "tenders.pdf" not in words
    assert [each.refusal for each in edition_lines(instalment, list(Edition))] == ["", NOTHING_RESTRICTED]


def test_each_brought_paper_stands_once_on_the_check_list_with_its_edition(
    browser: Client, instalment: Instalment, clerk: User, tenders: Paper
) -> None:
    bring_to(Paper.objects.get(slug="harbours"), clerk, texts=("One", ""), findings=(NO_TEXT,))
    bring_to(tenders, clerk, texts=("One", ""), findings=(NO_TEXT,))
    [found] = page(browser, PAGE).cssselect("section.checklist")
    assert [text_of(each) for each in found.cssselect("h3")] == ["Item 5: Harbours", "Item 5: Tenders"]
    words = text_of(found)
    assert "2 warnings are open. 1 stands against the restricted edition only." in words
    assert words.count("In the restricted edition only") == 1
    assert words.index("Item 5: Tenders") < words.index("In the restricted edition only")


def test_a_build_whose_job_was_cancelled_is_said_at_once(browser: Client, instalment: Instalment) -> None:
    ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None)
    assert "Waiting for a worker" in said(browser, f"{PAGE}progress/")
    app.job_manager.cancel_job_by_id(ProcrastinateJob.objects.get().pk)
    [section] = page(browser, f"{PAGE}progress/").cssselect("[data-edition=public]")
    assert "somebody cancelled it or emptied the queue" in text_of(section)
    assert section.attrib["data-under-way"] == "no"
    assert section.cssselect("button")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.usefixtures("instalment")
def test_other_methods_are_refused(browser: Client, method: str) -> None:
    for address in (PAGE, f"{PAGE}progress/"):
        assert getattr(browser, method)(address).status_code == 405


@pytest.mark.usefixtures("instalment")
def test_it_says_when_nobody_works(browser: Client) -> None:
    assert NO_WORKER in said(browser)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        assert NO_WORKER not in said(browser)
        assert NO_WORKER not in said(browser, f"{PAGE}progress/")
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [timezone.now() - timedelta(minutes=1)])  # noqa: TID251
    assert NO_WORKER in said(browser)


@pytest.mark.usefixtures("instalment")
def test_no_cache_keeps_the_page(browser: Client) -> None:
    for address in (PAGE, f"{PAGE}progress/"):
        assert browser.get(address)["Cache-Control"] == "no-store"


def queries_of_fragment(browser: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        said(browser, f"{PAGE}progress/")
    # Documents, pages and packs are long, and none is read.
    assert not any(each in query["sql"] for query in queries for each in ('"document_json"', '"part"', '"pdf"'))
    return len(queries)


def test_the_fragment_takes_as_many_queries_after_many_builds(browser: Client, instalment: Instalment) -> None:
    store(instalment, Edition.PUBLIC)
    counts = []
    for _ in range(3):
        builds.end(build=ask_for_build(instalment=instalment, edition=Edition.PUBLIC, by=None).pk)
        counts.append(queries_of_fragment(browser))
    assert counts[0] == counts[-1]


def test_the_fragment_takes_as_many_queries_for_many_papers(
    browser: Client, instalment: Instalment, clerk: User, tenders: Paper
) -> None:
    for edition in Edition:
        store(instalment, edition)
    bring_to(tenders, clerk)
    few = queries_of_fragment(browser)
    for number in range(12):
        item = AgendaItem.objects.create(
            meeting=instalment.meeting, number=f"{10 + number}", title="Quays", position=10 + number
        )
        frozen = publish(document=small(f"Quay {number}"), restriction=Restriction.OPEN, by=clerk)
        common = {"item": item, "instalment": instalment}
        Paper.objects.create(**common, slug="report", title="Report", position=1, publication_id=frozen.pk)
        Paper.objects.create(**common, slug="letter", title="Letter", position=2, upload_id=make_upload(clerk).pk)
    assert queries_of_fragment(browser) == few
