"""The figures that findings quote, and how they read: the same words on every page, file and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from improvement.calculations.wording import amount_words
from improvement.kinds import Direction

_SIDES: Final[Mapping[Direction, str]] = {Direction.AT_LEAST: "at least", Direction.AT_MOST: "at most"}


@dataclass(frozen=True, slots=True)
class QuotedFigure:
    """A figure that a finding quotes, as `ofsted.models.FindingMeasure` says."""

    words: str
    value: Decimal
    out_of: int | None
    unit: str
    population: str
    direction: Direction
    target: Decimal | None

    @property
    def is_met(self) -> bool | None:
        """Whether the figure reaches its target; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.direction is Direction.AT_LEAST else self.value <= self.target


def figure_words(figure: QuotedFigure) -> str:
    """The figure with its target: "52% of care leavers; at most 40% was the target", "4 of 6 audits"."""
    if figure.target is None:
        return _found(figure)
    target = amount_words(figure.target, figure.unit)
    return f"{_found(figure)}; {_SIDES[figure.direction]} {target} was the target"


def figure_sentences(figure: QuotedFigure) -> str:
    """What it measures, the figure, and whether it is reached: "Four of six were poor. 4 of 6 audits; at most 2 audits
    was the target: missed."."""
    words = figure.words.rstrip(" .")
    met = "" if figure.is_met is None else f": {'reached' if figure.is_met else 'missed'}"
    return f"{words[:1].upper()}{words[1:]}. {figure_words(figure)}{met}."


def _found(figure: QuotedFigure) -> str:
    if figure.out_of is not None:
        # “6 audits completed for this visit” says what the unit, “audits”, says.
        named = figure.population if figure.population.startswith(figure.unit) else figure.unit
        whom = "" if named == figure.population else figure.population
        found = f"{amount_words(figure.value, '')} of {figure.out_of:,} {named}".rstrip()
        return f"{found} ({whom})" if whom else found
    found = amount_words(figure.value, figure.unit)
    if not figure.population:
        return found
    return f"{found} of {figure.population}" if figure.unit == "%" else f"{found} ({figure.population})"
