"""Styles of laid-out samples: which properties our setting knows, and in which ink words stand.

All that is not known here raises Unknown, down to the last property of CSS, so that nothing is left out unnoticed.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from weasyprint import Document
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure import boxes

from torbay_reports.publishing.parts.faces import FACES, face_of
from torbay_reports.publishing.parts.words.letters import letters
from torbay_reports.publishing.parts.words.looks import Border, Ink
from torbay_reports.publishing.parts.words.samples import WORD

_FEATURES: Final = {"normal": frozenset[str](), ("tabular-nums",): frozenset({"tnum"})}
_EDGE: Final = re.compile(r"(?:border_[a-z]+_(?:color|style|width)|padding_[a-z]+|bleed_[a-z]+)")
_SIDES: Final = ("top", "right", "bottom", "left")
_SAME: Final = 1e-6

OF_WORDS: Final = {
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
"""The properties that words may have: those that are read here, and those that change nothing."""
OF_BOXES: Final = OF_WORDS | {
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


def all_but(known: Collection[str]) -> dict[str, Any]:
    """All other properties of CSS with what they begin with. Edges are read from the boxes; the names that depend on
    the direction of writing stand for others."""
    return {
        name: initial
        for name, initial in INITIAL_VALUES.items()
        if name not in known and not _EDGE.fullmatch(name) and "_block" not in name and "_inline" not in name
    }


class Unknown(Exception):
    """A style that our setting does not know."""


def check(style: Any, unknown: Mapping[str, Any]) -> None:
    """Raise Unknown for a style of which any of these properties is not as CSS begins with."""
    if any(style[name] != initial for name, initial in unknown.items()):
        raise Unknown


def has_edge(box: Any, *sides: str) -> bool:
    """Whether a box has a border or padding on any of these sides, by default on any at all."""
    return any(getattr(box, f"border_{side}_width") or getattr(box, f"padding_{side}") for side in sides or _SIDES)


def fonts_of(document: Document) -> dict[str, str]:
    """The names that WeasyPrint gives to the fonts of our faces, by the face. They are found in painting."""
    return {face_of(font): font.hash for font in document.fonts.values() if face_of(font)}


def read_lines(
    lines: Sequence[Any], kinds: Sequence[str], fonts: Mapping[str, str], unknown: Mapping[str, Any], begin: int = 0
) -> dict[str, Ink]:
    """The inks of lines of one height, each of which begins with a word of one of these kinds; on the first so many
    boxes stand before it. Raises Unknown."""
    if len(lines) != len(kinds):
        raise Unknown
    inks: dict[str, Ink] = {}
    first = lines[0]
    for kind, line in zip(kinds, lines, strict=True):
        check(line.style, unknown)
        inline, *others = line.children[begin if line is first else 0 :]
        text = _read_words(inline, unknown)
        baseline = text.position_y + text.baseline - line.position_y
        if abs(line.height - first.height) > _SAME or abs(baseline - first.baseline) > _SAME:
            raise Unknown
        # Before a line's end stands the box of the <br>.
        if any(child.element_tag != "br" for child in others):
            raise Unknown
        inks[kind] = ink_of(text, inline, line, fonts)
    return inks


def _read_words(inline: Any, unknown: Mapping[str, Any]) -> Any:
    """The box of a word."""
    if isinstance(inline, boxes.InlineBox):
        check(inline.style, unknown)
        if has_edge(inline) or inline.margin_left or inline.margin_right or len(inline.children) != 1:
            raise Unknown
        [inline] = inline.children
    if not isinstance(inline, boxes.TextBox) or not inline.text.lstrip(" ").startswith(WORD):
        raise Unknown
    check(inline.style, unknown)
    return inline


def ink_of(text: Any, inline: Any, line: Any, fonts: Mapping[str, str]) -> Ink:
    """The ink of some words, which stand in this inline box or are one, on this line. Raises Unknown."""
    style = text.style
    face = FACES.get((style["font_family"][0], style["font_weight"]), "")
    numeric = style["font_variant_numeric"]
    if face not in fonts or numeric not in _FEATURES:
        raise Unknown
    _, link_top, _, link_height = inline.hit_area()
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


def border_of(box: Any, side: str) -> Border | None:
    """The line along one side of a box, if there is one. Raises Unknown for one that is not solid."""
    thickness = getattr(box, f"border_{side}_width")
    if not thickness:
        return None
    style, colour = box.style[f"border_{side}_style"], box.style[f"border_{side}_color"]
    if style != "solid":
        raise Unknown
    return Border(thickness, _colour(box.style["color"] if colour == "currentcolor" else colour))
