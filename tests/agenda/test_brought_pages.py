"""A brought PDF online: its words page by page, with the pack's numbers, for who may read them."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import done, page, sentences, text_of
from tests.agenda.brought import address_of, bring_to, look_at_files, make_paper, pages_of, put_out, rows_read
from tests.agenda.pdfs import written
from tests.printed.pdf import page_texts
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import READS
from torbay_reports.access.roles import Role
from torbay_reports.agenda.checklist import checklist
from torbay_reports.agenda.composition import paper_key
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.presenting import brought_pages
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.publishing.models import UploadedPdf
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.uploads.findings import open_warnings
from torbay_reports.publishing.uploads.services import bring_pdf, pass_warning

pytestmark = pytest.mark.django_db

TEXTS = ("Dear Sir\r\nWe came in June.\r\n\r\nYours <b>truly</b>", "  \n ", "The end")


@pytest.fixture
def paper(clerk: User) -> Paper:
    """A letter of three pages that stands in the public pack from page 14."""
    brought = bring_to(make_paper(), clerk, texts=TEXTS)
    put_out(brought)
    return brought


def browser_of(role: Role) -> Client:
    client = Client()
    sign_in(client, person_with(role))
    return client


def test_each_page_stands_under_its_printed_number_with_a_link_to_it_in_the_pdf(client: Client, paper: Paper) -> None:
    tree = page(client, address_of(paper))
    assert [text_of(each) for each in tree.cssselect("main h2")] == [
        "Page 14 of the pack",
        "Page 15 of the pack",
        "Page 16 of the pack",
    ]
    pack = f"{paper.item.meeting.get_absolute_url()}supplement-1/pack.pdf"
    assert [link.attrib["href"] for link in tree.cssselect("main section p a")] == [
        f"{pack}#page=15",
        f"{pack}#page=16",
        f"{pack}#page=17",
    ]
    assert [tree.get_element_by_id(f"page-{n}").tag for n in (14, 15, 16)] == ["h2", "h2", "h2"]
    assert tree.get_element_by_id("page-2").getnext() is tree.get_element_by_id("page-15")
    said = text_of(tree.cssselect("main")[0])
    assert "Item 7: Letters" in said
    assert "Words as they stand in the PDF; layout and pictures are in the PDF." in said
    assert "NOT FOR PUBLICATION" not in said


def test_words_are_shown_as_they_are_in_paragraphs_by_blank_lines(client: Client, paper: Paper) -> None:
    content = client.get(address_of(paper)).content.decode()
    assert '<p class="govuk-body">Dear Sir<br>We came in June.</p>' in content
    assert '<p class="govuk-body">Yours &lt;b&gt;truly&lt;/b&gt;</p>' in content


def test_a_page_without_words_says_so(client: Client, paper: Paper) -> None:
    second = page(client, address_of(paper)).cssselect("section[aria-labelledby=page-15]")[0]
    assert "This page has no words that can be read out." in text_of(second)


@pytest.mark.parametrize("is_tagged", [True, False])
def test_a_file_without_tags_says_in_plain_words_what_that_means(client: Client, clerk: User, is_tagged: bool) -> None:
    brought = bring_to(make_paper(), clerk, is_tagged=is_tagged)
    put_out(brought)
    said = sentences(client, address_of(brought))
    assert ("came without marks for screen readers" in said) is not is_tagged
    assert ("ask Kate Spencer, k@council.invalid, 01803 1" in said) is not is_tagged


def test_until_it_is_published_only_the_meetings_officers_read_it(browser: Client, clerk: User) -> None:
    waiting = bring_to(make_paper(), clerk, texts=TEXTS)
    meeting = waiting.item.meeting.get_absolute_url()
    assert waiting.title not in sentences(Client(), meeting)
    put_out(bring_to(make_paper("other"), clerk))
    assert "The letter To follow" in sentences(Client(), meeting)
    assert Client().get(address_of(waiting)).status_code == 302
    for role in set(Role) - {Role.CLERK, Role.MONITORING_OFFICER}:
        assert browser_of(role).get(address_of(waiting)).status_code == 404, role
    for officer in (browser, browser_of(Role.MONITORING_OFFICER)):
        said = sentences(officer, address_of(waiting))
        assert "This file is not published yet: only the meeting's officers read this page." in said
        assert "Page 3 of the file" in said
        assert "in the PDF of the pack" not in said


def test_a_newer_file_is_read_by_nobody_else_before_a_version_holds_it(
    browser: Client, paper: Paper, clerk: User
) -> None:
    bring_to(paper, clerk, name="newer.pdf", texts=("Newer words",))
    readers = [Client(), browser_of(Role.MEMBER), browser]
    for reader in readers:
        said = sentences(reader, address_of(paper))
        assert "We came in June." in said
        assert "Newer words" not in said
    put_out(paper)
    for reader in readers:
        said = sentences(reader, address_of(paper))
        assert "We came in June." not in said
        assert "Newer words" in said


def test_the_meetings_page_links_to_what_the_pack_holds_and_counts_what_it_does_not(
    client: Client, clerk: User
) -> None:
    paper, appendix = bring_to(make_paper(), clerk, texts=TEXTS), make_paper("appendix")
    make_paper("plan")
    put_out(paper)
    bring_to(appendix, clerk)
    address = paper.item.meeting.get_absolute_url()
    tree = page(client, address)
    assert [link.attrib["href"] for link in tree.cssselect(".contents__papers a")] == [address_of(paper)]
    assert "Still to follow: 2 papers." in text_of(tree.cssselect("main")[0])
    assert "(Pages 14 - 16)" in text_of(tree.cssselect(".contents__papers")[0])


@pytest.fixture
def appendix(clerk: User) -> Paper:
    """An exempt one, in the restricted pack alone."""
    brought = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, texts=("Quillfeather owes",))
    put_out(brought, edition=Edition.RESTRICTED, first=3)
    return brought


def test_a_pdf_goes_from_the_form_to_words_online(clerk: User) -> None:
    letter = make_paper()
    own = Client()
    sign_in(own, clerk)
    file = SimpleUploadedFile("letter.pdf", written("Dear members", "The end", tagged=False), "application/pdf")
    place, _ = done(own, f"{address_of(letter)}upload/", seen="0", restriction="open", file=file)
    look_at_files()
    assert "letter.pdf is brought for “The letter”: 2 pages." in sentences(own, place)
    found = checklist(letter.instalment, Edition.PUBLIC).brought[0].findings
    assert "not-tagged" in {each.finding.code for each in found if each.is_open}
    assert Client().get(address_of(letter)).status_code == 302
    put_out(Paper.objects.get())
    words = sentences(Client(), address_of(letter))
    assert "Page 14 of the pack Dear members Page 14 in the PDF" in words
    assert "Page 15 of the pack The end Page 15 in the PDF" in words
    assert "came without marks for screen readers" in words


def test_the_numbers_online_are_those_of_the_published_packs_pages(clerk: User) -> None:
    letter = make_paper()
    upload = bring_pdf(
        name="letter.pdf",
        title=letter.title,
        data=written("Dear members", "The end"),
        restriction=Restriction.OPEN,
        by=clerk,
    )
    assert isinstance(upload, UploadedPdf)
    letter.upload = upload
    letter.save()
    for finding in open_warnings(upload):
        pass_warning(
            upload=upload, code=finding.code, page=finding.page, reason="There is no other copy of it.", by=clerk
        )
    bundle = publish_pack(instalment=letter.instalment, edition=Edition.PUBLIC, by=clerk)
    tree = page(Client(), address_of(letter))
    printed = page_texts(Client().get(f"{letter.item.meeting.get_absolute_url()}pack.pdf").content)
    for words, section in zip(("Dear members", "The end"), tree.cssselect("main section"), strict=True):
        assert words in text_of(section)
        (link,) = section.cssselect("p a")
        place = int(link.attrib["href"].partition("#page=")[2])
        assert words in printed[place - 1]
        assert text_of(section.cssselect("h2")[0]) == f"Page {bundle.pages['labels'][place - 1]} of the pack"


def test_a_restricted_one_is_marked_recorded_and_kept_from_caches(appendix: Paper) -> None:
    member = browser_of(Role.MEMBER)
    response = member.get(address_of(appendix))
    content = response.content.decode()
    assert "NOT FOR PUBLICATION: exempt" in content
    assert "Page E3 of the pack" in content
    assert f"{appendix.item.meeting.get_absolute_url()}supplement-1/restricted-pack.pdf#page=4" in content
    assert response["Cache-Control"] == "no-store"
    [read] = AccessRecord.objects.filter(kind__in=READS)
    assert (read.kind, read.key) == ("paper_read", f"paper:{appendix.pk} upload:{appendix.content.upload_id}")
    assert appendix.content.title not in read.about


def test_a_restricted_one_is_for_the_board_and_its_officers(appendix: Paper) -> None:
    assert Client().get(address_of(appendix)).status_code == 302
    for role in (Role.MEMBER, Role.MONITORING_OFFICER, Role.HEAD_OF_FINANCE, Role.ADMINISTRATOR):
        allowed = role in {Role.MEMBER, Role.MONITORING_OFFICER}
        assert browser_of(role).get(address_of(appendix)).status_code == (200 if allowed else 404), role


def test_a_slip_in_the_papers_row_does_not_open_an_exempt_file(appendix: Paper, browser: Client) -> None:
    Paper.objects.filter(pk=appendix.pk).update(restriction=Restriction.OPEN)
    put_out(appendix)
    assert Client().get(address_of(appendix)).status_code == 302
    assert "appendix" not in sentences(Client(), appendix.item.meeting.get_absolute_url())
    for reader in (browser_of(Role.MEMBER), browser_of(Role.MONITORING_OFFICER), browser):
        assert reader.get(address_of(appendix)).status_code == 404


def test_the_public_pages_read_no_row_of_a_restricted_file_and_no_bytes_of_any(
    paper: Paper, appendix: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_read(monkeypatch)
    address = paper.item.meeting.get_absolute_url()
    for wanted in ("/", address, f"{address}pack/", address_of(paper)):
        assert Client().get(wanted).status_code == 200, wanted
    assert {key for key, _ in rows} == {paper.upload_id}
    assert not [fields for _, fields in rows if "part" in fields]


def test_a_refused_reader_has_no_words_of_the_file_read(appendix: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_read(monkeypatch)
    assert browser_of(Role.HEAD_OF_FINANCE).get(address_of(appendix)).status_code == 404
    assert [fields & {"part", "texts", "findings"} for _, fields in rows] == [set()]


def test_a_table_of_a_brought_paper_is_not_there(client: Client, paper: Paper) -> None:
    assert client.get(f"{address_of(paper)}tables/any/").status_code == 302
    assert browser_of(Role.MEMBER).get(f"{address_of(paper)}tables/any/").status_code == 404


def queries_of(address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def test_pages_cost_the_same_number_of_queries_at_1_and_at_30_brought_papers(clerk: User) -> None:
    first = bring_to(make_paper(), clerk)
    put_out(first)
    address = first.item.meeting.get_absolute_url()
    addresses = (address, f"{address}pack/", address_of(first))
    few = [queries_of(each) for each in addresses]
    more = [bring_to(make_paper(f"letter-{n}"), clerk, texts=TEXTS) for n in range(29)]
    put_out(first, *more)
    assert [queries_of(each) for each in addresses] == few
    assert max(few) <= 14


def test_pages_beyond_those_of_the_pack_have_no_number_there(paper: Paper) -> None:
    pages, key = pages_of([paper], Edition.PUBLIC, 14), paper_key("7", paper)
    known = replace(pages, anchors={(key, "page-1"): pages.anchors[key, "page-1"]})
    first, second, _ = brought_pages(key, UploadedPdf.objects.get().texts, known)
    assert (first.heading, first.place) == ("Page 14 of the pack", 15)
    assert (second.heading, second.place) == ("Page 2 of the file", 0)
