"""What a laid-out sample of a heading, a paragraph or a list looks like: where its lines stand, and in which ink."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from torbay_reports.publishing.frames import POINTS_IN_A_PIXEL
from torbay_reports.publishing.parts.breaks import margins, pieces_on
from torbay_reports.publishing.parts.prose.looks import Lead, Sample
from torbay_reports.publishing.parts.words import styles
from torbay_reports.publishing.parts.words.looks import Lane
from torbay_reports.publishing.parts.words.samples import WORD
from torbay_reports.publishing.parts.words.styles import OF_BOXES, OF_WORDS, Unknown

_ALIGNMENTS: Final = {"left", "start"}
_NEAR: Final = 0.01
"""CSS pixels by which places may differ that are the same."""
_NOT_OF_WORDS: Final = styles.all_but(OF_WORDS | {"text_indent"})
_NOT_OF_BOXES: Final = styles.all_but(
    OF_BOXES
    | {"bookmark_label", "counter_reset", "max_width", "text_indent"}
    | {"margin_top", "margin_right", "margin_bottom", "margin_left"}
)
"""Where boxes stand is read from them; a block's own indent of its first line from where that begins."""
_NOT_OF_MARKS: Final = styles.all_but(OF_BOXES | {"position"})


def read(document: Document, kinds: Sequence[str], *, is_numbered: bool) -> Sample:
    """The sample that stands on the first page, whose lines begin with words of these kinds. Raises Unknown."""
    page = document.pages[0]
    fonts = styles.fonts_of(document)
    [box] = pieces_on(document, 0)
    styles.check(box.style, _NOT_OF_BOXES)
    if styles.has_edge(box, "left", "right", "bottom") and not _is_padding(box):
        raise Unknown
    held: list[tuple[Any, Lead | None]] = [_point(each, fonts) for each in box.children if each.element_tag == "li"]
    held = held or [(box, _number(box, fonts) if is_numbered else None)]
    lanes = [_lane(each, lead, kinds, fonts) for each, lead in held]
    upper = [each.children[0].position_y for each, _ in held]
    lower = [each.children[-1].position_y + each.children[-1].height for each, _ in held]
    if any(not _is_same(lane, lanes[0]) for lane in lanes) or any(
        not _is_same_lead(lead, held[0][1]) for _, lead in held
    ):
        raise Unknown
    edge = box.position_y + box.margin_top
    above, below = (round(margin * POINTS_IN_A_PIXEL, 3) for margin in margins(box))
    return Sample(
        left=box.border_box_x(),
        right=box.border_box_x() + box.border_width(),
        top=styles.border_of(box, "top"),
        over=_cleared(upper[0] - edge),
        under=_cleared(edge + box.border_height() - lower[-1]),
        gap=_cleared(upper[1] - lower[0]) if len(held) > 1 else 0.0,
        lane=lanes[0],
        lead=held[0][1],
        paper=round(page.width * POINTS_IN_A_PIXEL, 3),
        above=above,
        below=below,
    )


def _is_padding(box: Any) -> bool:
    """Whether nothing is drawn along its other sides, nor room kept below it."""
    return not (
        box.border_left_width
        or box.border_right_width
        or box.border_bottom_width
        or box.padding_right
        or box.padding_bottom
    )


def _cleared(distance: float) -> float:
    """Without the fractions that differences of floating point numbers leave."""
    if distance < -_NEAR:
        raise Unknown
    return distance if distance > _NEAR else 0.0


def _point(item: Any, fonts: Mapping[str, str]) -> tuple[Any, Lead]:
    """The box of a point's lines, and its mark, which stands on the first of them."""
    styles.check(item.style, _NOT_OF_BOXES)
    if len(item.children) != 2 or styles.has_edge(item):
        raise Unknown
    mark, words = item.children
    styles.check(mark.style, _NOT_OF_MARKS)
    styles.check(words.style, _NOT_OF_BOXES)
    [line] = mark.children
    lead = _lead(line, fonts)
    if styles.has_edge(words) or abs(line.position_y - words.children[0].position_y) > _NEAR:
        raise Unknown
    return words, lead


def _number(box: Any, fonts: Mapping[str, str]) -> Lead:
    """The number before a block's first word."""
    number = box.children[0].children[0]
    if not isinstance(number, boxes.InlineBlockBox) or styles.has_edge(number):
        raise Unknown
    styles.check(number.style, _NOT_OF_BOXES)
    [line] = number.children
    lead = _lead(line, fonts)
    is_known = (
        lead.text == WORD
        and number.style["vertical_align"] == "baseline"
        and abs(line.position_y - box.children[0].position_y) < _NEAR
        and abs(lead.x - number.content_box_x()) < _NEAR
    )
    if not is_known:
        raise Unknown
    return Lead(lead.x, lead.ink, width=number.width + number.margin_left + number.margin_right)


def _lead(line: Any, fonts: Mapping[str, str]) -> Lead:
    styles.check(line.style, _NOT_OF_MARKS)
    [text] = line.children
    if not isinstance(text, boxes.TextBox):
        raise Unknown
    styles.check(text.style, _NOT_OF_MARKS)
    return Lead(text.position_x, styles.ink_of(text, text, line, fonts), text.text)


def _lane(box: Any, lead: Lead | None, kinds: Sequence[str], fonts: Mapping[str, str]) -> Lane:
    style = box.style
    is_known = (
        style["text_align_all"] in _ALIGNMENTS
        and style["white_space"] == "normal"
        and style["overflow_wrap"] in {"normal", "anywhere"}
    )
    if not is_known:
        raise Unknown
    first = box.children[0]
    follows = lead is not None and lead.width > 0
    inks = styles.read_lines(box.children, kinds, fonts, _NOT_OF_WORDS, begin=int(follows))
    x = box.content_box_x()
    begins = [line.children[0].position_x for line in box.children]
    if lead is not None and follows:
        begins[0] = x + first.children[1].position_x - lead.x - lead.width
    if any(abs(begin - x) > _NEAR for begin in begins):
        raise Unknown
    return Lane(
        x=x,
        width=box.width,
        line_height=first.height,
        baseline=first.baseline,
        is_right=False,
        wraps=True,
        inks=inks,
    )


def _is_same(lane: Lane, other: Lane) -> bool:
    return all(abs(getattr(lane, name) - getattr(other, name)) < _NEAR for name in ("x", "width", "line_height"))


def _is_same_lead(lead: Lead | None, other: Lead | None) -> bool:
    if lead is None or other is None:
        return lead is other
    return abs(lead.x - other.x) < _NEAR and lead.text == other.text
