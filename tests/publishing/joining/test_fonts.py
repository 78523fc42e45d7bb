"""The program's type stands in a pack once, whole, with widths and meanings of what is used."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pikepdf import Name, Pdf
from pytest_django import Settings

from tests.publishing.joining.reading import written
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining import fonts
from torbay_reports.publishing.joining.fonts import FILES, Faces, face
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.pagetext import unicode_map
from torbay_reports.publishing.parts.faces import FACES


def embedded(*uses: tuple[str, list[tuple[int, str]]]) -> Pdf:
    def fill(writer: Writer, page: int) -> str:
        faces = Faces(writer)
        numbers = [faces.use(key, glyphs) for key, glyphs in uses]
        faces.write()
        return f"/Own[{' '.join(f'{number} 0 R' for number in numbers)}]"

    return written(fill)


def test_the_faces_are_those_that_parts_name() -> None:
    assert set(FILES) == set(FACES.values())


@pytest.mark.parametrize("key", FILES)
def test_a_face_is_embedded_whole_with_its_glyphs_where_they_were(key: str) -> None:
    own = face(key)
    character = "ő" if key.startswith("ext") else "a"
    glyph = own.glyphs[character]
    with embedded((key, [(glyph, character)])) as pdf:
        font = pdf.Root.Own[0]
        descendant = font.DescendantFonts[0]
        program = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        assert program.getGlyphID(program.getBestCmap()[ord(character)]) == glyph
        assert program["hmtx"][program.getGlyphName(glyph)][0] == own.widths[glyph]
        assert "GSUB" not in program
        assert [int(descendant.W[0]), [int(width) for width in descendant.W[1]]] == [glyph, [own.widths[glyph]]]
        assert unicode_map(font) == {glyph: character}
        assert font.Encoding == Name("/Identity-H")


def test_only_faces_that_are_used_are_embedded_and_each_once() -> None:
    with embedded(("400-normal", [(5, "a")]), ("700-normal", [(5, "a")]), ("400-normal", [(6, "b")])) as pdf:
        first, second, third = pdf.Root.Own
        assert first.objgen == third.objgen != second.objgen
        assert unicode_map(first) == {5: "a", 6: "b"}
        assert sum(each.get(Name.Type) == Name.FontDescriptor for each in pdf.objects if hasattr(each, "get")) == 2


def test_of_two_meanings_of_a_glyph_the_shorter_counts_then_the_first_whichever_came_first() -> None:
    for order in (1, -1):
        meanings = [[(7, "fi")], [(7, "b")], [(7, "a")], [(7, "")]][::order]
        with embedded(*[("400-normal", each) for each in meanings]) as pdf:
            assert unicode_map(pdf.Root.Own[0]) == {7: "a"}


def test_widths_of_neighbours_share_a_row() -> None:
    with embedded(("400-normal", [(3, "x"), (4, "y"), (9, "z")])) as pdf:
        widths = list(pdf.Root.Own[0].DescendantFonts[0].W)
        assert [int(widths[0]), len(widths[1]), int(widths[2]), len(widths[3])] == [3, 2, 9, 1]


def test_more_than_a_hundred_meanings_are_all_written() -> None:
    used = [(glyph, chr(0x4E00 + glyph)) for glyph in range(1, 240)]
    with embedded(("400-normal", used)) as pdf:
        assert unicode_map(pdf.Root.Own[0]) == dict(used)


def test_digits_of_a_stamp_are_of_one_width() -> None:
    own = face("700-normal")
    assert len({own.widths[glyph] for glyph in own.set("0123456789")}) == 1


def test_a_character_that_the_face_lacks_is_named() -> None:
    with pytest.raises(PackFault, match="no “漢”"):
        face("700-normal").set("漢")


def test_a_strange_face_or_glyph_is_a_fault() -> None:
    with pytest.raises(PackFault, match="“900”, which is not the program's"):
        embedded(("900", []))
    with pytest.raises(PackFault, match="a glyph that the font AtkinsonHyperlegibleNext-Regular does not have"):
        embedded(("400-normal", [(60000, "x")]))


def test_a_missing_file_says_how_to_make_it(settings: Settings, tmp_path: Path) -> None:
    settings.FONTS_DIR = tmp_path
    with pytest.raises(PackFault, match="run `make frontend`"):
        fonts.face.__wrapped__("400-normal")
