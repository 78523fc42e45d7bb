"""The sheets that papers are printed on: their size, and the frame in it that pieces fill."""

from dataclasses import dataclass
from typing import Final

POINTS_IN_A_MM: Final = 72 / 25.4
MM_IN_A_POINT: Final = 25.4 / 72
POINTS_IN_A_PIXEL: Final = 0.75
"""Pixels are those of CSS, in which WeasyPrint lays out."""


@dataclass(frozen=True)
class Frame:
    """A sheet with its margins in millimetres. Head and foot are stamped into the margins when a pack is joined."""

    width: float
    height: float
    top: float
    side: float
    foot: float

    @property
    def room(self) -> float:
        """How high what stands on a page may be, in points."""
        return (self.height - self.top - self.foot) * POINTS_IN_A_MM

    def rule(self, name: str = "", *, room: float | None = None) -> str:
        """The sheet as a rule of CSS, for the pages of that name; with `room` points for what stands on it."""
        height = self.height if room is None else room / POINTS_IN_A_MM + self.top + self.foot
        margins = f"{self.top}mm {self.side}mm {self.foot}mm"
        return f"@page {name} {{ size: {self.width}mm {height:.4f}mm; margin: {margins}; }}"


PORTRAIT: Final = Frame(210, 297, 27, 20, 25)
LANDSCAPE: Final = Frame(297, 210, 24, 15, 21)
LETTER: Final = Frame(210, 297, 22, 20, 25)


def frame_of(*, is_landscape: bool) -> Frame:
    """The frame of a paper's pages."""
    return LANDSCAPE if is_landscape else PORTRAIT


def rules(*, room: float | None = None) -> str:
    """The rules of CSS for all pages; with `room` every page of a paper has that many points, whatever its sheet."""
    return " ".join((PORTRAIT.rule(room=room), LANDSCAPE.rule("landscape", room=room), LETTER.rule("letter")))
