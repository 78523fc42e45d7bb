"""What nobody sees on a page is counted, whatever hides it, and what is only faint or decorated is not."""

from io import BytesIO

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from tests.publishing.joining import making
from tests.publishing.packs import plan
from tests.publishing.uploads import good, hostile
from torbay_reports.publishing.parts.values import from_bytes
from torbay_reports.publishing.uploads import limits, looking, plain
from torbay_reports.publishing.uploads.cleaning import cleaned
from torbay_reports.publishing.uploads.looking import Look, look_at, looks

WORDS = "Quillfeather owes 500"
LETTERS = 19
BOX = b"60 690 250 30 re f\n"


def as_cleaned(source: Pdf | bytes) -> bytes:
    return plain.as_pdf(from_bytes(cleaned(source if isinstance(source, bytes) else good.saved(source)).part))


def seen(source: Pdf | bytes) -> Look:
    look = look_at(pypdfium2.PdfDocument(as_cleaned(source)), 0)
    assert look is not None
    return look


def page(content: bytes, entries: bytes = b"") -> bytes:
    objects = hostile.small(content=hostile.stream(content))
    return hostile.raw(objects | {3: objects[3].replace(b"/Contents", entries + b"/Contents")})


def pictured(content: bytes) -> Pdf:
    """A page with this content, which may draw the grey picture Im."""
    pdf = good.blank(1)
    picture = Stream(pdf, b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
    hostile.first(pdf).Resources.XObject = Dictionary(Im=pdf.make_indirect(picture))
    hostile.first(pdf).Contents = pdf.make_indirect(Stream(pdf, content))
    return pdf


@pytest.mark.parametrize(
    "source",
    [
        page(good.shown(WORDS) + b"0 g " + BOX),
        page(good.shown(WORDS) + b"1 g " + BOX),
        page(good.shown(WORDS) + b"0.9 0.1 0.1 rg " + BOX),
        page(b"1 g " + good.shown(WORDS)),
        page(b"0.98 g " + good.shown(WORDS)),
        page(b"0 g " + BOX + good.shown(WORDS)),
        page(b"3 Tr " + good.shown(WORDS)),
        page(b"q 0 0 20 20 re W n " + good.shown(WORDS) + b"Q"),
        page(good.shown(WORDS, 4000)),
        page(good.shown(WORDS, 40), b"/CropBox[50 100 400 400]"),
        page(b"BT /F1 0.01 Tf 72 700 Td (" + WORDS.encode() + b") Tj ET"),
        pictured(good.shown(WORDS) + b"q 250 0 0 30 60 690 cm /Im Do Q"),
    ],
    ids=[
        "black box",
        "white box",
        "red box",
        "white on white",
        "nearly white",
        "black on black",
        "never painted",
        "cut off",
        "outside the page",
        "outside the crop",
        "of next to no size",
        "under a picture",
    ],
)
def test_each_letter_and_digit_that_does_not_show_is_counted(source: Pdf | bytes) -> None:
    assert (seen(source).hidden, seen(source).recognised) == (LETTERS, 0)


def test_what_is_printed_over_covered_words_does_not_speak_for_them() -> None:
    label = b"1 g " + good.shown("REDACTED: section 40", 702)
    assert seen(page(good.shown(WORDS) + b"0 g " + BOX + label)).hidden == LETTERS
    large = b"1 0 0 rg BT /F1 60 Tf 60 690 Td (WMWMW) Tj ET"
    assert seen(page(good.shown(WORDS) + b"0 g " + BOX + large)).hidden == LETTERS
    visible = good.shown("All of this can be read.", 500)
    assert seen(page(good.shown(WORDS) + b"0 g " + BOX + visible)).hidden == LETTERS


def test_only_the_covered_letters_of_a_line_are_counted() -> None:
    line = b"BT /F1 12 Tf 72 700 Td [(From) -6000 (Quillfeather) -6000 (500)] TJ ET 0 g 160 690 130 30 re f"
    assert seen(page(line)).hidden == len("Quillfeather")


def test_words_in_a_drawing_are_looked_at_too() -> None:
    pdf = good.blank(1)
    look = Stream(pdf, good.shown(WORDS) + b"0 g " + BOX, Type=Name.XObject, Subtype=Name.Form)
    look.BBox = Array([0, 0, 600, 800])
    look.Resources = Dictionary(Font=Dictionary(F1=good.helvetica(pdf)))
    hostile.first(pdf).Resources.XObject = Dictionary(X=pdf.make_indirect(look))
    hostile.first(pdf).Contents = pdf.make_indirect(Stream(pdf, good.shown("Seen", 300) + b"/X Do"))
    assert seen(pdf).hidden == LETTERS


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_looked_at_as_it_is_stored(turn: int) -> None:
    entries = b"/Rotate %d" % turn
    assert seen(page(good.shown(WORDS), entries)).hidden == 0
    assert seen(page(good.shown(WORDS) + b"0 g " + BOX, entries)).hidden == LETTERS


@pytest.mark.parametrize(
    "source",
    [
        page(good.shown(WORDS)),
        page(b"0.85 g " + good.shown(WORDS)),
        page(b"0.2 0.3 0.5 rg " + BOX + b"1 g " + good.shown(WORDS)),
        page(b"0.9 g " + BOX + b"0 g " + good.shown(WORDS)),
        page(b"1 0 0 rg " + BOX + b"0 0.52 0 rg " + good.shown(WORDS)),
        page(good.shown(WORDS) + good.shown(WORDS)),
        page(good.shown(WORDS) + b"1 0 0 1 .4 0 cm " + good.shown(WORDS)),
        page(b"BT /F1 5 Tf 72 700 Td (" + WORDS.encode() + b") Tj ET"),
        page(b"1 Tr 0.1 w " + good.shown(WORDS)),
        page(b"0.8 g BT /F1 90 Tf .7 .7 -.7 .7 60 600 Tm (DRAFT) Tj ET 0 g " + good.shown(WORDS)),
        pictured(b"q 250 0 0 30 60 690 cm /Im Do Q " + good.shown(WORDS)),
    ],
    ids=[
        "black on white",
        "light grey",
        "white on blue",
        "on a shaded line",
        "in colours as light as each other",
        "twice in one place",
        "with a shadow",
        "small print",
        "outlines",
        "over a watermark",
        "over a picture",
    ],
)
def test_what_can_be_seen_is_no_matter_how_it_is_set(source: Pdf | bytes) -> None:
    assert (seen(source).hidden, seen(source).tiny, seen(source).recognised) == (0, 0, 0)


def test_our_own_packs_hide_nothing() -> None:
    document = pypdfium2.PdfDocument(making.pack(plan()).pdf)
    assert len(document) > 3
    for place in range(len(document)):
        found = look_at(document, place)
        assert found is not None
        own = document[place]
        text, width = own.get_textpage(), own.get_width()
        outside = sum(text.get_charbox(n)[2] > width - 1 for n in range(text.count_chars()))
        # The parts made by hand do not break their lines: what runs off the page is told.
        assert found.hidden <= outside


def test_a_tagged_paper_with_a_table_hides_nothing() -> None:
    assert all(each == Look(each.page) for each in looks(as_cleaned(good.tagged())).values())


def test_words_of_text_recognition_are_told_apart() -> None:
    scan = b"q 595 0 0 842 0 0 cm /Im Do Q "
    assert seen(pictured(scan + b"3 Tr " + good.shown(WORDS))).recognised == LETTERS
    assert seen(pictured(b"q 9 0 0 9 0 0 cm /Im Do Q 3 Tr " + good.shown(WORDS))).hidden == LETTERS


@pytest.mark.parametrize("content", [b"/F1 1.5 Tf 72 700 Td", b"/F1 15 Tf .1 0 0 .1 72 700 Tm"])
def test_type_of_less_than_two_points_is_tiny(content: bytes) -> None:
    assert seen(page(b"BT " + content + b" (" + WORDS.encode() + b") Tj ET")).tiny == LETTERS


@pytest.mark.parametrize(("turn", "foot", "head"), [(0, 20, 830), (180, 830, 20)])
def test_ink_where_stamps_go_is_noticed_as_the_reader_sees_the_page(turn: int, foot: int, head: int) -> None:
    for height, expected in ((foot, (True, False)), (head, (False, True)), (400, (False, False))):
        found = seen_as_read(page(good.shown(WORDS, height), b"/Rotate %d" % turn))
        assert (found.has_ink_at_foot, found.has_ink_at_head) == expected


@pytest.mark.parametrize(("turn", "foot_is_left"), [(90, False), (270, True)])
def test_the_foot_of_a_page_on_its_side_is_at_its_side(turn: int, foot_is_left: bool) -> None:
    for content, is_left in ((b"5 400 9 9 re f", True), (b"580 400 9 9 re f", False)):
        found = seen_as_read(page(content, b"/Rotate %d" % turn))
        assert found.has_ink_at_foot == (is_left is foot_is_left)
        assert found.has_ink_at_head == (is_left is not foot_is_left)


def seen_as_read(source: bytes) -> Look:
    """The look at a file before room was made on its pages."""
    found = look_at(pypdfium2.PdfDocument(source), 0)
    assert found is not None
    return found


def test_a_page_of_words_over_words_over_words_is_not_looked_at() -> None:
    pile = b"".join(good.shown(words) for words in ("Quill", "House", "Board", "North", "Ships", "Crews"))
    assert look_at(pypdfium2.PdfDocument(as_cleaned(page(pile))), 0) is None
    codes = {each.code for each in cleaned(page(pile)).findings}
    assert "not-looked-at" in codes


def test_what_takes_too_long_is_not_looked_at_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "look_at", lambda document, place: Look(place) if not place else endless())
    monkeypatch.setattr(limits, "LOOK_SECONDS", 1)
    assert looks(as_cleaned(good.untagged(3))) == {0: Look(0)}
    said = [(each.code, each.page) for each in cleaned(good.untagged(3)).findings]
    assert ("not-looked-at", 2) in said


def endless() -> Look:
    while True:
        pass


def test_what_breaks_the_looking_does_not_break_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: object, place: int) -> Look:
        raise RuntimeError

    monkeypatch.setattr(looking, "look_at", broken)
    assert looks(as_cleaned(good.untagged())) == {}
    assert cleaned(good.untagged()).pages == 2


def test_the_findings_say_how_many_and_where_and_never_what() -> None:
    pdf = Pdf.open(BytesIO(page(good.shown(WORDS) + b"0 g " + BOX)))
    pdf.pages.append(pdf.pages[0])
    found = [each for each in cleaned(good.saved(pdf)).findings if each.code == "hidden-text"]
    assert [each.page for each in found] == [1]
    assert found[0].sentence.startswith("Pages 1 to 2: letters and digits that do not show")
    assert "(19 on page 1, 19 on page 2)" in found[0].sentence
    assert found[0].is_warning
    assert "Quill" not in found[0].sentence
