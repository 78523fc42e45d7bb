"""Letters by pairs of neighbours: what they add up to is what HarfBuzz makes of the whole line."""

from random import Random

import pytest
import uharfbuzz

from tests.publishing.parts.rows import inventing
from torbay_reports.publishing.joining import fonts
from torbay_reports.publishing.parts.words.letters import PLAIN, UNITS, NotPlain, _face, letters

SIZE = 34 / 3
TABULAR = frozenset({"tnum"})


@pytest.mark.parametrize("face", ["400-normal", "700-normal"])
@pytest.mark.parametrize("features", [frozenset[str](), TABULAR])
def test_pairs_add_up_to_what_a_whole_line_is(face: str, features: frozenset[str]) -> None:
    random = Random(face)
    found = letters(face, SIZE, features)
    font = uharfbuzz.Font(_face(face))
    font.scale = (int(SIZE * UNITS), int(SIZE * UNITS))
    marks = sorted(PLAIN)
    for _ in range(300):
        line = inventing.words(random, 12) if random.random() < 0.5 else "".join(random.choices(marks, k=30))
        buffer = uharfbuzz.Buffer()
        buffer.add_str(line)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, dict.fromkeys(features, True))
        pairs = [line[place : place + 2] for place in range(len(line))]
        assert [found[pair].advance for pair in pairs] == [each.x_advance for each in buffer.glyph_positions], line
        assert [found.glyph(each)[0] for each in line] == [each.codepoint for each in buffer.glyph_infos], line


def test_figures_are_of_one_width_where_that_is_asked_for() -> None:
    assert len({letters("400-normal", SIZE, TABULAR)[figure].advance for figure in "0123456789"}) == 1


def test_every_plain_character_is_in_our_faces_and_says_what_it_stands_for() -> None:
    for face in ("400-normal", "700-normal"):
        known = fonts.face(face).glyphs
        for mark in PLAIN:
            assert mark in known
            assert letters(face, SIZE, TABULAR).glyph(mark)[1] == mark


@pytest.mark.parametrize("mark", ["→", "\u00ad", "\u0301", "\t", "\n", "ł", "я", "\u200b", "😀"])
def test_any_other_character_is_not_plain(mark: str) -> None:
    with pytest.raises(NotPlain):
        letters("400-normal", SIZE, TABULAR)["a" + mark]
