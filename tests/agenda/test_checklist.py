"""The clerk's check list: what stands against brought PDFs, who passed it, and what is still to follow."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person, person_with, sign_in
from tests.access.people.pages import done, page, refused, sentences, text_of
from tests.agenda.brought import NO_TEXT, NO_TITLE, NOT_TAGGED, address_of, bring_to, make_paper, rows_read
from tests.improvement.keeping import form_values
from tests.past_the_triggers import past_the_triggers
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.composition import compose
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.selectors import business
from torbay_reports.agenda.services import build_pack
from torbay_reports.core import clock
from torbay_reports.publishing.models import PassedWarning, RestrictedPdf, StoredPack, UploadedPdf
from torbay_reports.publishing.packplan import Edition, PackPlan, Restriction
from torbay_reports.publishing.selectors import DamagedPublication

pytestmark = pytest.mark.django_db
LISTED = "section[aria-labelledby=checklist] li"
FOUND = (NOT_TAGGED, NO_TITLE, NO_TEXT)


@pytest.fixture
def paper(clerk: User) -> Paper:
    """A letter with two warnings and one thing that is only told."""
    return bring_to(make_paper(), clerk, texts=("One", ""), findings=FOUND)


def composed(edition: Edition) -> PackPlan:
    instalment = Instalment.objects.get()
    return compose(
        instalment,
        business(instalment.meeting, edition=edition, instalment=instalment),
        edition=edition,
        council="Council",
    )


def build_address(paper: Paper) -> str:
    return f"{paper.item.meeting.get_absolute_url()}build/"


def pass_address(paper: Paper, code: str = "no-text", page: int = 2) -> str:
    return f"{address_of(paper)}warnings/{code}/{page}/"


def passed(paper: Paper, by: User, code: str, page: int, reason: str = "It is the only copy there is.") -> None:
    upload = paper.content.upload
    assert upload is not None
    upload.passed.create(code=code, page=page, reason=reason, passed_by=by, passed_at=clock.now())


def test_it_lists_every_warning_with_paper_page_and_sentence(paper: Paper) -> None:
    found = checklist(paper.instalment, Edition.PUBLIC)
    [line] = found.brought
    assert (line.item.number, line.paper.title) == ("7", "The letter")
    assert [(each.where, each.finding.sentence, each.is_open) for each in line.findings] == [
        ("letter.pdf", NOT_TAGGED[2], True),
        ("letter.pdf", NO_TITLE[2], False),
        ("page 2 of letter.pdf", NO_TEXT[2], True),
    ]
    assert found.open_warnings == 2


def test_it_shows_who_passed_a_warning_and_why(browser: Client, paper: Paper) -> None:
    passed(paper, person("Alex Moor"), "no-text", 2, "It is a map.")
    said = sentences(browser, build_address(paper))
    assert "1 warning is open." in said
    assert f"{NO_TEXT[2]} Passed by Alex Moor on 5 September 2017: “It is a map.”" in said
    links = page(browser, build_address(paper)).cssselect(LISTED + " a")
    assert [link.attrib["href"] for link in links] == [pass_address(paper, "not-tagged", 0)]


def test_it_lists_papers_to_follow_with_the_way_to_bring_them(browser: Client, paper: Paper) -> None:
    missing = make_paper("plan")
    make_paper("report", source="budget.quarterly", subject="2017-18/q1")
    tree = page(browser, build_address(paper))
    assert [text_of(each) for each in tree.cssselect(LISTED)][-2:] == [
        "Item 7: The plan. Bring its PDF: The plan, or let a report stand for it: The plan",
        "Item 7: The report. Its report is not frozen yet. Freeze it: The report",
    ]
    assert f"{address_of(missing)}upload/" in [link.attrib["href"] for link in tree.cssselect("main a")]


def test_the_public_editions_list_reads_nothing_of_a_restricted_paper(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_read(monkeypatch)
    exempt = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, findings=FOUND)
    make_paper("exempt-plan", restriction=Restriction.CONFIDENTIAL)
    with CaptureQueriesContext(connection) as asked:
        public = checklist(exempt.instalment, Edition.PUBLIC)
    assert (public.brought, public.to_follow, public.open_warnings) == ((), (), 0)
    assert rows == []
    assert not [each["sql"] for each in asked if "restricted" in each["sql"]]
    restricted = checklist(exempt.instalment, Edition.RESTRICTED)
    assert [each.paper for each in restricted.brought] == [exempt]
    assert [each.paper.slug for each in restricted.to_follow] == ["confidential-paper"]


def test_no_pack_is_built_while_a_warning_is_open(paper: Paper, clerk: User) -> None:
    with pytest.raises(NotReadyToPublish) as refusal:
        build_pack(instalment=paper.instalment, edition=Edition.PUBLIC, by=clerk)
    assert str(refusal.value) == (
        "The pack is not built: nobody has passed 2 warnings on its check list. Item 7, “The letter” (letter.pdf): The "
        "file has no tags. Ask its author for a tagged PDF. Item 7, “The letter” (letter.pdf): Page 2 has no text. Ask "
        "for the document itself. Pass each there with a reason, or bring a mended file."
    )
    assert not StoredPack.objects.exists()
    passed(paper, clerk, "not-tagged", 0)
    with pytest.raises(NotReadyToPublish, match="nobody has passed 1 warning on"):
        composed(Edition.PUBLIC)
    passed(paper, clerk, "no-text", 2)
    [item] = composed(Edition.PUBLIC).items
    [planned] = item.papers
    assert planned.upload is not None
    assert paper.upload is not None
    assert (planned.upload.part, planned.upload.checksum) == (bytes(paper.upload.part), paper.upload.checksum)
    assert planned.document is None


def test_a_refusal_names_ten_warnings_and_counts_the_others(clerk: User) -> None:
    many = [("no-text", number, f"Page {number} has no text.") for number in range(1, 14)]
    bring_to(make_paper(), clerk, texts=("",) * 13, findings=many)
    with pytest.raises(NotReadyToPublish, match=r"Page 10 has no text\. And 3 more\. Pass each") as refusal:
        composed(Edition.PUBLIC)
    assert "Page 11" not in str(refusal.value)


def test_a_warning_about_a_restricted_paper_does_not_hold_up_the_public_pack(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, findings=FOUND)
    letter = bring_to(make_paper(), clerk)
    rows = rows_read(monkeypatch)
    [item] = composed(Edition.PUBLIC).items
    assert [each.title for each in item.papers] == ["The letter"]
    assert {key for key, _ in rows} == {letter.upload_id}
    with pytest.raises(NotReadyToPublish, match="Item 7, a paper that is exempt"):
        composed(Edition.RESTRICTED)


@pytest.mark.parametrize("edition", list(Edition))
def test_nothing_of_an_exempt_file_is_planned_after_a_slip_in_the_papers_row(clerk: User, edition: Edition) -> None:
    slip = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, findings=FOUND)
    Paper.objects.filter(pk=slip.pk).update(restriction=Restriction.OPEN)
    [planned] = [each for item in composed(edition).items for each in item.papers]
    assert (planned.title, planned.document, planned.upload, planned.content) == ("", None, None, "")


def test_a_brought_pdf_whose_bytes_have_changed_stops_the_pack(clerk: User) -> None:
    bring_to(make_paper(), clerk)
    with past_the_triggers():
        UploadedPdf.objects.update(part=b"other")
    with pytest.raises(DamagedPublication, match=r"“letter\.pdf” is not what was brought on 5 September"):
        composed(Edition.PUBLIC)


def test_of_a_restricted_pdf_whose_bytes_have_changed_neither_title_nor_name_is_said(clerk: User) -> None:
    bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, name="quillfeather.pdf")
    with past_the_triggers():
        RestrictedPdf.objects.update(part=b"other")
    with pytest.raises(DamagedPublication, match=r"“exempt PDF \d+” is not what was brought on 5 September") as damaged:
        composed(Edition.RESTRICTED)
    assert not [told for told in ("appendix", "quillfeather") if told in str(damaged.value)]


def test_a_clerk_passes_a_warning_with_a_reason_and_by_name(browser: Client, paper: Paper, clerk: User) -> None:
    address = pass_address(paper)
    assert NO_TEXT[2] in sentences(browser, address)
    data = form_values(page(browser, address))
    assert refused(browser, address, **data) == ["Say why the paper goes out as it is."]
    short = refused(browser, address, **{**data, "reason": "ok"})
    assert short == ["Give the reason in a few words, so that others can follow it."]
    place, said = done(browser, address, **{**data, "reason": "It is a map of the wards."})
    own_list = build_address(paper).replace("build/", "supplement-1/build/")
    assert (place, said) == (own_list, ["The warning on page 2 of letter.pdf is passed with your name."])
    [kept] = PassedWarning.objects.all()
    assert (kept.code, kept.page, kept.passed_by, kept.reason) == ("no-text", 2, clerk, "It is a map of the wards.")


def test_what_two_clerks_pass_at_once_stands_under_the_first_ones_name(browser: Client, paper: Paper) -> None:
    data = {**form_values(page(browser, pass_address(paper))), "reason": "It is a map of the wards."}
    passed(paper, person("Alex Moor"), "no-text", 2, "It is a map.")
    said = browser.post(pass_address(paper), data).content.decode()
    assert "Alex Moor has passed this warning already: “It is a map.”" in said
    assert PassedWarning.objects.count() == 1


def test_a_reason_about_one_file_does_not_count_for_the_next(browser: Client, paper: Paper, clerk: User) -> None:
    data = {**form_values(page(browser, pass_address(paper))), "reason": "It is a map of the wards."}
    passed(paper, clerk, "not-tagged", 0)
    bring_to(paper, clerk, name="newer.pdf", texts=("One", ""), findings=FOUND)
    assert refused(browser, pass_address(paper), **data) == [
        "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."
    ]
    assert checklist(paper.instalment, Edition.PUBLIC).open_warnings == 2


@pytest.mark.parametrize(("code", "number"), [("no-text", 1), ("no-such-code", 0), ("no-title", 0)])
def test_what_nobody_has_to_pass_has_no_page(browser: Client, paper: Paper, code: str, number: int) -> None:
    assert browser.get(pass_address(paper, code, number)).status_code == 404


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.CLERK])
def test_nobody_but_the_clerk_passes_a_warning(paper: Paper, role: Role) -> None:
    client = Client()
    sign_in(client, person_with(role))
    response = client.post(pass_address(paper), {"upload": paper.upload_id, "reason": "It is a map of the wards."})
    assert response.status_code == 404
    assert not PassedWarning.objects.exists()


def counted(edition: Edition) -> tuple[int, int]:
    """Queries of the check list and of a plan."""
    instalment = Instalment.objects.select_related("meeting__committee").get()
    with CaptureQueriesContext(connection) as listed:
        checklist(instalment, edition)
    papers = business(instalment.meeting, edition=edition, instalment=instalment)
    with CaptureQueriesContext(connection) as planned:
        compose(instalment, papers, edition=edition, council="Council")
    return len(listed), len(planned)


def test_list_and_plan_cost_the_same_number_of_queries_at_1_and_at_30_papers(clerk: User) -> None:
    first = bring_to(make_paper(), clerk, findings=(NOT_TAGGED,))
    passed(first, clerk, "not-tagged", 0)
    assert counted(Edition.RESTRICTED) == (4, 7)
    exempt = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, findings=(NOT_TAGGED,))
    passed(exempt, clerk, "not-tagged", 0)
    few = counted(Edition.RESTRICTED)
    for number in range(28):
        restriction = (Restriction.OPEN, Restriction.EXEMPT)[number % 2]
        more = bring_to(make_paper(f"letter-{number}", restriction=restriction), clerk, findings=(NOT_TAGGED,))
        passed(more, clerk, "not-tagged", 0)
    assert counted(Edition.RESTRICTED) == few
    assert few == (7, 9)
