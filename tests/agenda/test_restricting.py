"""A brought paper that is exempt by mistake is opened by two persons, by name, as long as no pack holds it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import SINCE, person, person_with, sign_in
from tests.access.people.pages import done, page, refused, sentences
from tests.agenda.brought import NO_TEXT, address_of, bring_to, make_paper, put_out
from tests.agenda.held_back import with_grounds
from tests.improvement.keeping import form_values
from tests.publishing.test_services import small
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.desk.papers import paper_mark, retitle_paper
from torbay_reports.agenda.models import DeskEntry, HeldBackEntry, OpeningAsked, Paper, RestrictedPaper
from torbay_reports.agenda.opening import ANOTHER, CHANGED, NOT_ASKED, ask, confirm, decline, opening_mark
from torbay_reports.agenda.restricting import close, open_to_public
from torbay_reports.core import clock
from torbay_reports.publishing.models import Bundle, RestrictedPdf, StoredPack, UploadedPdf
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

WHY = "It was marked exempt by a slip: the landlord has published it."


@pytest.fixture
def paper(clerk: User) -> Paper:
    """A letter that is exempt by mistake, with a warning."""
    return bring_to(make_paper(restriction=Restriction.EXEMPT), clerk, texts=("One", ""), findings=(NO_TEXT,))


def open_address(paper: Paper) -> str:
    return f"{address_of(paper)}open/"


def build_address(paper: Paper) -> str:
    return f"{paper.item.meeting.get_absolute_url()}supplement-1/build/"


def another_clerk() -> User:
    someone = person("Robin Vale")
    RoleAssignment.objects.create(person=someone, role=Role.CLERK, starts_on=SINCE)
    return someone


@pytest.fixture
def asked(paper: Paper) -> OpeningAsked:
    """Another clerk asks for the opening."""
    upload = paper.content.upload_id
    assert upload is not None
    return ask(paper=paper, upload=upload, why=WHY, by=another_clerk())


def now(paper: Paper) -> Paper:
    return Paper.objects.with_content(restricted=True).get(pk=paper.pk)


def assert_closed(paper: Paper) -> None:
    assert now(paper).is_restricted
    assert not Paper.objects.open().exists()
    assert not AccessRecord.objects.filter(kind="paper_opened").exists()


@pytest.mark.parametrize("restriction", [Restriction.EXEMPT, Restriction.CONFIDENTIAL])
def test_closing_a_paper_leaves_nothing_of_what_it_says_in_the_open_tables(
    clerk: User, restriction: Restriction
) -> None:
    letter = bring_to(make_paper(), clerk, findings=(NO_TEXT,))
    close(paper=letter, restriction=restriction)
    row = Paper.objects.get()
    assert (row.title, row.source, row.subject, row.publication, row.upload) == ("", "", "", None, None)
    assert not UploadedPdf.objects.exists()
    kept = now(letter)
    assert (kept.held_back_as, kept.content.title, kept.content.upload) == (restriction, "The letter", None)
    assert letter.content.title == "The letter"


def test_a_closed_papers_address_tells_its_ground_and_nothing_else() -> None:
    first, second = make_paper("sale-to-jane-marlowe"), make_paper("lease")
    for each in (first, second):
        close(paper=each, restriction=Restriction.EXEMPT)
    assert [now(each).slug for each in (first, second)] == ["exempt-paper", "exempt-paper-2"]
    assert close(paper=make_paper("letter"), restriction=Restriction.CONFIDENTIAL).paper.slug == "confidential-paper"


def test_a_paper_that_a_published_agenda_names_is_not_closed_but_withdrawn_first(clerk: User) -> None:
    named = make_paper("lease")
    put_out(bring_to(make_paper("other"), clerk))
    with pytest.raises(ValidationError, match="published agenda names this paper.* Withdraw it first"):
        close(paper=named, restriction=Restriction.EXEMPT)
    assert (now(named).slug, now(named).title, now(named).is_restricted) == ("lease", "The lease", False)


def test_a_closed_paper_is_built_from_the_figures_that_it_was_to_be_built_from() -> None:
    report = make_paper("report", source="budget.quarterly", subject="2017-18/q1")
    close(paper=report, restriction=Restriction.EXEMPT)
    kept = now(report)
    assert (kept.content.source, kept.content.subject, kept.is_built) == ("budget.quarterly", "2017-18/q1", True)
    assert Paper.objects.filter(source="", subject="").exists()


def test_a_paper_that_is_frozen_in_the_open_is_not_closed(clerk: User) -> None:
    frozen = publish(document=small(), restriction=Restriction.OPEN, by=clerk)
    report = make_paper("report", publication=frozen)
    with pytest.raises(IntegrityError, match="restricted_says_nothing"), transaction.atomic():
        close(paper=report, restriction=Restriction.EXEMPT)
    assert now(report).publication == frozen
    assert not RestrictedPaper.objects.exists()


@pytest.mark.usefixtures("asked")
def test_nothing_restricted_is_left_of_a_paper_that_was_opened(browser: Client, paper: Paper) -> None:
    Paper.objects.update(descriptions=[3], description_list=date(2006, 3, 1))
    done(browser, open_address(paper), **form_values(page(browser, open_address(paper))))
    assert not RestrictedPaper.objects.exists()
    opened = now(paper)
    assert (opened.title, opened.descriptions, opened.description_list) == ("The letter", [], None)


@pytest.mark.usefixtures("asked")
def test_the_clerk_opens_it_after_a_plain_warning(browser: Client, paper: Paper) -> None:
    said = sentences(browser, open_address(paper))
    assert "Open this paper to the public? Item 7, The letter: exempt now" in said
    assert f"Robin Vale asked for it on 5 September 2017: “{WHY}”" in said
    assert "what the public has read cannot be taken back" in said
    place, notices = done(browser, open_address(paper), **form_values(page(browser, open_address(paper))))
    assert place == build_address(paper)
    assert notices == ["“The letter” is open from now on. Everybody reads it once the public pack is published."]
    opened = now(paper)
    assert opened.held_back_as is Restriction.OPEN
    assert list(Paper.objects.open()) == [paper]
    assert [each.paper for each in checklist(paper.instalment, Edition.PUBLIC).brought] == [paper]


@pytest.mark.usefixtures("asked")
def test_it_is_recorded_by_name_without_the_papers_title(browser: Client, paper: Paper, clerk: User) -> None:
    done(browser, open_address(paper), **form_values(page(browser, open_address(paper))))
    entry = AccessRecord.objects.get(kind="paper_opened")
    assert entry.person == clerk
    assert entry.about == "Exempt paper under item 7, Overview and Scrutiny Board, 6 September 2017"
    assert entry.key == f"paper:{paper.pk} upload:{paper.content.upload_id} now upload:{now(paper).upload_id}"
    assert entry.reason.startswith("asked by Robin Vale, confirmed by Test clerk: ")
    assert WHY in HeldBackEntry.objects.get(paper=paper).says
    said = [each.says for each in DeskEntry.objects.all()]
    assert said == [
        "Item 7, a paper that is exempt: asked that it be opened to the public.",
        "Item 7, a paper that is exempt: opened to the public, as another person had asked.",
    ]


@pytest.mark.usefixtures("asked")
def test_the_brought_file_itself_stays_as_it_was_and_its_warnings_wait_anew(
    browser: Client, paper: Paper, clerk: User
) -> None:
    brought = paper.content.upload
    assert brought is not None
    brought.passed.create(
        code=NO_TEXT[0], page=NO_TEXT[1], reason="Members know it.", passed_by=clerk, passed_at=clock.now()
    )
    assert checklist(paper.instalment, Edition.RESTRICTED).open_warnings == 0
    done(browser, open_address(paper), **form_values(page(browser, open_address(paper))))
    before, after = RestrictedPdf.objects.get(), UploadedPdf.objects.get()
    assert (before.restriction, before.passed.count()) == ("exempt", 1)
    assert (after.restriction, after.passed.count()) == ("open", 0)
    same = ("name", "title", "checksum", "original_checksum", "pages", "texts", "findings", "uploaded_by_id")
    assert [getattr(after, each) for each in same] == [getattr(before, each) for each in same]
    assert bytes(after.part) == bytes(before.part)
    assert checklist(paper.instalment, Edition.PUBLIC).open_warnings == 1


@pytest.mark.usefixtures("asked")
def test_a_public_pack_that_is_built_or_published_is_not_touched(browser: Client, paper: Paper, clerk: User) -> None:
    put_out(bring_to(make_paper("other"), clerk))
    before = StoredPack.objects.values().get(), Bundle.objects.values().get()
    done(browser, open_address(paper), **form_values(page(browser, open_address(paper))))
    assert (StoredPack.objects.values().get(), Bundle.objects.values().get()) == before
    assert Client().get(address_of(paper)).status_code == 302


@pytest.mark.parametrize("edition", list(Edition))
def test_what_any_pack_holds_is_not_opened(browser: Client, paper: Paper, edition: Edition) -> None:
    data = form_values(page(browser, open_address(paper)))
    put_out(paper, edition=edition)
    sentence = "“The letter” stands in a pack as exempt, and what has gone out does not change."
    assert sentence in sentences(browser, open_address(paper))
    assert not page(browser, open_address(paper)).cssselect("main form")
    assert sentence in browser.post(open_address(paper), data).content.decode()
    assert_closed(paper)


def replaced(paper: Paper, clerk: User) -> None:
    bring_to(paper, clerk, name="newer.pdf")


def put_in_a_pack(paper: Paper, clerk: User) -> None:
    put_out(paper, edition=Edition.RESTRICTED)


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [(replaced, "Meanwhile another file was brought"), (put_in_a_pack, "stands in a pack as exempt")],
)
def test_what_changes_before_the_row_is_held_is_seen(
    paper: Paper, clerk: User, meanwhile: Callable[[Paper, User], None], sentence: str
) -> None:
    seen = paper.content.upload_id
    assert seen is not None
    meanwhile(Paper.objects.get(pk=paper.pk), clerk)
    with pytest.raises(ValidationError, match=sentence):
        open_to_public(paper=paper, upload=seen, why="", by=clerk)
    assert_closed(paper)


@pytest.mark.usefixtures("asked")
def test_a_form_about_an_earlier_file_opens_nothing(browser: Client, paper: Paper, clerk: User) -> None:
    data = form_values(page(browser, open_address(paper)))
    bring_to(paper, clerk, name="newer.pdf")
    assert refused(browser, open_address(paper), **{**data, "why": WHY}) == [
        "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."
    ]
    assert_closed(paper)


def test_one_clerk_asks_and_cannot_confirm_it(browser: Client, paper: Paper, clerk: User) -> None:
    data = form_values(page(browser, open_address(paper)))
    assert refused(browser, open_address(paper), **data) == ["Say in a few words why the paper is to be open."]
    place, [notice] = done(browser, open_address(paper), **{**data, "why": WHY})
    assert place == build_address(paper)
    assert notice.startswith("You have asked for it. The paper stays exempt until somebody else confirms it")
    assert "Test clerk asks that it be opened" in sentences(browser, place)
    assert ANOTHER.format(committee="Overview and Scrutiny Board") in sentences(browser, open_address(paper))
    assert not page(browser, open_address(paper)).cssselect("main form")
    browser.post(open_address(paper), data)
    with pytest.raises(ValidationError, match="Somebody else has to confirm it"):
        confirm(paper=paper, upload=paper.content.upload_id or 0, seen="", by=clerk)
    assert_closed(paper)


def test_the_monitoring_officer_confirms_it_after_looking_at_the_file(paper: Paper, asked: OpeningAsked) -> None:
    client = Client()
    sign_in(client, person_with(Role.MONITORING_OFFICER))
    links = [each.attrib["href"] for each in page(client, open_address(paper)).cssselect("main a")]
    assert f"{address_of(paper)}file.pdf" in links
    assert client.get(f"{address_of(paper)}file.pdf").status_code == 200
    client.post(open_address(paper), {"upload": asked.upload, "seen": opening_mark(now(paper), asked)})
    assert now(paper).held_back_as is Restriction.OPEN
    assert not OpeningAsked.objects.exists()


@pytest.mark.parametrize(("is_own", "says"), [(True, "taken back"), (False, "declined")])
def test_it_is_declined_or_taken_back(
    browser: Client, paper: Paper, asked: OpeningAsked, clerk: User, is_own: bool, says: str
) -> None:
    if is_own:
        sign_in(browser, asked.asked_by)
    done(browser, f"{open_address(paper)}end/", upload=asked.upload)
    assert says in DeskEntry.objects.latest("pk").says
    assert NOT_ASKED in sentences(browser, f"{open_address(paper)}end/")
    with pytest.raises(ValidationError, match="Nobody asks any more"):
        decline(paper=paper, by=clerk)
    assert_closed(paper)


def gives_grounds(paper: Paper, clerk: User) -> None:
    with_grounds(now(paper), clerk)


def loses_its_asker(paper: Paper, clerk: User) -> None:
    RoleAssignment.objects.exclude(person=clerk).delete()


def retitles(paper: Paper, clerk: User) -> None:
    kept = now(paper)
    retitle_paper(paper=kept, title="Another letter", seen=paper_mark(kept), by=clerk)
    assert not OpeningAsked.objects.exists()


@pytest.mark.parametrize("meanwhile", ["replaced", "put_in_a_pack", "gives_grounds", "loses_its_asker", "retitles"])
def test_what_changes_makes_the_asking_void(paper: Paper, asked: OpeningAsked, clerk: User, meanwhile: str) -> None:
    globals()[meanwhile](Paper.objects.get(pk=paper.pk), clerk)
    seen = now(paper).content.upload_id or 0
    with pytest.raises(ValidationError):
        confirm(paper=paper, upload=seen, seen=opening_mark(now(paper), asked), by=clerk)
    assert_closed(paper)


@pytest.mark.parametrize("what", ["title", "why", "who"])
def test_what_the_confirming_person_saw_is_what_is_opened(
    browser: Client, paper: Paper, asked: OpeningAsked, what: str
) -> None:
    data = form_values(page(browser, open_address(paper)))
    if what == "title":
        RestrictedPaper.objects.update(title="Another letter")
    elif what == "why":
        OpeningAsked.objects.update(why="Another reason.")
    else:
        OpeningAsked.objects.update(asked_by=person_with(Role.MONITORING_OFFICER))
    assert refused(browser, open_address(paper), **data) == [CHANGED]
    assert OpeningAsked.objects.filter(pk=asked.pk).exists()
    assert_closed(paper)


def test_a_slip_in_the_papers_row_opens_no_file(browser: Client, paper: Paper) -> None:
    data = form_values(page(browser, open_address(paper)))
    Paper.objects.filter(pk=paper.pk).update(restriction="open")
    assert "is open already" in browser.post(open_address(paper), data).content.decode()
    assert not UploadedPdf.objects.exists()
    assert checklist(paper.instalment, Edition.PUBLIC).brought == ()
    assert not AccessRecord.objects.filter(kind="paper_opened").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "“The plan” is open already."),
        (
            {"restriction": Restriction.EXEMPT},
            "“The plan” has no brought PDF, and only such a paper can be opened here.",
        ),
    ],
)
def test_what_is_open_or_not_brought_has_no_button(
    browser: Client, fields: dict[str, Restriction], sentence: str
) -> None:
    plan = make_paper("plan", **fields)
    assert sentence in sentences(browser, open_address(plan))
    assert sentence in browser.post(open_address(plan), {"upload": "0"}).content.decode()


def test_the_check_list_leads_there_for_a_restricted_paper_alone(browser: Client, paper: Paper, clerk: User) -> None:
    other = bring_to(make_paper("other"), clerk)
    links = [each.attrib["href"] for each in page(browser, build_address(paper)).cssselect(".checklist a")]
    assert open_address(paper) in links
    assert open_address(other) not in links


@pytest.mark.parametrize("role", [each for each in Role if each not in {Role.CLERK, Role.MONITORING_OFFICER}])
def test_nobody_but_the_officers_opens_a_paper(paper: Paper, role: Role) -> None:
    client = Client()
    sign_in(client, person_with(role))
    assert client.post(open_address(paper), {"upload": paper.content.upload_id}).status_code == 404
    assert_closed(paper)


def test_a_form_of_somebody_elses_site_opens_nothing(clerk: User, paper: Paper) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, clerk)
    assert strict.post(open_address(paper), {"upload": paper.content.upload_id}).status_code == 403
    assert_closed(paper)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(browser: Client, paper: Paper, method: str) -> None:
    assert getattr(browser, method)(open_address(paper)).status_code == 405
    assert_closed(paper)


def test_who_confirms_finds_all_that_waits_on_one_page(paper: Paper, asked: OpeningAsked) -> None:
    officer = Client()
    sign_in(officer, person_with(Role.MONITORING_OFFICER))
    assert "Papers that somebody asks to open: 1" in sentences(officer, "/reviews/")
    said = sentences(officer, "/reviews/openings/")
    assert f"Item 7: The letter (exempt) Robin Vale: “{WHY}” Confirm or decline it" in said
    links = [each.attrib["href"] for each in page(officer, "/reviews/openings/").cssselect("main td a")]
    assert links == [open_address(paper)]
    own = Client()
    sign_in(own, asked.asked_by)
    assert "You have asked for it, so somebody else confirms it" in sentences(own, "/reviews/openings/")
    put_out(paper, edition=Edition.RESTRICTED)
    assert "Nothing waits now." in sentences(officer, "/reviews/openings/")


@pytest.mark.usefixtures("asked")
def test_nobody_whose_role_has_ended_is_said_to_ask(browser: Client, paper: Paper, clerk: User) -> None:
    assert checklist(paper.instalment, Edition.RESTRICTED).brought[0].asked is not None
    RoleAssignment.objects.exclude(person=clerk).delete()
    assert checklist(paper.instalment, Edition.RESTRICTED).brought[0].asked is None
    assert "Nothing waits now." in sentences(browser, "/reviews/openings/")


def test_the_page_of_openings_takes_as_many_queries_for_one_as_for_many(
    browser: Client, asked: OpeningAsked, clerk: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get("/reviews/openings/").status_code == 200
        return len(captured)

    few = queries()
    for number in range(3):
        more = bring_to(make_paper(f"letter-{number}", restriction=Restriction.EXEMPT), clerk)
        someone = person(f"Robin Vale {number}")
        RoleAssignment.objects.create(person=someone, role=Role.CLERK, starts_on=SINCE)
        ask(paper=more, upload=more.content.upload_id or 0, why=WHY, by=someone)
    assert len(page(browser, "/reviews/openings/").cssselect("main tbody tr")) == 4
    assert queries() == few
