"""Reads: what is stored of every line of a quarter, in a constant number of queries, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from budget.calculations.position import Amount, ServiceFigures, known_sum, variance_of
from budget.models import Actual, BudgetLine, Forecast, Quarter, Service, VirementLine
from torbay_reports.core.money import Money, Unit

Sides = dict[tuple[int, str], Decimal]
"""What each side of a service's budget comes to, by the service's number and the side's kind."""


@dataclass(frozen=True)
class QuarterFigures:
    """The lines of the tree, parents before children, and whether there is a quarter before and one a year ago."""

    lines: tuple[ServiceFigures, ...]
    has_previous: bool
    has_last_year: bool


@dataclass(frozen=True)
class _Budgets:
    opening: Sides
    original: Sides


@dataclass(frozen=True)
class _Variances:
    """A quarter's variances by its services' short names, which stay the same from year to year."""

    by_slug: dict[str, Amount]
    unit: Unit

    def of(self, slug: str, unit: Unit) -> Amount:
        amount = self.by_slug.get(slug)
        return None if amount is None else Money(amount, self.unit).shown_in(unit)


def figures_of(quarter: Quarter) -> QuarterFigures:
    """Every line of the quarter's year, with its budget at the quarter's end and its variances at other quarters.

    The previous quarter is of the same year: the first has none, since a new year has a new budget.
    """
    year, unit = quarter.year, Unit(quarter.year.unit)
    others = {
        (each.year.start_year, each.number): each
        for each in Quarter.objects.select_related("year").filter(
            Q(year=year, number=quarter.number - 1) | Q(year__start_year=year.start_year - 1, number=quarter.number)
        )
    }
    previous = others.get((year.start_year, quarter.number - 1))
    last_year = others.get((year.start_year - 1, quarter.number))
    services = list(Service.objects.with_tree_fields().filter(year=year))
    budgets, moved = _budgets(year.pk), _movements(year.pk)
    forecasts = _forecasts([quarter, *(each for each in (previous,) if each)])
    actuals = dict(Actual.objects.filter(quarter=quarter).values_list("service_id", "net"))
    at_end = _current(budgets.opening, moved, quarter.period.last_day)
    before = _previous_variances(previous, services, budgets, moved, forecasts)
    year_ago = _variances_of(last_year)
    virements = _moved_until(moved, quarter.period.last_day)
    return QuarterFigures(
        lines=tuple(
            ServiceFigures(
                key=service.pk,
                parent=service.parent_id,
                slug=service.slug,
                name=service.name,
                kind=service.kind,
                depth=service.tree_depth,
                expenditure=at_end.get((service.pk, BudgetLine.Kind.EXPENDITURE)),
                income=at_end.get((service.pk, BudgetLine.Kind.INCOME)),
                forecast_net=forecasts.get((quarter.pk, service.pk)),
                previous_variance=before.of(service.slug, unit),
                last_year_variance=year_ago.of(service.slug, unit),
                original=_net(budgets.original, service.pk),
                virements=_net(virements, service.pk),
                actual=actuals.get(service.pk),
            )
            for service in services
        ),
        has_previous=previous is not None,
        has_last_year=bool(year_ago.by_slug),
    )


def _budgets(year: int) -> _Budgets:
    rows = (
        BudgetLine.objects.filter(service__year_id=year)
        .order_by()
        .values_list("service_id", "kind")
        .annotate(Sum("opening"), Sum("original"), Count("opening"), Count("original"))
    )
    opening: Sides = {}
    original: Sides = {}
    for service, kind, opened, originally, lines, known in rows:
        opening[service, kind] = opened
        if known == lines:
            original[service, kind] = originally
    return _Budgets(opening, {each: amount for each, amount in original.items() if _whole(each, opening, original)})


def _whole(side: tuple[int, str], opening: Sides, original: Sides) -> bool:
    """Whether the service's original budget is known on each side that it has: half a budget is none."""
    return all((side[0], kind) in original for kind in BudgetLine.Kind.values if (side[0], kind) in opening)


def _movements(year: int) -> list[tuple[int, str, date, Decimal]]:
    return list(
        VirementLine.objects.filter(virement__year_id=year)
        .order_by()
        .values_list("service_id", "kind", "virement__dated", "amount")
    )


def _moved_until(moved: Iterable[tuple[int, str, date, Decimal]], day: date) -> Sides:
    sides: Sides = {}
    for service, kind, dated, amount in moved:
        if dated <= day:
            sides[service, kind] = sides.get((service, kind), Decimal(0)) + amount
    return sides


def _current(opening: Sides, moved: Iterable[tuple[int, str, date, Decimal]], day: date) -> Sides:
    """The current budget at the end of `day`: the opening one plus the movements dated until then."""
    sides = dict(opening)
    for side, amount in _moved_until(moved, day).items():
        sides[side] = sides.get(side, Decimal(0)) + amount
    return sides


def _net(sides: Sides, service: int) -> Amount:
    return known_sum(sides.get((service, kind)) for kind in BudgetLine.Kind.values)


def _forecasts(quarters: Iterable[Quarter]) -> dict[tuple[int, int], Decimal]:
    rows = Forecast.objects.filter(quarter__in=[each.pk for each in quarters]).order_by()
    return {(quarter, service): net for quarter, service, net in rows.values_list("quarter_id", "service_id", "net")}


def _previous_variances(
    previous: Quarter | None,
    services: Iterable[Service],
    budgets: _Budgets,
    moved: list[tuple[int, str, date, Decimal]],
    forecasts: dict[tuple[int, int], Decimal],
) -> _Variances:
    if previous is None:
        return _Variances({}, Unit.POUNDS)
    current = _current(budgets.opening, moved, previous.period.last_day)
    return _Variances(
        {each.slug: variance_of(forecasts.get((previous.pk, each.pk)), _net(current, each.pk)) for each in services},
        Unit(previous.year.unit),
    )


def _variances_of(quarter: Quarter | None) -> _Variances:
    """The variances of a quarter of another year, from that year's own budget."""
    if quarter is None:
        return _Variances({}, Unit.POUNDS)
    current = _current(_budgets(quarter.year_id).opening, _movements(quarter.year_id), quarter.period.last_day)
    forecasts = _forecasts([quarter])
    slugs = Service.objects.filter(year=quarter.year_id).order_by().values_list("pk", "slug")
    return _Variances(
        {slug: variance_of(forecasts.get((quarter.pk, pk)), _net(current, pk)) for pk, slug in slugs},
        Unit(quarter.year.unit),
    )
