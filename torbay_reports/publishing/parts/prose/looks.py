"""What a kind of heading, paragraph or list looks like: where its lines stand, what stands before them."""

from dataclasses import dataclass

from torbay_reports.publishing.parts.words.looks import Border, Ink, Lane


@dataclass(frozen=True)
class Lead:
    """What stands before words, a number or a point's mark: where it begins in CSS pixels, and in which ink. With
    `width` the words follow it on its line, so far from its beginning."""

    x: float
    ink: Ink
    text: str = ""
    width: float = 0.0


@dataclass(frozen=True)
class Sample:
    """A block, in CSS pixels: its border box from `left` to `right` with the line along its upper edge, its lines so
    far below that edge and above the lower one, the gap between its points. `paper` is how wide the paper is, `above`
    and `below` the margins that it keeps, these in points."""

    left: float
    right: float
    top: Border | None
    over: float
    under: float
    gap: float
    lane: Lane
    lead: Lead | None
    paper: float
    above: float
    below: float

    @property
    def bottom(self) -> Border | None:
        """The line along its lower edge, which none has."""
        return None

    @property
    def is_bare(self) -> bool:
        """Whether it has nothing but its lines, so that it may break between any two that are not alone."""
        return not self.top and not self.over and not self.under
