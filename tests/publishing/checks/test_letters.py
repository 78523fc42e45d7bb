"""The cover letter is read as its reader hears it, line by line."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from pikepdf import Pdf

from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing import tagtree as steps
from torbay_reports.publishing.checks.letters import Letter, Line
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import cover_lines
from torbay_reports.publishing.packplan import RenderedPack


@pytest.fixture(scope="module")
def pack() -> RenderedPack:
    return making.pack(packs.plan())


def check(pack: RenderedPack, expected: Sequence[Line], *, paper: int = 0) -> None:
    """Hold the letter, or a paper in its place, against these lines."""
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        top = steps.elements(steps.document_elements(pdf)[0])[paper]
        Letter(list(pdf.pages), top).check(expected)


def test_lines_titles_and_targets_are_those_of_the_plan(pack: RenderedPack) -> None:
    lines = cover_lines(packs.plan(), pack.pages.papers)
    assert lines[0] == ("Revenue Budget 2031/32", "(Pages 2 - 4)", "item-5-report")
    check(pack, lines)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_another_title_page_or_target_is_caught(pack: RenderedPack, place: int) -> None:
    first, *others = cover_lines(packs.plan(), pack.pages.papers)
    other = tuple("other" if at == place else each for at, each in enumerate(first))
    with pytest.raises(PackFault, match=r"says “Revenue Budget 2031/32 \(Pages 2 - 4\)” or links it wrongly"):
        check(pack, [(other[0], other[1], other[2]), *others])


def test_a_letter_without_its_table_is_caught(pack: RenderedPack) -> None:
    with pytest.raises(PackFault, match="cover letter has 0 lines, its plan 1"):
        check(pack, [("a", "b", "c")], paper=2)


def test_where_words_are_broken_does_not_count_and_an_agenda_is_called_one(pack: RenderedPack) -> None:
    first, *others = cover_lines(packs.plan(), pack.pages.papers)
    check(pack, [(first[0].replace("Budget", "Bud\u00adget\u200b "), *first[1:]), *others])
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        top = steps.elements(steps.document_elements(pdf)[0])[0]
        with pytest.raises(PackFault, match="The agenda has 7 lines, its plan 0"):
            Letter(list(pdf.pages), top, "agenda").check(())
