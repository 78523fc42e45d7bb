"""Every page bears its number, upright and where its reader looks for it."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any, Final

import pdfplumber
import pytest
from msgspec.structs import replace as struct_replace

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing import schedule12a
from torbay_reports.publishing.joining.fonts import Faces
from torbay_reports.publishing.joining.stamps import PageWords, Stamp, Stamper, page_words
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.layout import placed_papers
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.parts.values import PartPage
from torbay_reports.publishing.uploads.margins import FOOT, HEAD

A4 = making.PORTRAIT
MM = 72 / 25.4
LONG = "Invented figures and invented sentences that nobody should take for a council's own. " * 3
WORDS = PageWords(number="NOT FOR PUBLICATION: exempt · Page E2", marking="NOT FOR PUBLICATION: exempt", notice="Told.")


def page_of(size: tuple[float, float], rotate: int = 0) -> PartPage:
    return struct_replace(making.sheet_of_words([], size).part().pages[0], rotate=rotate)


def stamped(page: PartPage, words: PageWords, *, brought: bool) -> Any:
    """The page with its stamp alone, read back."""
    writer = Writer()
    first, tree = writer.number(), writer.number()
    faces = Faces(writer)
    stamper = Stamper(faces)
    stamp: Stamp = stamper.brought(page, words) if brought else stamper.built(page, words)
    faces.write()
    over = writer.add_stream("", stamp.content)
    fonts = "".join(f"/{name} {number} 0 R" for name, number in stamp.fonts.items())
    writer.put(
        first,
        f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {page.width} {page.height}]/Rotate {page.rotate}"
        f"/Contents {over} 0 R/Resources<</Font<<{fonts}>>>>>>",
    )
    writer.put(tree, f"<</Type/Pages/Kids[{first} 0 R]/Count 1>>")
    data = writer.finish(root=writer.add(f"<</Type/Catalog/Pages {tree} 0 R>>"), info=writer.add("<<>>"))
    return pdfplumber.open(BytesIO(data)).pages[0]


def lines(page: PartPage, words: PageWords, *, brought: bool) -> dict[str, tuple[float, float, float]]:
    """Left, right and baseline of each stamped line, in points as the page's reader sees it from the lower left."""
    seen = stamped(page, words, brought=brought)
    found = seen.extract_text_lines(x_tolerance=2, y_tolerance=1, keep_blank_chars=True, return_chars=True)
    assert all(char["upright"] for char in seen.chars)
    height = float(seen.height)
    told: dict[str, tuple[float, float, float]] = {}
    for line in found:
        size = line["chars"][0]["size"]
        told[line["text"]] = (line["x0"], line["x1"], height - line["bottom"] + 0.316 * size)
    return told


@pytest.mark.parametrize(
    ("size", "right", "baseline"),
    [(A4, A4[0] - 20 * MM, 52.16), (making.LANDSCAPE, A4[1] - 15 * MM, 21 * MM - 18.71)],
    ids=["portrait", "landscape"],
)
def test_the_foot_ends_at_the_margin_on_the_line_that_the_style_sheet_keeps_free(
    size: tuple[float, float], right: float, baseline: float
) -> None:
    found = lines(page_of(size), PageWords("Restricted edition · Page 14", notice="Told."), brought=False)
    assert list(found) == ["Restricted edition · Page 14", "Told."]
    assert found["Restricted edition · Page 14"][1] == pytest.approx(right, abs=0.5)
    assert found["Restricted edition · Page 14"][2] == pytest.approx(baseline, abs=0.2)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, (420.0, 595.0), (1190.0, 842.0)], ids=["A4", "A5", "A3 landscape"])
def test_a_brought_page_bears_number_notice_and_marking_upright_at_its_edges(
    size: tuple[float, float], rotate: int
) -> None:
    width, height = size if rotate % 180 == 0 else (size[1], size[0])
    found = lines(page_of(size, rotate), WORDS, brought=True)
    number = WORDS.number
    assert found[number][1] == pytest.approx(width - 9 * MM, abs=0.5)
    assert found[number][2] < 12 * MM
    assert found[WORDS.marking][1] == pytest.approx(width - 9 * MM, abs=0.5)
    assert found[WORDS.marking][2] > height - 30
    assert found["Told."][0] == pytest.approx(9 * MM, abs=0.5)
    assert found["Told."][2] < found[number][2] - 10


def test_a_long_notice_breaks_into_lines_and_loses_no_word() -> None:
    found = lines(page_of((420.0, 595.0)), PageWords("Page 3", notice=LONG), brought=True)
    assert found.pop("Page 3")[2] > max(baseline for _, _, baseline in found.values())
    assert len(found) > 1
    told = " ".join(found)
    assert told.split() == LONG.split()
    assert all(right <= 420 - 9 * MM + 0.5 for _, right, _ in found.values())


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, (300.0, 150.0), (220.0, 160.0), (40.0, 400.0), (36.0, 36.0)])
def test_no_word_is_lost_and_none_leaves_its_room_however_small_the_page(
    size: tuple[float, float], rotate: int
) -> None:
    words = replace(WORDS, notice=LONG)
    seen = stamped(page_of(size, rotate), words, brought=True)
    told = "".join(char["text"] for char in seen.chars)
    assert sorted(told.replace(" ", "")) == sorted("".join(f"{words.number}{words.marking}{LONG}".split()))
    width, height = float(seen.width), float(seen.height)
    for char in seen.chars:
        assert 0 <= char["x0"] < char["x1"] <= width + 0.1
        assert 0 <= char["top"] < char["bottom"] <= height
    if height > FOOT + HEAD:
        assert all(char["bottom"] <= HEAD + 0.2 or char["top"] >= height - FOOT for char in seen.chars)


def test_a_notice_may_have_letters_of_the_further_alphabet() -> None:
    found = lines(page_of(A4), PageWords("Page 3", notice="Hódmezővásárhely told it."), brought=True)
    assert "Hódmezővásárhely told it." in found


def test_a_stamps_fonts_never_take_a_name_that_the_page_uses() -> None:
    page = struct_replace(page_of(A4), fonts={"Stamp7": 0, "Stamp7x": 0})
    stamp = Stamper(Faces(Writer())).built(page, PageWords("Page 1"))
    assert list(stamp.fonts) == ["Stamp7xx"]


def test_a_stamp_is_an_artifact_of_pagination() -> None:
    stamper = Stamper(Faces(Writer()))
    assert stamper.built(page_of(A4), WORDS).content.startswith(b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC")
    brought = stamper.brought(page_of(A4), WORDS).content
    assert brought.count(b"BDC") == brought.count(b"EMC") == brought.count(b"/Artifact<</Type/Pagination")
    assert b"/Subtype/Header" in brought


IN_FULL: Final = schedule12a.marking([schedule12a.description(date(2031, 9, 6), 3)])


def test_the_words_of_a_page_are_those_of_its_paper_and_edition() -> None:
    plan = packs.restricted_plan()
    *_, appendix = placed_papers(plan)
    assert page_words(plan, None, "1").number == "Restricted edition · Page 1"
    assert page_words(plan, appendix, "E1") == PageWords(
        "NOT FOR PUBLICATION · Page E1",
        "NOT FOR PUBLICATION: exempt",
        "NOT FOR PUBLICATION: exempt",
        packs.NOTICE,
        "Example Council · Harbour Board · Saturday 6 September 2031",
    )
    by_the_act = replace(appendix, paper=replace(appendix.paper, marking=IN_FULL, short_marking="In short"))
    words = page_words(plan, by_the_act, "E1")
    assert (words.marking, words.short_marking) == (IN_FULL, "In short")
    draft = replace(appendix, paper=replace(appendix.paper, document=struct_replace(packs.appendix(), draft=True)))
    assert page_words(plan, draft, "E1").mark == "DRAFT"
    confidential = replace(appendix, paper=replace(appendix.paper, restriction=Restriction.CONFIDENTIAL))
    assert page_words(plan, confidential, "E1").marking == "NOT FOR PUBLICATION: confidential"
    public = packs.plan()
    assert page_words(public, placed_papers(public)[0], "2").number == "Page 2"


@pytest.mark.parametrize(
    ("size", "left", "baseline"),
    [(A4, 20 * MM, A4[1] - 56.49), (making.LANDSCAPE, 15 * MM, making.LANDSCAPE[1] - 47.99)],
    ids=["portrait", "landscape"],
)
def test_the_head_says_council_and_day_what_goes_on_and_that_it_is_a_draft(
    size: tuple[float, float], left: float, baseline: float
) -> None:
    page = struct_replace(page_of(size), going_on="Continued: Steps")
    found = lines(page, PageWords("Page 3", head="Council · Board · Monday", mark="DRAFT"), brought=False)
    head = "Council · Board · Monday DRAFT"  # on one line, the draft's mark at its right end
    assert {head, "Continued: Steps", "Page 3"} == set(found)
    assert found[head] == pytest.approx((left, size[0] - left, baseline), abs=0.5)
    assert found["Continued: Steps"][2] == pytest.approx(baseline - 11.475, abs=0.2)


def marking_lines(words: PageWords, size: tuple[float, float], *, brought: bool) -> list[str]:
    """The lines of the marking, from above."""
    plain = struct_replace(page_of(size))
    found = lines(plain, words, brought=brought)
    own = [(baseline, text) for text, (_, _, baseline) in found.items() if text not in {words.number, words.head}]
    return [text for _, text in sorted(own, reverse=True)]


@pytest.mark.parametrize("brought", [False, True], ids=["built", "brought"])
@pytest.mark.parametrize("size", [A4, making.LANDSCAPE], ids=["portrait", "landscape"])
def test_a_marking_stands_in_the_acts_words_above_all_else_where_it_can_be_read(
    size: tuple[float, float], brought: bool
) -> None:
    words = PageWords("Page E1", IN_FULL, "NOT FOR PUBLICATION: paragraph 3", head="" if brought else "Council · Board")
    assert " ".join(marking_lines(words, size, brought=brought)) == IN_FULL
    too_long = replace(words, marking=f"{IN_FULL} {IN_FULL} {IN_FULL} {IN_FULL}")
    assert marking_lines(too_long, size, brought=brought) == ["NOT FOR PUBLICATION: paragraph 3"]


def test_the_letter_has_no_head() -> None:
    page = struct_replace(page_of(A4), going_on="Continued: never")
    assert list(lines(page, PageWords("Page 1"), brought=False)) == ["Page 1"]


def test_a_notice_keeps_to_its_part_of_the_foot_and_a_long_head_to_its_own() -> None:
    long = "Invented figures and invented sentences that nobody should take for a council's own words at all. " * 2
    for words, share in ((PageWords("Page 3", notice=long), 0.62), (PageWords("Page 3", head=long), 1.0)):
        found = lines(page_of(A4), words, brought=False)
        found.pop("Page 3")
        assert " ".join(found).split() == long.split()
        assert len(found) > 1
        assert all(right <= 20 * MM + share * (A4[0] - 40 * MM) + 0.5 for _, right, _ in found.values())
