"""What rows of one kind look like: where their cells and words stand, and in which ink."""

from dataclasses import dataclass

from torbay_reports.publishing.parts.words.looks import Border, Lane


@dataclass(frozen=True)
class CellSample(Lane):
    """A cell, in CSS pixels: its border box from `left` to `right`, its words so far below its upper edge and above its
    lower one, and the lines along these."""

    left: float
    right: float
    above: float
    below: float
    top: Border | None
    bottom: Border | None


@dataclass(frozen=True)
class Sample:
    """A row: where it begins on the paper in CSS pixels, how wide the paper is in points and what margin is kept below
    the row, its cells."""

    left: float
    paper: float
    below: float
    cells: tuple[CellSample, ...]
