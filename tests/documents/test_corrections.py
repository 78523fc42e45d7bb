"""A corrected paper keeps the numbers that were published: what is new fits in between, what is gone says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.corrected import Raw, corrections, numbered, raws
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Chart,
    Column,
    Document,
    Heading,
    Highlight,
    Paragraph,
    ParagraphLink,
    Row,
    Table,
    plain,
    words,
)
from torbay_reports.documents.corrections import REMOVED_PARAGRAPH, keep_numbers
from torbay_reports.documents.renumbering import next_letters

TEXTS = {
    "purpose": "The board is told how the year is going",
    "forecast": "The forecast for harbours is over its budget",
    "savings": "Savings of the libraries are late this year",
    "debts": "Four debts above the limit were given up",
    "advice": "Members are asked to note the position",
}


def raw(*names: str) -> tuple[Raw, ...]:
    """Paragraphs by name; a chapter is given by a name in capitals."""
    return tuple(
        Raw("chapter", name.capitalize(), name) if name.isupper() else Raw("paragraph", TEXTS.get(name, name), name)
        for name in names
    )


def told(document: Document) -> list[tuple[str, str]]:
    """Number and words of every block with a number."""
    return [
        (block.number, block.text if isinstance(block, Heading) else plain(block.content))
        for block in document.blocks
        if isinstance(block, Heading | Paragraph) and block.number
    ]


def kept(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[str, str]]:
    return told(keep_numbers(numbered(raw(*before)), numbered(raw(*after))))


BEFORE = ("ONE", "purpose", "forecast", "savings")


def test_a_paragraph_added_between_two_has_the_number_of_the_first_with_a_letter() -> None:
    found = kept(BEFORE, ("ONE", "purpose", "Quite other", "Something else", "forecast", "savings"))
    assert [number for number, _ in found] == ["1", "1.1", "1.1a", "1.1b", "1.2", "1.3"]
    assert found[-1] == ("1.3", TEXTS["savings"])


def test_a_paragraph_added_at_the_end_of_a_chapter_runs_on() -> None:
    found = kept((*BEFORE, "TWO", "debts"), (*BEFORE, "advice", "TWO", "debts"))
    assert found[4:] == [("1.4", TEXTS["advice"]), ("2", "Two"), ("2.1", TEXTS["debts"])]


def test_a_paragraph_added_before_the_first_of_a_chapter_is_nought_and_a_letter() -> None:
    assert kept(BEFORE, ("ONE", "Quite other", "purpose", "forecast", "savings"))[1] == ("1.0a", "Quite other")


def test_a_removed_paragraph_says_so_under_its_number() -> None:
    found = kept(BEFORE, ("ONE", "purpose", "savings"))
    assert found[2:] == [("1.2", REMOVED_PARAGRAPH), ("1.3", TEXTS["savings"])]


def test_a_paragraph_in_other_words_keeps_its_number() -> None:
    assert kept(BEFORE, ("ONE", "purpose", "Quite other", "savings"))[2] == ("1.2", "Quite other")


def test_a_removed_chapter_keeps_its_numbers_where_it_stood() -> None:
    found = kept(("ONE", "purpose", "TWO", "debts", "THREE", "advice"), ("ONE", "purpose", "THREE", "advice"))
    assert [number for number, _ in found] == ["1", "1.1", "2", "2.1", "3", "3.1"]
    assert [text for _, text in found][-1] == TEXTS["advice"]


def test_an_added_chapter_has_a_letter_and_paragraphs_of_its_own() -> None:
    found = kept(("ONE", "purpose", "TWO", "debts"), ("ONE", "purpose", "NEW", "Quite other", "TWO", "debts"))
    assert [number for number, _ in found] == ["1", "1.1", "1a", "1a.1", "2", "2.1"]


def test_an_anchor_that_tells_no_number_decides_against_all_words() -> None:
    before = numbered(raw(*BEFORE), has_slugs=True)
    swapped = tuple(
        Raw(each.kind, TEXTS["savings"] if each.slug == "forecast" else each.text, each.slug) for each in raw(*BEFORE)
    )
    after = numbered((*swapped[:3], Raw("paragraph", TEXTS["forecast"], "other")), has_slugs=True)
    found = keep_numbers(before, after)
    assert told(found)[2] == ("1.2", TEXTS["savings"])
    assert [block.anchor for block in found.blocks][:3] == ["ONE", "purpose", "forecast"]


def test_the_anchors_of_published_paragraphs_lead_to_them_still() -> None:
    found = keep_numbers(numbered(raw(*BEFORE)), numbered(raw("ONE", "Quite other", *BEFORE[1:])))
    anchors = {plain(block.content): block.anchor for block in found.blocks if isinstance(block, Paragraph)}
    assert anchors[TEXTS["savings"]] == "para-1.3"
    assert anchors["Quite other"] == "para-1.0a"


def test_what_goes_on_a_removed_paragraph_stays_and_it_says_so_before_the_next_heading() -> None:
    before = Document("a", "b", "c", (Paragraph("p1", words("One thing"), "1"), Paragraph("p2", words("Other"), "2")))
    after = Document(
        "a",
        "b",
        "c",
        (Paragraph("p1", words("One thing"), "1"), BulletList("l", (words("point"),)), Heading("end", "End", 2)),
    )
    assert [block.anchor for block in keep_numbers(before, after).blocks] == ["p1", "l", "p2", "end"]


def test_references_follow_wherever_they_stand() -> None:
    def paper(*paragraphs: Paragraph) -> Document:
        last = paragraphs[-1]
        link = (ParagraphLink(text=last.number, anchor=last.anchor),)
        table = Table("t", "Table", (Column("c", "Column"),), (Row("r", (Cell(link),)),))
        chart = Chart("k", "Chart", link, "{}", Table("d", "", (), ()))
        blocks: tuple[Block, ...] = (*paragraphs, BulletList("l", (link,)), table, chart)
        return Document("a", "b", "c", blocks, highlights=(Highlight("h", link),), largest=(Row("x", (Cell(link),)),))

    first, last = Paragraph("para-1", words("The first of them"), "1"), Paragraph("para-2", words("And more"), "2")
    before = paper(first, last)
    after = paper(first, Paragraph("para-2", words("Quite new"), "2"), Paragraph("para-3", words("And more"), "3"))
    found = keep_numbers(before, after)
    assert told(found) == [("1", "The first of them"), ("1a", "Quite new"), ("2", "And more")]
    assert found.blocks[3:] == before.blocks[2:]
    assert (found.highlights, found.largest) == (before.highlights, before.largest)


def test_full_stops_behind_numbers_stay() -> None:
    before = Document("a", "b", "c", (Heading("one", "First matter", 2, "1."), Heading("two", "Second", 2, "2.")))
    new = Heading("new", "Quite other things", 2, "2.")
    after = Document("a", "b", "c", (before.blocks[0], new, Heading("two", "Second", 2, "3.")))
    assert [number for number, _ in told(keep_numbers(before, after))] == ["1.", "1a.", "2."]


@pytest.mark.parametrize(("letters", "following"), [("", "a"), ("a", "b"), ("z", "aa"), ("az", "ba"), ("zz", "aaa")])
def test_letters_go_on_after_z(letters: str, following: str) -> None:
    assert next_letters(letters) == following


@st.composite
def versions(draw: st.DrawFn) -> tuple[Document, Document, Document]:
    """Three versions of a paper as its source gives them."""
    has_slugs = draw(st.booleans())
    first = draw(raws())
    second = draw(corrections(first))
    third = draw(corrections(second))
    one, two, three = (numbered(each, has_slugs=has_slugs) for each in (first, second, third))
    return one, two, three


@given(versions())
def test_equal_papers_come_back_unchanged(papers: tuple[Document, Document, Document]) -> None:
    assert keep_numbers(papers[0], papers[0]) == papers[0]


@given(versions())
def test_what_was_corrected_once_is_corrected(papers: tuple[Document, Document, Document]) -> None:
    before, after, third = papers
    second = keep_numbers(before, after)
    assert keep_numbers(before, second) == second
    corrected = keep_numbers(second, third)
    assert keep_numbers(second, corrected) == corrected


@given(versions())
def test_every_published_number_stays_in_order_and_none_stands_twice(
    papers: tuple[Document, Document, Document],
) -> None:
    before, *later = papers
    for after in later:
        corrected = keep_numbers(before, after)
        numbers = [number for number, _ in told(corrected)]
        assert len(set(numbers)) == len(numbers)
        published = [number for number, _ in told(before)]
        assert [number for number in numbers if number in published] == published
        anchors = [block.anchor for block in corrected.blocks]
        assert len(set(anchors)) == len(anchors)
        before = corrected


@given(versions())
def test_nothing_of_the_correction_is_lost_and_references_name_their_paragraph(
    papers: tuple[Document, Document, Document],
) -> None:
    before, after, _ = papers
    corrected = keep_numbers(before, after)
    said = [text for _, text in told(corrected)]
    assert [text for text in said if "removed" not in text] == [text for _, text in told(after)]
    by_anchor = {block.anchor: block for block in corrected.blocks}
    for block in corrected.blocks:
        for inline in block.content if isinstance(block, Paragraph) else ():
            if isinstance(inline, ParagraphLink):
                target = by_anchor[inline.anchor]
                assert isinstance(target, Paragraph)
                assert inline.text == target.number
