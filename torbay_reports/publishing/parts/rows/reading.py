"""What a laid-out sample of a row looks like: where its cells and words stand, and in which ink."""

from collections.abc import Iterator
from typing import Any, Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.parts.breaks import margins, pieces_on
from torbay_reports.publishing.parts.rows.looks import CellSample, Sample
from torbay_reports.publishing.parts.words import styles
from torbay_reports.publishing.parts.words.samples import ORDER
from torbay_reports.publishing.parts.words.styles import OF_BOXES, OF_WORDS, Unknown

_ALIGNMENTS: Final = {"left": False, "start": False, "right": True, "end": True}
_NOT_OF_WORDS: Final = styles.all_but(OF_WORDS)
_NOT_OF_BOXES: Final = styles.all_but(OF_BOXES)


def read(document: Document, *, is_last: bool) -> Sample:
    """The sample that stands on the first page; with `is_last` nothing of its table follows. Raises Unknown."""
    page = document.pages[0]
    fonts = styles.fonts_of(document)
    [table] = _of_type(page._page_box, boxes.TableBox)
    [group] = table.children
    [row] = group.children
    for box in (table, group, row):
        styles.check(box.style, _NOT_OF_BOXES)
        if styles.has_edge(box):
            raise Unknown
    cells = tuple(_read_cell(cell, fonts) for cell in row.children)
    _, below = margins(pieces_on(document, 0)[0]) if is_last else (0.0, 0.0)
    return Sample(row.position_x, round(page.width * POINTS_IN_A_PIXEL, 3), round(below * POINTS_IN_A_PIXEL, 3), cells)


def _of_type(box: Any, kind: type) -> Iterator[Any]:
    if isinstance(box, kind):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _of_type(child, kind)


def _read_cell(cell: Any, fonts: dict[str, str]) -> CellSample:
    style = cell.style
    styles.check(style, _NOT_OF_BOXES)
    is_known = (
        style["vertical_align"] == "top"
        and style["text_align_all"] in _ALIGNMENTS
        and style["white_space"] in {"normal", "nowrap"}
        and style["overflow_wrap"] in {"normal", "anywhere"}
        and not cell.border_left_width
        and not cell.border_right_width
    )
    if not is_known:
        raise Unknown
    inks = styles.read_lines(cell.children, ORDER, fonts, _NOT_OF_WORDS)
    first = cell.children[0]
    return CellSample(
        left=cell.position_x,
        right=cell.position_x + cell.border_width(),
        x=cell.content_box_x(),
        width=cell.width,
        above=first.position_y - cell.position_y,
        below=_below(cell),
        line_height=first.height,
        baseline=first.baseline,
        is_right=_ALIGNMENTS[style["text_align_all"]],
        wraps=style["white_space"] == "normal",
        top=styles.border_of(cell, "top"),
        bottom=styles.border_of(cell, "bottom"),
        inks=inks,
    )


def _below(cell: Any) -> float:
    """What is below the words of the row's highest cell: the padding of others was stretched to the row's height."""
    padding = cell.style["padding_bottom"]
    if padding.unit != "px":
        raise Unknown
    return float(padding.value + cell.border_bottom_width)
