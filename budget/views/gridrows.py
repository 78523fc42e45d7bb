"""How the grid's rows read: exact sums below one another, and each row's boxes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.forms import BoundField

from budget.calculations.position import Amount, Position
from budget.calculations.shown import cents, exactly, places_for
from budget.forms.lines import GridForm
from budget.selectors.grid import NOTHING_IN, Grid, GridRow
from budget.views.figures import Figure
from torbay_reports.core.formatting import count, listed, sterling
from torbay_reports.core.money import Money, Unit


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    words: str
    is_numeric: bool = True


STATES = (NOTHING_IN, "draft", "submitted", "agreed")


@dataclass(frozen=True)
class Boxes:
    """What can be typed in a row; the reason's box stands open where one is wanted, there, or wrong."""

    forecast: BoundField
    variance: BoundField
    reason: BoundField
    reason_is_open: bool


@dataclass(frozen=True)
class ShownRow:
    """A row of the grid as the page says it. `net` and `forecast_cents` are for what adds up in the browser."""

    row: GridRow
    known: tuple[Figure, ...]
    forecast: Figure
    variance: Figure
    movement: Figure | None
    boxes: Boxes | None
    net: str
    forecast_cents: str

    @property
    def state(self) -> str:
        """How far the return is and what it wants: "Draft: wants a forecast"."""
        said = self.row.state.capitalize()
        return f"{said}: wants {listed(self.row.wants)}" if self.row.wants else said


def shown_rows(found: Grid, form: GridForm) -> list[ShownRow]:
    """The rows in print order; those that `form` has boxes for come with them."""
    places = places_in(found)
    boxed = {each.slug for each in form.seen.edits}
    wrong = set(form.rows_with_errors())
    return [
        ShownRow(
            row=row,
            known=tuple(Figure(exactly(amount, places)) for amount in _known(found, row.position)),
            forecast=Figure(exactly(row.position.forecast_net, places)),
            variance=Figure(exactly(row.position.variance, places)),
            movement=Figure(exactly(row.position.movement, places)) if found.figures.has_previous else None,
            boxes=_boxes(form, row, is_wrong=row.slug in wrong) if row.slug in boxed else None,
            net=cents(row.position.net or Decimal(0)),
            forecast_cents=cents(row.position.forecast_net),
        )
        for row in found.rows
    ]


def heads_of(found: Grid) -> list[Head]:
    """The heads of the columns after the service's name."""
    words = ["Original budget", "Virements", "Current budget", "Actual to date"]
    has_previous = found.figures.has_previous
    heads = [Head(each) for each in (*words, *(["Variance last quarter"] if has_previous else []))]
    if len(found.ledger_dates) > 1:
        heads.append(Head("Ledger date", is_numeric=False))
    heads += [Head("Forecast"), Head("Variance"), *([Head("Movement")] if has_previous else [])]
    return [*heads, Head("Return", is_numeric=False)]


def words_of(amount: Decimal, unit: Unit) -> str:
    """A sum with its unit, exact: £50,000, £50k, £0.05m."""
    return sterling(Money(amount, unit), unit, places_for([amount]))


def places_in(found: Grid) -> int:
    """The decimals in which every sum of the grid is shown."""
    return places_for(
        amount
        for row in found.rows
        for amount in (*_known(found, row.position), row.position.forecast_net, row.position.movement)
    )


def state_counts(found: Grid) -> str:
    """How many services are how far: "36 nothing in, 4 draft"."""
    numbers = ((sum(row.state == state for row in found.leaves), state) for state in STATES)
    return f"{count(len(found.leaves), 'service', 'services')}: " + ", ".join(
        f"{number:,} {state}" for number, state in numbers if number
    )


def _known(found: Grid, position: Position) -> Iterator[Amount]:
    """What stands before the forecast: original budget, virements, current budget, actual, previous variance."""
    yield from (position.original, position.virements, position.net, position.actual)
    if found.figures.has_previous:
        yield position.previous_variance


def _boxes(form: GridForm, row: GridRow, *, is_wrong: bool) -> Boxes:
    reason = form[f"reason-{row.slug}"]
    return Boxes(
        forecast=form[f"forecast-{row.slug}"],
        variance=form[f"variance-{row.slug}"],
        reason=reason,
        reason_is_open=row.is_over or bool(reason.value()) or is_wrong,
    )
