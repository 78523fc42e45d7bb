"""Reads: the grid of a quarter, a row for each line of the tree, in a constant number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.conf import settings

from budget.calculations.lines import Line, wants
from budget.calculations.position import Position, roll_up
from budget.models import Actual, FinancialYear, Forecast, Quarter, Service, ServiceReturn
from budget.permissions import ServiceAt
from budget.selectors.figures import QuarterFigures, figures_of
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core.money import Money, Unit

NOTHING_IN = "nothing in"


@dataclass(frozen=True)
class GridRow:
    """A line of the tree: its position, what is entered of it, how far its return is and what it still wants.

    `state` is "nothing in", "draft", "submitted" or "agreed", and empty for a group; `above` are the short names of
    the groups above, the nearest first. `is_over` says that the variance is of a size that wants a reason, `is_theirs`
    that the person asked about answers for the line, `may_enter` that they may change it now.
    """

    position: Position
    line: Line
    state: str
    wants: tuple[str, ...]
    above: tuple[str, ...]
    is_over: bool = False
    is_theirs: bool = False
    may_enter: bool = False

    @property
    def slug(self) -> str:
        return self.position.slug


@dataclass(frozen=True)
class Grid:
    """A quarter's rows in print order, groups after what is in them. Amounts, `reason_from` too, in `unit`."""

    quarter: Quarter
    unit: Unit
    rows: tuple[GridRow, ...]
    figures: QuarterFigures
    reason_from: Decimal

    @cached_property
    def by_slug(self) -> dict[str, GridRow]:
        return {row.slug: row for row in self.rows}

    @cached_property
    def leaves(self) -> tuple[GridRow, ...]:
        """The services, without the groups that are their sums."""
        return tuple(row for row in self.rows if not row.position.is_group)

    @cached_property
    def ledger_date(self) -> date | None:
        """The ledger's date of every actual, where it is the same for all; None where there are several or none."""
        days = self.ledger_dates
        return days[0] if len(days) == 1 else None

    @cached_property
    def ledger_dates(self) -> tuple[date, ...]:
        return tuple(sorted({row.line.ledger_date for row in self.leaves if row.line.ledger_date}))


def grid(quarter: Quarter, *, person: User | None = None) -> Grid:
    """The grid of a quarter, which comes with its year, as that person may enter it; nobody may where it is None."""
    figures = figures_of(quarter)
    unit = Unit(quarter.year.unit)
    reason_from = reason_threshold(unit)
    returns = _returns(quarter)
    ledger = _ledger_dates(quarter)
    keys = {each.slug: each.key for each in figures.lines}
    above = above_each({each.key: (each.slug, each.parent) for each in figures.lines})
    is_finance = person is not None and bool(may(person, Permission.KEEP_BUDGET))
    rows = []
    for position in roll_up(figures.lines):
        if position.is_group:
            rows.append(GridRow(position, Line(), "", (), above[position.slug]))
            continue
        state, reason = returns.get(keys[position.slug], (ServiceReturn.State.DRAFT, ""))
        line = Line(position.forecast_net, position.actual, ledger.get(keys[position.slug]), reason)
        is_theirs = person is not None and bool(
            may(person, Permission.ENTER_RETURN, ServiceAt(position.slug, above[position.slug]))
        )
        is_open = not quarter.is_signed and (is_finance or state == ServiceReturn.State.DRAFT)
        rows.append(
            GridRow(
                position=position,
                line=line,
                state=state_words(state, line),
                wants=tuple(wants(line, position.variance, reason_from)),
                above=above[position.slug],
                is_over=abs(position.variance or Decimal(0)) >= reason_from,
                is_theirs=is_theirs,
                may_enter=is_theirs and is_open,
            )
        )
    return Grid(quarter, unit, tuple(rows), figures, reason_from)


def reason_threshold(unit: Unit) -> Decimal:
    """The size of a variance from which it wants a reason, in that unit: the setting REASON_FROM, in pounds."""
    return Money(Decimal(settings.REASON_FROM), Unit.POUNDS).shown_in(unit)


def state_words(state: str, line: Line) -> str:
    """How far a return is: without a forecast a draft is nothing."""
    return NOTHING_IN if state == ServiceReturn.State.DRAFT and line.forecast is None else str(state)


def stored_lines(quarter: Quarter) -> dict[str, Line]:
    """What is entered of each service of the quarter's year, groups left out; an empty line where nothing is."""
    services = dict(
        Service.objects.filter(year=quarter.year_id, children__isnull=True).order_by().values_list("pk", "slug")
    )
    forecasts = dict(Forecast.objects.filter(quarter=quarter).order_by().values_list("service_id", "net"))
    actuals = {each.service_id: each for each in Actual.objects.filter(quarter=quarter).order_by()}
    reasons = {service: reason for service, (_, reason) in _returns(quarter).items()}
    lines = {}
    for pk, slug in services.items():
        actual = actuals.get(pk)
        lines[slug] = Line(
            forecast=forecasts.get(pk),
            actual=actual.net if actual else None,
            ledger_date=actual.ledger_date if actual else None,
            reason=reasons.get(pk, ""),
        )
    return lines


def slugs_above(year: FinancialYear) -> dict[str, tuple[str, ...]]:
    """The short names of the groups above each line of the year's tree, the nearest first; one query."""
    rows = Service.objects.filter(year=year).order_by().values_list("pk", "slug", "parent_id")
    return above_each({pk: (slug, parent) for pk, slug, parent in rows})


def above_each(tree: Mapping[int, tuple[str, int | None]]) -> dict[str, tuple[str, ...]]:
    """The same from short name and parent of each line by its number."""
    found: dict[int, tuple[str, ...]] = {}
    for key in tree:
        path = [key]
        while (parent := tree[path[-1]][1]) is not None and path[-1] not in found:
            path.append(parent)
        known = found.setdefault(path[-1], ())
        for lower, upper in zip(reversed(path[:-1]), reversed(path), strict=False):
            known = found.setdefault(lower, (tree[upper][0], *known))
    return {tree[key][0]: path for key, path in found.items()}


def _returns(quarter: Quarter) -> dict[int, tuple[str, str]]:
    """State and reason of each return by its service's number."""
    rows: Iterable[tuple[int, str, str]] = (
        ServiceReturn.objects.filter(quarter=quarter).order_by().values_list("service_id", "state", "reason")
    )
    return {service: (state, reason) for service, state, reason in rows}


def _ledger_dates(quarter: Quarter) -> dict[int, date]:
    return dict(Actual.objects.filter(quarter=quarter).order_by().values_list("service_id", "ledger_date"))
