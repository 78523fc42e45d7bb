"""What rows of one kind look like: where their cells and words stand, and in which ink."""

from dataclasses import dataclass
from typing import Any

from torbay_reports.publishing.parts.rows.letters import Letters


@dataclass(frozen=True, eq=False)
class Ink:
    """How words are set. `font` is the name that WeasyPrint gives to the face's resource; `colour` and `underline`
    (how far below the baseline its middle is, and how thick) are as they are painted. `style` is WeasyPrint's own."""

    face: str
    font: str
    letters: Letters
    colour: str
    underline: tuple[float, float] | None
    link_top: float
    link_height: float
    style: Any


@dataclass(frozen=True)
class Border:
    """A line along the upper or lower edge of a cell."""

    thickness: float
    colour: str


@dataclass(frozen=True)
class CellSample:
    """A cell, in CSS pixels: its border box from `left` to `right`, its words from `x` on for `width`, so far below its
    upper edge and above its lower one; lines and their baselines. `inks` by the kind of inline."""

    left: float
    right: float
    x: float
    width: float
    above: float
    below: float
    line_height: float
    baseline: float
    is_right: bool
    wraps: bool
    top: Border | None
    bottom: Border | None
    inks: dict[str, Ink]


@dataclass(frozen=True)
class Sample:
    """A row: where it begins on the paper in CSS pixels, how wide the paper is in points and what margin is kept below
    the row, its cells."""

    left: float
    paper: float
    below: float
    cells: tuple[CellSample, ...]
