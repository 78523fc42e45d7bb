"""What a laid-out sample of a row looks like: where its cells and words stand, and in which ink.

All that is not known here raises Unknown, down to the last property of CSS, so that nothing is left out unnoticed.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from weasyprint import Document
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure import boxes

from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.parts.breaks import margins, pieces_on
from torbay_reports.publishing.parts.faces import FACES, face_of
from torbay_reports.publishing.parts.rows.letters import letters
from torbay_reports.publishing.parts.rows.looks import Border, CellSample, Ink, Sample

WORD: Final = "a"
"""What each line of a sample's cells begins with."""
ORDER: Final = ("text", "aside", "mark", "link", "link")
"""The kinds of inline that stand there, each on a line of its own."""
_ALIGNMENTS: Final = {"left": False, "start": False, "right": True, "end": True}
_FEATURES: Final = {"normal": frozenset[str](), ("tabular-nums",): frozenset({"tnum"})}
_EDGE: Final = re.compile(r"(?:border_[a-z]+_(?:color|style|width)|padding_[a-z]+|bleed_[a-z]+)")
_SIDES: Final = ("top", "right", "bottom", "left")

_OF_WORDS: Final = {
    "color",
    "color_scheme",
    "font_family",
    "font_size",
    "font_variant_numeric",
    "font_weight",
    "lang",
    "line_height",
    "link",
    "overflow_wrap",
    "page",
    "text_align_all",
    "text_align_last",
    "text_decoration_line",
    "text_decoration_thickness",
    "text_underline_offset",
    "white_space",
    # Widths of lines that are not drawn, whose style is checked.
    "column_rule_width",
    "outline_width",
}
"""The properties that words may have: those that are read below, and those that change nothing in a row."""
_OF_BOXES: Final = _OF_WORDS | {
    "anchor",
    "border_collapse",
    "box_sizing",
    "break_after",
    "break_before",
    "break_inside",
    "display",
    "margin_break",
    "table_layout",
    "vertical_align",
    "width",
}
"""Those that a table and its rows and cells may have. Where these stand and how large they are is read from them."""


def _all_but(known: Collection[str]) -> dict[str, Any]:
    """All other properties of CSS with what they begin with. Edges are read from the boxes; the names that depend on
    the direction of writing stand for others."""
    return {
        name: initial
        for name, initial in INITIAL_VALUES.items()
        if name not in known and not _EDGE.fullmatch(name) and "_block" not in name and "_inline" not in name
    }


_NOT_OF_WORDS: Final = _all_but(_OF_WORDS)
_NOT_OF_BOXES: Final = _all_but(_OF_BOXES)


class Unknown(Exception):
    """A style that our setting does not know."""


def read(document: Document, *, is_last: bool) -> Sample:
    """The sample that stands on the first page; with `is_last` nothing of its table follows. Raises Unknown."""
    page = document.pages[0]
    fonts = {face_of(font): font.hash for font in document.fonts.values() if face_of(font)}
    [table] = _of_type(page._page_box, boxes.TableBox)
    [group] = table.children
    [row] = group.children
    for box in (table, group, row):
        _check(box.style, _NOT_OF_BOXES)
        if any(_has_edge(box, side) for side in _SIDES):
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


def _check(style: Any, unknown: Mapping[str, Any]) -> None:
    """Raise Unknown for a style of which any of these properties is not as CSS begins with."""
    if any(style[name] != initial for name, initial in unknown.items()):
        raise Unknown


def _has_edge(box: Any, side: str) -> bool:
    return bool(getattr(box, f"border_{side}_width") or getattr(box, f"padding_{side}"))


def _read_cell(cell: Any, fonts: dict[str, str]) -> CellSample:
    style = cell.style
    _check(style, _NOT_OF_BOXES)
    lines = cell.children
    is_known = (
        style["vertical_align"] == "top"
        and len(lines) == len(ORDER)
        and style["text_align_all"] in _ALIGNMENTS
        and style["white_space"] in {"normal", "nowrap"}
        and style["overflow_wrap"] in {"normal", "anywhere"}
        and not cell.border_left_width
        and not cell.border_right_width
    )
    if not is_known:
        raise Unknown
    inks: dict[str, Ink] = {}
    first = lines[0]
    for kind, line in zip(ORDER, lines, strict=True):
        _check(line.style, _NOT_OF_WORDS)
        text = _read_words(line)
        baseline = text.position_y + text.baseline - line.position_y
        if abs(line.height - first.height) > 1e-6 or abs(baseline - first.baseline) > 1e-6:
            raise Unknown
        inks[kind] = _ink(text, line, fonts)
    top = first.position_y - cell.position_y
    return CellSample(
        left=cell.position_x,
        right=cell.position_x + cell.border_width(),
        x=cell.content_box_x(),
        width=cell.width,
        above=top,
        below=_below(cell),
        line_height=first.height,
        baseline=first.baseline,
        is_right=_ALIGNMENTS[style["text_align_all"]],
        wraps=style["white_space"] == "normal",
        top=_border(cell, "top"),
        bottom=_border(cell, "bottom"),
        inks=inks,
    )


def _below(cell: Any) -> float:
    """What is below the words of the row's highest cell: the padding of others was stretched to the row's height."""
    padding = cell.style["padding_bottom"]
    if padding.unit != "px":
        raise Unknown
    return float(padding.value + cell.border_bottom_width)


def _read_words(line: Any) -> Any:
    """The box of a line's word. Before a line's end stands the box of the <br>."""
    inline = line.children[0]
    if isinstance(inline, boxes.InlineBox):
        _check(inline.style, _NOT_OF_WORDS)
        edges = any(_has_edge(inline, side) for side in _SIDES)
        if edges or inline.margin_left or inline.margin_right or len(inline.children) != 1:
            raise Unknown
        [inline] = inline.children
    if not isinstance(inline, boxes.TextBox) or not inline.text.startswith(WORD):
        raise Unknown
    if any(child.element_tag != "br" for child in line.children[1:]):
        raise Unknown
    _check(inline.style, _NOT_OF_WORDS)
    return inline


def _ink(text: Any, line: Any, fonts: dict[str, str]) -> Ink:
    style = text.style
    face = FACES.get((style["font_family"][0], style["font_weight"]), "")
    numeric = style["font_variant_numeric"]
    if face not in fonts or numeric not in _FEATURES:
        raise Unknown
    _, link_top, _, link_height = line.children[0].hit_area()
    return Ink(
        face=face,
        font=fonts[face],
        letters=letters(face, style["font_size"], _FEATURES[numeric]),
        colour=_colour(style["color"]),
        underline=_underline(style),
        link_top=link_top - line.position_y,
        link_height=link_height,
        style=style,
    )


def _underline(style: Any) -> tuple[float, float] | None:
    if style["text_decoration_line"] == "none":
        return None
    offset, thickness = style["text_underline_offset"], style["text_decoration_thickness"]
    is_told = all(getattr(each, "unit", "") == "px" for each in (offset, thickness))
    if style["text_decoration_line"] != {"underline"} or not is_told:
        raise Unknown
    return offset.value + thickness.value / 2, thickness.value


def _colour(colour: Any) -> str:
    if colour.alpha != 1:
        raise Unknown
    return " ".join(f"{each:.6f}".rstrip("0").rstrip(".") for each in colour.to("srgb").coordinates)


def _border(cell: Any, side: str) -> Border | None:
    thickness = getattr(cell, f"border_{side}_width")
    if not thickness:
        return None
    style, colour = cell.style[f"border_{side}_style"], cell.style[f"border_{side}_color"]
    if style != "solid":
        raise Unknown
    return Border(thickness, _colour(cell.style["color"] if colour == "currentcolor" else colour))
