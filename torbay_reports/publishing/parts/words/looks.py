"""What words look like: in which ink they are set, where their lines stand."""

from dataclasses import dataclass
from typing import Any

from torbay_reports.publishing.parts.words.letters import Letters


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
class Lane:
    """Where lines of words stand, in CSS pixels: from `x` on for `width`; a line's height, and how far below its upper
    edge its baseline is. `inks` by the kind of inline."""

    x: float
    width: float
    line_height: float
    baseline: float
    is_right: bool
    wraps: bool
    inks: dict[str, Ink]
