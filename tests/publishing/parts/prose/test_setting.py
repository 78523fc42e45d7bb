"""Headings, paragraphs and lists set by the program's own code: nobody can tell them from WeasyPrint's."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from msgspec.structs import replace

from budget.importing.quarter_file import read_quarter
from budget.reports.monitoring import quarterly_report
from budget.services.loading import load_quarter
from improvement.reports.paper import tracker_paper
from ofsted.demo import store_inspection
from ofsted.importing.visits_file import read_visits
from ofsted.reports.findings import findings_paper
from ofsted.reports.letter import letter_paper
from tests.agenda.conftest import load_tracker
from tests.publishing.parts.prose import comparing, inventing
from tests.publishing.parts.rows.comparing import compare
from tests.publishing.parts.rows.drawing import drawn
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Document,
    Heading,
    LineBreak,
    Paragraph,
    ParagraphLink,
    Prose,
    Text,
    WebLink,
    words,
)
from torbay_reports.publishing.layout import InContext, in_context
from torbay_reports.publishing.parts import setting
from torbay_reports.publishing.parts.pieces import BreakOrder, Kind, Order, Piece, _encoder
from torbay_reports.publishing.parts.prose.samples import Plain
from torbay_reports.publishing.parts.values import Strip, strip_from_bytes, strip_to_bytes

SAMPLE, ALL = 5, 200
STORY = "The panel meets weekly and reports to the board what it has found and what is to be done about it. "
LONG = (STORY * 9).strip()
NOTHING = (0.0,)


def paragraph(*content: str, number: str = "4.1") -> Paragraph:
    return Paragraph("p", tuple(Text(each) for each in content), number)


def shown(paper: Document) -> list[InContext]:
    """Its blocks that may be plain."""
    return [each for each in in_context(paper) if isinstance(each.block, Plain)]


def demonstration() -> list[Document]:
    """The papers of the demonstration."""
    fixtures = Path(settings.FIXTURES_DIR)
    load_quarter(content=read_quarter(fixtures / "budget.json"))
    plan = load_tracker(fixtures / "improvement.json")
    store_inspection(read_visits(fixtures / "ofsted.json"))
    return [
        quarterly_report("2017-18/q1"),
        letter_paper("childrens-services-2016/2017-07"),
        findings_paper("childrens-services-2016/2017-09-06"),
        tracker_paper(f"{plan.slug}/2017-09-06"),
    ]


@pytest.mark.django_db
def test_nearly_all_prose_of_the_demonstration_is_plain_and_as_weasyprint_sets_it() -> None:
    plain = told = 0
    for paper in demonstration():
        on = comparing.sheet(is_landscape=paper.orientation == "landscape")
        blocks = shown(paper)
        for each, theirs in zip(blocks, comparing.by_weasyprint(blocks, on), strict=True):
            ours = comparing.by_us(each, on)
            # A band across the page is painted with a ground.
            told += not (isinstance(each.block, Heading) and each.block.is_band)
            if ours is not None:
                plain += 1
                compare(ours, theirs, each.block)
    assert told > 80
    assert plain >= 0.95 * told


def test_invented_blocks_of_every_kind_are_as_weasyprint_sets_them(soak: bool) -> None:
    plain = list[type[Block]]()
    for seed in range(ALL if soak else SAMPLE):
        random = Random(seed)
        on = comparing.sheet(is_landscape=random.random() < 0.3)
        blocks = inventing.blocks(random, 12)
        for each, theirs in zip(blocks, comparing.by_weasyprint(blocks, on), strict=True):
            ours = comparing.by_us(each, on)
            if ours is not None:
                plain.append(type(each.block))
                compare(ours, theirs, f"seed {seed}, {each.block}")
    for kind in (Heading, Paragraph, BulletList):
        assert plain.count(kind) >= SAMPLE


def test_blocks_break_over_pages_where_weasyprint_breaks_them(soak: bool) -> None:
    pages = list[int]()
    for seed in range(ALL if soak else SAMPLE):
        random = Random(seed)
        on = comparing.sheet(is_landscape=random.random() < 0.3)
        for each in inventing.blocks(random, 8):
            whole = comparing.by_us(each, on)
            if whole is None or isinstance(each.block, Heading):
                continue
            later = random.choice((90.0, 200.0, 700.0))
            first = min(later, round(random.uniform(0, 1.5 * whole.room.heights[0]), 2))
            ours = comparing.broken_by_us(each, on, first, later)
            theirs = comparing.broken_by_weasyprint(each, on, first, later)
            assert ours is not None
            if NOTHING in (ours.room.heights, theirs.room.heights):
                assert ours == theirs, f"seed {seed}, {each.block}"
            else:
                compare(ours, theirs, f"seed {seed}, {each.block}")
            pages.append(len(ours.part.pages))
    assert {0, 1, 2} <= set(pages)


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("room", [1, 2, 3, 4])
def test_two_lines_at_least_stand_at_a_pages_end_and_start_as_with_weasyprint(lines: int, room: int) -> None:
    """However many lines have room before the page's end, and wherever it falls into a list."""
    on = comparing.sheet()
    line = 10.5 * 1.45
    told = words((STORY * lines)[: 85 * lines - 5].strip())
    for block in (Paragraph("p", told), BulletList("p", (words("One."), told, told))):
        for first in (room * line + 3, 6 * line + 4):
            ours = comparing.broken_by_us(InContext(block), on, first, 6 * line + 4)
            theirs = comparing.broken_by_weasyprint(InContext(block), on, first, 6 * line + 4)
            assert ours is not None
            if NOTHING in (ours.room.heights, theirs.room.heights):
                assert ours == theirs
            else:
                compare(ours, theirs, block)


def test_a_line_that_has_room_by_a_hair_is_left_to_weasyprint() -> None:
    on = comparing.sheet()
    long = InContext(paragraph(LONG))
    line = 10.5 * 1.45
    assert comparing.broken_by_us(long, on, 4 * line + 0.005, 700.0) is None
    assert comparing.broken_by_us(long, on, 4 * line + 0.05, 700.0) is not None


def test_a_number_is_read_before_its_words_with_a_space_between() -> None:
    for block in (paragraph("See below."), Heading("h", "See below.", 2, "4.1")):
        strip = comparing.only(block)
        assert strip is not None
        assert "".join(glyph.text for glyph in drawn(strip).glyphs) == "4.1 See below."


def test_words_on_two_lines_and_on_two_pages_are_parted_for_who_copies_them() -> None:
    strip = comparing.broken_by_us(InContext(paragraph(LONG)), comparing.sheet(), 50.0, 700.0)
    assert strip is not None
    heard = "".join(glyph.text for page in range(2) for glyph in drawn(strip, page).glyphs)
    assert heard == f"4.1 {LONG}"


def test_every_point_of_a_list_is_read_after_its_mark() -> None:
    strip = comparing.only(BulletList("l", (words("One."), (WebLink("Two", "https://council.invalid/"),))))
    assert strip is not None
    assert "".join(glyph.text for glyph in drawn(strip).glyphs) == "• One.• Two"
    kinds = [element.kind for element in strip.part.elements]
    assert kinds == ["L", "LI", "Lbl", "LBody", "LI", "Lbl", "LBody", "Link"]


@pytest.mark.parametrize(
    "content",
    [
        words("Moved from A → B."),
        words("Łódź"),
        words("soft\u00adhyphen"),
        words("zero\u200bwidth"),
        words("a\u0301"),
        words("שלום"),
        words("ελληνικά"),
        words("two\nlines"),
        words("a tab\there"),
        words("ends with a space "),
        words(""),
        (Text("A line "), LineBreak(), Text("and more")),
        (WebLink("A plan", "https://council.invalid/a plan.pdf"),),
        (WebLink("A plan", "https://council.invalid/pläne.pdf"),),
        (ParagraphLink("2.1", "zwei eins"),),
        (WebLink("Donaudampfschifffahrtsgesellschaft" * 9, "https://council.invalid/"),),
    ],
)
def test_what_is_not_plain_is_left_to_weasyprint(content: Prose) -> None:
    assert comparing.only(Paragraph("p", content, "4.1")) is None


@pytest.mark.parametrize(
    "block",
    [
        paragraph("See.", number="4 1"),
        paragraph("See.", number="Appendix 12"),
        paragraph("See.", number="Appendix-twelve"),
        CallOut("c", words("See.")),
        Heading("h", "A band", 2, is_band=True),
        BulletList("l", (words("One."), words("→"))),
    ],
)
def test_so_are_numbers_without_room_and_blocks_with_more_than_their_words(block: Block) -> None:
    assert comparing.only(block) is None


def test_so_is_a_language_whose_letters_have_forms_of_their_own() -> None:
    on = replace(comparing.sheet(), language="nl")
    assert comparing.by_us(InContext(paragraph("See.")), on) is None
    assert comparing.by_us(InContext(paragraph("See.")), replace(on, language="cy-GB")) is not None


def test_orders_are_answered_with_our_strips() -> None:
    on = comparing.sheet()
    long = InContext(paragraph(LONG))
    piece = Piece(Kind.BLOCK, long)
    [whole] = setting.set_pieces(_encoder.encode(Order(on, (piece,))))
    [broken] = setting.break_piece(_encoder.encode(BreakOrder(on, piece, 50.0, 700.0)))
    assert strip_from_bytes(whole[3]) == comparing.by_us(long, on)
    assert strip_from_bytes(broken[3]) == comparing.broken_by_us(long, on, 50.0, 700.0)


def test_a_strip_does_not_depend_on_what_was_set_before_nor_on_the_process() -> None:
    blocks = inventing.blocks(Random(3), 12)
    assert digests(blocks) == digests(blocks)
    assert digests(blocks[::-1]) == digests(blocks)[::-1]
    code = (
        "import django; django.setup()\n"
        "import json; from random import Random\n"
        "from tests.publishing.parts.prose import inventing, test_setting\n"
        "print(json.dumps(test_setting.digests(inventing.blocks(Random(3), 12))))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(ended.stdout) == digests(blocks)
    assert len(digests(blocks)) > 3


def digests(blocks: list[InContext]) -> list[str]:
    """The checksums of the strips of the plain ones."""
    strips: list[Strip | None] = [comparing.by_us(each, comparing.sheet()) for each in blocks]
    return [sha256(strip_to_bytes(strip)).hexdigest() for strip in strips if strip is not None]
