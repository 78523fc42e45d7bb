"""What one line of a quarter holds, what a writer wants it to hold, and how two writers' wishes are brought together.

Pure functions; amounts in the year's unit. None is "not entered", which is not nil.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from budget.calculations.position import Amount

Field = Literal["forecast", "actual", "ledger_date", "reason"]
FIELDS: Final[tuple[Field, ...]] = ("forecast", "actual", "ledger_date", "reason")
FIELD_WORDS: Final[dict[Field, str]] = {
    "forecast": "forecast",
    "actual": "actual to date",
    "ledger_date": "ledger date",
    "reason": "reason",
}


@dataclass(frozen=True)
class Line:
    """What is entered of one service for one quarter. Forecast and actual are net: more income is negative."""

    forecast: Amount = None
    actual: Amount = None
    ledger_date: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class LineEdit:
    """What a writer saw of a service's line, and what it is to hold by their wish."""

    slug: str
    seen: Line
    wanted: Line

    @property
    def changed(self) -> tuple[Field, ...]:
        """The fields that the writer changed."""
        return tuple(each for each in FIELDS if getattr(self.seen, each) != getattr(self.wanted, each))


@dataclass(frozen=True)
class Clash:
    """A field that somebody else has changed meanwhile to something other than what this writer wants."""

    slug: str
    field: Field
    seen: Amount | date | str
    stored: Amount | date | str
    wanted: Amount | date | str


def merged(edit: LineEdit, stored: Line) -> tuple[Line, tuple[Clash, ...]]:
    """The stored line with the writer's changes, and where these meet another's: what is stored stays there.

    A field that the writer left alone keeps what is stored; both wanting the same is no clash.
    """
    line, clashes = stored, []
    for field in edit.changed:
        was, now, wanted = getattr(edit.seen, field), getattr(stored, field), getattr(edit.wanted, field)
        if now not in (was, wanted):
            clashes.append(Clash(edit.slug, field, was, now, wanted))
        else:
            line = _with(line, field, wanted)
    return line, tuple(clashes)


def _with(line: Line, field: str, value: Amount | date | str) -> Line:
    changed: dict[str, Any] = {field: value}
    return replace(line, **changed)


def forecast_for(variance: Amount, net: Amount) -> Amount:
    """The forecast that a typed variance means: the current net budget plus it."""
    return None if variance is None else (net or Decimal(0)) + variance


def unchanged_forecast(net: Amount, previous_variance: Amount) -> Decimal:
    """The forecast of "no change": the variance of the quarter before on the budget of today; on budget without one."""
    forecast = forecast_for(previous_variance or Decimal(0), net)
    assert forecast is not None
    return forecast


def wants(line: Line, variance: Amount, reason_from: Decimal) -> Iterator[str]:
    """What a line lacks before it can be submitted, in words; `reason_from` is a size in the year's unit."""
    if line.forecast is None or variance is None:
        yield "a forecast"
    elif abs(variance) >= reason_from and not line.reason.strip():
        yield "a reason for its variance"
    if line.actual is not None and line.ledger_date is None:
        yield "the ledger's date of its actual"
