"""Item 6 of the supplement: Ofsted's letter, before the tracker, heard in the PDF and read on its page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from ofsted.calculations.letter import LetterText
from ofsted.importing.visits_file import read_visits
from ofsted.kinds import ParagraphKind
from ofsted.models import LetterParagraph
from tests.agenda.conftest import Supplement
from tests.printed.pdf import outline, page_texts
from tests.printed.readings import parsed
from tests.tagtree import read

pytestmark = pytest.mark.django_db

KEY = "item-6-ofsted-letter"
TITLE = "Third monitoring visit to Torbay local authority children's services"
HEADINGS = ["Areas covered by the visit", "Overview", "Findings and evaluation of progress"]
LETTERHEAD = ("Aviation House", "125 Kingsway", "0300 123 1231", "enquiries@ofsted.gov.uk", "Yours sincerely")


@pytest.fixture(scope="module")
def pages(made: tuple[Supplement, Path]) -> range:
    """The numbers of the letter's pages, which are their places counted from one."""
    supplement, _ = made
    first, last, index = supplement.pack.pages["papers"][KEY]
    assert int(first) == index + 1
    return range(int(first), int(last) + 1)


def letter() -> LetterText:
    """The letter that the fixtures hold."""
    (entry,) = read_visits(Path(settings.FIXTURES_DIR) / "ofsted.json").letters
    return entry.text


def one_line(text: str) -> str:
    return " ".join(text.split())


def expected() -> list[tuple[str, str]]:
    """What is heard between the letter's notice and its end, with the tag that it is heard under."""
    text = letter()
    said = [("P", "24 August 2017"), ("P", " ".join(text.addressee)), ("P", text.salutation)]
    for section in text.sections:
        said += [("H2", section.heading)] if section.heading else []
        said += [
            ("LI", f"• {each.words}") if each.kind is ParagraphKind.AREA else ("P", each.words)
            for each in section.paragraphs
        ]
    said.append(("P", "Signed in the original by Emmy Tomsett, Her Majesty's Inspector."))
    said.append(("P", "Copied to: Department for Education."))
    said.append(("P", "The printed copy is marked “Pre-publication”."))
    return said


def test_it_is_heard_whole_and_in_order_with_its_headings_and_its_list(supplement: Supplement, pages: range) -> None:
    blocks = [block for block in read(bytes(supplement.pack.pdf)).blocks if block.page in pages]
    said = [(block.kind, one_line(block.text)) for block in blocks]
    title = said.index(("H1", TITLE))
    kind, notice = said[title + 1]
    assert kind == "P"
    assert notice.startswith(settings.DEMO_NOTICE)
    assert said[title + 2 :] == expected()


def test_it_stands_between_the_report_and_the_tracker_on_about_as_many_pages_as_the_source(
    supplement: Supplement, pages: range
) -> None:
    papers = supplement.pack.pages["papers"]
    assert int(papers["item-5-revenue-budget-monitoring"][1]) + 1 == pages.start
    assert int(papers["item-6-improvement-tracker"][0]) == pages.stop
    assert len(pages) in (4, 5)


def test_its_addressee_stands_line_by_line(supplement: Supplement, pages: range) -> None:
    lines = [line.rstrip() for line in page_texts(bytes(supplement.pack.pdf))[pages.start - 1].split("\n")]
    first = lines.index("Mr Andrew Dempsey")
    assert lines[first : first + 8] == list(letter().addressee)


def test_it_has_neither_the_letterhead_nor_the_signature_of_the_original(supplement: Supplement, pages: range) -> None:
    texts = page_texts(bytes(supplement.pack.pdf))
    printed = one_line(" ".join(texts[number - 1] for number in pages))
    assert not [each for each in LETTERHEAD if each in printed]
    assert printed.count("Emmy Tomsett, Her Majesty's Inspector") == 1


def test_its_bookmarks_stand_under_item_6_before_the_trackers(supplement: Supplement) -> None:
    found = outline(bytes(supplement.pack.pdf))
    start = found.index((1, TITLE))
    assert found[start - 1][1].startswith("6. Children's Services")
    assert found[start + 1 : start + 4] == [(2, each) for each in HEADINGS]
    assert found[start + 4] == (1, "Torbay Children's Services: Improvement Action Tracker")


def test_its_page_has_the_page_numbers_of_the_pdf_and_opens_with_the_letter(
    supplement: Supplement, client: Client, pages: range
) -> None:
    response = client.get(supplement.letter_address)
    assert response.status_code == 200
    page = parsed(response.content.decode())
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert [each for each in ids if re.fullmatch(r"page-\d+", each)] == [f"page-{number}" for number in pages]
    assert "in-short" not in ids
    shown = [one_line(each.text_content()) for each in page.cssselect("article.document h2, article.document li")]
    text = letter()
    assert shown == [HEADINGS[0], *text.areas, *HEADINGS[1:]]
    article = one_line(page.cssselect("article.document")[0].text_content())
    assert all(finding in article for finding in text.findings)


def test_later_corrections_do_not_alter_what_was_published(supplement: Supplement, client: Client) -> None:
    before = parsed(client.get(supplement.letter_address).content).text_content()
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_change")
        assert LetterParagraph.objects.update(words="Changed.")
        assert parsed(client.get(supplement.letter_address).content).text_content() == before
        cursor.execute("ROLLBACK TO SAVEPOINT before_change")
