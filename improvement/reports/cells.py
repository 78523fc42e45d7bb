"""Cells and figures of the tracker's paper."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from torbay_reports.documents.blocks import Cell, Figure, Inline, LineBreak, ParagraphLink, Prose, Text, words

LINE_OF_WORDS = 72
"""A step's words are cut after so many characters where a list only names the step: it then keeps to one line."""


def number(count: int, ref: str, text: str = "") -> Figure:
    """A count of steps with the name of what was counted; `text` is what is read where it is no numeral."""
    return Figure(text=text or f"{count:,}", ref=ref, value=Decimal(count), unit="count")


def text_cell(text: str) -> Cell:
    """A cell of words, its lines kept."""
    return Cell(content=in_lines(text))


def number_cell(count: int, ref: str) -> Cell:
    """A cell of one count."""
    return Cell(content=(number(count, ref),))


def in_lines(text: str) -> Prose:
    """Words whose lines end where they ended when they were entered."""
    return lined([words(line.strip())] for line in text.splitlines() if line.strip())


def lined(lines: Iterable[Sequence[Prose]]) -> Prose:
    """Runs of prose, each line's one after the other, on lines of their own."""
    parts: list[Inline] = []
    for line in lines:
        if parts:
            parts.append(LineBreak())
        for run in line:
            parts.extend(run)
    return tuple(parts)


def sentence(*parts: str | Inline) -> Prose:
    """Prose put together from words and figures."""
    return tuple(Text(text=part) if isinstance(part, str) else part for part in parts)


def link_cell(reference: str, anchor: str) -> Cell:
    """A cell that leads to a step's row."""
    return Cell(content=(ParagraphLink(text=reference, anchor=anchor),))


def short(text: str, longest: int = LINE_OF_WORDS) -> str:
    """The words in one line, cut at a word where they are longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0].rstrip(' ,;:')}…"
