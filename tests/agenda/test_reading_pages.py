"""The meeting, its pack so far and its papers as they are read: an agenda and a supplement, a report and a brought PDF
with the pages of the PDF."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.access.cast import person_with
from tests.access.people.pages import page, text_of
from tests.agenda.jobs import make_instalment
from tests.agenda.pdfs import written
from tests.agenda.printed_pages import differences, in_print, letters, on_screen
from tests.agenda.publishing_worlds import MEETING, PACK, PAPER, freeze, paper_of, report
from tests.printed.pdf import page_texts
from tests.published_once import published_once, put_back
from tests.publishing import packs
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.reading.packs import pack_of
from torbay_reports.documents.blocks import Document, Paragraph, words
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.uploads.findings import open_warnings
from torbay_reports.publishing.uploads.services import bring_pdf, pass_warning

pytestmark = pytest.mark.django_db

LETTER: Final = f"{MEETING}items/6/letter/"
MOORINGS: Final = f"{MEETING}items/4/moorings/"
WHY: Final = "The survey came in on Friday."


def long_report() -> Document:
    """A report with a table over several pages and a paragraph after it."""
    after = Paragraph("p1-2", words("What follows the table."), "1.2")
    first = report(title="Harbours")
    return Document(first.source, first.subject, first.title, (*first.blocks, packs.long_table(90), after))


def build_world() -> Meeting:
    """An agenda with a report and one to follow; a supplement that brings this and a PDF."""
    clerk, supplement = person_with(Role.CLERK), make_instalment()
    meeting = supplement.meeting
    who = {"clerk": "Robin Vale", "telephone": "01803 1", "email": "clerk@council.invalid", "office": "Town Hall"}
    agenda = Instalment.objects.create(meeting=meeting, number=0, dated=supplement.dated, **who)
    first = AgendaItem.objects.create(
        meeting=meeting, number="4", title="Moorings", position=0, words="To hear of the moorings."
    )
    Paper.objects.create(item=first, instalment=agenda, slug="moorings", title="Moorings", position=1)
    freeze(paper_of(agenda, "moorings"), report("Nothing is asked for.", source="invented.moorings"), clerk)
    Paper.objects.filter(slug="harbours").update(listed_in=agenda, why_late=WHY)
    publish_pack(instalment=agenda, edition=Edition.PUBLIC, by=clerk)
    freeze(paper_of(supplement), long_report(), clerk)
    last = AgendaItem.objects.create(meeting=meeting, number="6", title="Letters", position=3, added_in=supplement)
    letter = Paper.objects.create(item=last, instalment=supplement, slug="letter", title="A letter", position=1)
    data = written("Dear members", "The end")
    upload = bring_pdf(name="letter.pdf", title="A letter", data=data, restriction=Restriction.OPEN, by=clerk)
    for finding in open_warnings(upload):
        pass_warning(upload=upload, code=finding.code, page=finding.page, reason="It is the only copy.", by=clerk)
    Paper.objects.filter(pk=letter.pk).update(upload=upload)
    publish_pack(instalment=supplement, edition=Edition.PUBLIC, by=clerk)
    return meeting


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Meeting, Path]]:
    """Published once for the module, with a copy of the stores, which each test leaves empty."""
    with published_once(django_db_blocker, tmp_path_factory, build_world) as made:
        yield made


@pytest.fixture
def meeting(made: tuple[Meeting, Path]) -> Meeting:
    built, kept = made
    put_back(kept)
    return built


def test_every_paragraph_and_row_is_on_the_page_that_the_pack_so_far_says(meeting: Meeting, client: Client) -> None:
    labels = pack_of(meeting).labels
    pdf = client.get(f"{MEETING}pack.pdf").content
    printed = in_print(pdf, labels)
    screens = [on_screen(page(client, each).cssselect("article.document")[0]) for each in (MOORINGS, PAPER)]
    assert len(screens[1]) > 90
    assert len({unit.page for unit in screens[1]}) > 2
    assert differences([unit for screen in screens for unit in screen], printed) == []
    texts = dict(zip(labels, page_texts(pdf), strict=True))
    for said, section in zip(("Dear members", "The end"), page(client, LETTER).cssselect("main section"), strict=True):
        label = section.attrib["aria-labelledby"].removeprefix("page-")
        assert letters(said) in letters(texts[label])
        assert said in text_of(section)


def test_every_printed_number_leads_to_its_page_in_sight(meeting: Meeting, client: Client) -> None:
    for label in pack_of(meeting).labels:
        place = client.get(f"{MEETING}pack/page/{label}/")["Location"]
        address, _, anchor = place.partition("#")
        assert anchor == f"page-{label}"
        assert page(client, address).get_element_by_id(anchor) is not None, label
    assert client.get(f"{MEETING}pack/page/i/")["Location"] == f"{PACK}#page-i"


def test_a_typed_number_is_understood_as_people_write_it(meeting: Meeting, client: Client) -> None:
    first = pack_of(meeting).papers[1].pages.split()[1]
    for typed in (first, f"Page {first}", f" p. {first} "):
        assert client.get(f"{MEETING}pack/page/", {"page": typed})["Location"] == f"{PAPER}#page-{first}"
    assert client.get(f"{MEETING}pack/page/", {"page": "I"})["Location"] == f"{PACK}#page-i"
    for typed in ("999", "<b>", "\x00", "-1", "9" * 500):
        response = client.get(f"{MEETING}pack/page/", {"page": typed})
        assert response.status_code == 200
        if typed != "\x00":
            assert "The pack has no page" in response.content.decode()
    assert client.get(f"{MEETING}pack/page/999/").status_code == 302
    assert "/sign-in/" in client.get(f"{MEETING}pack/page/999/")["Location"]


def test_a_paper_that_followed_stands_once_with_its_pages_and_what_brought_it(meeting: Meeting, client: Client) -> None:
    for address in (MEETING, PACK):
        items = [text_of(each) for each in page(client, address).cssselect(".contents__item")]
        assert [each.split()[0] for each in items] == ["4.", "5.", "6."]
        assert items[1].count("Harbours Harbours") == 0
        assert "To follow" not in " ".join(items)
        assert items[1].endswith("Supplement 1")
        assert "Supplement" not in items[0]


def test_one_notice_says_what_is_new_and_why_it_is_late(meeting: Meeting, client: Client) -> None:
    for address in (MEETING, PACK):
        (notice,) = page(client, address).cssselect(".whats-new")
        said = text_of(notice)
        assert "Supplement 1, published " in said
        assert ": Items 5 and 6 (pages 2 - " in said
        assert f"Late. Item 5: {WHY}" in said
        assert "Still to follow" not in said


def test_each_instalment_is_there_alone_and_as_the_pack_so_far(meeting: Meeting, client: Client) -> None:
    links = [each.attrib["href"] for each in page(client, MEETING).cssselect("main a[href$='.pdf']")]
    assert links == [f"{MEETING}pack.pdf", f"{MEETING}agenda/pack.pdf", f"{MEETING}supplement-1/pack.pdf"]


def test_the_pack_shows_the_agenda_and_the_letter_as_they_were_published(meeting: Meeting, client: Client) -> None:
    AgendaItem.objects.filter(number="4").update(words="Changed since.")
    agenda, letter = (text_of(each) for each in page(client, PACK).cssselect(".letter"))
    assert "Item 4: Moorings (Page 1) To hear of the moorings." in agenda
    assert "Item 5: Harbours (to follow)" in agenda
    assert "Dear Member" in letter
    assert f"Item 5: {WHY}" in letter


def test_the_contents_stand_beside_every_paper_with_its_neighbours(meeting: Meeting, client: Client) -> None:
    tree = page(client, PAPER)
    (current,) = tree.cssselect("[aria-current=page]")
    assert current.attrib["href"] == PAPER
    assert [each.attrib["href"] for each in tree.cssselect(".beside__papers > li > a")] == [MOORINGS, PAPER, LETTER]
    assert [each.attrib["href"] for each in tree.cssselect(".beside__chapters a")] == ["#fees"]
    assert [each.attrib["href"] for each in tree.cssselect("a[rel=prev], a[rel=next]")] == [MOORINGS, LETTER]
    assert tree.get_element_by_id("para-1.1") is not None
    assert page(client, MOORINGS).cssselect("a[rel=prev]") == []


def test_home_says_what_is_new_in_the_next_pack(meeting: Meeting, client: Client) -> None:
    said = text_of(page(client, "/").cssselect("main")[0])
    assert "what is new in its pack: Supplement 1, published" in said
    assert "Items 5 and 6 (pages 2 - " in said
