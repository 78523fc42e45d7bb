"""Reads: a quarter among the others of its year, and what all of its stored rows come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from budget.models import BudgetLine, CloseStep, Forecast, Quarter, VirementLine


@dataclass(frozen=True)
class Neighbours:
    """The quarter of the same year just before this one, where the books have one, and those after it."""

    before: Quarter | None
    after: tuple[Quarter, ...]


def neighbours(quarter: Quarter) -> Neighbours:
    """One query; the quarter comes with its year."""
    others = list(Quarter.objects.filter(year=quarter.year_id).select_related("year", "signed_by").order_by("number"))
    before = [each for each in others if each.number < quarter.number]
    return Neighbours(before[-1] if before else None, tuple(each for each in others if each.number > quarter.number))


def next_number(quarters: Iterable[Quarter]) -> int | None:
    """The number of the quarter that comes next in a year that has these; None after the fourth or where none is."""
    last = max((each.number for each in quarters), default=4)
    return last + 1 if last < 4 else None


def last_step_of_quarter(quarter: Quarter) -> CloseStep | None:
    """When the quarter as a whole was last opened, signed or reopened, and by whom; one query."""
    steps = CloseStep.objects.filter(quarter=quarter, service=None).select_related("by")
    return steps.order_by("-pk").first()


def stored_totals(quarter: Quarter) -> dict[str, Decimal]:
    """What the database adds up by itself, groups included, by the names of `calculations.closing.CAST`; three
    queries. Amounts in the year's unit, current budget at the quarter's end."""
    kinds = BudgetLine.Kind
    opening = _by_kind(BudgetLine.objects.filter(service__year=quarter.year_id), "opening")
    moved = _by_kind(
        VirementLine.objects.filter(virement__year=quarter.year_id, virement__dated__lte=quarter.period.last_day),
        "amount",
    )
    forecast = Forecast.objects.filter(quarter=quarter).aggregate(net=Sum("net"))["net"]
    return {
        "expenditure": opening[kinds.EXPENDITURE] + moved[kinds.EXPENDITURE],
        "income": opening[kinds.INCOME] + moved[kinds.INCOME],
        "forecast_net": forecast or Decimal(0),
    }


def _by_kind(rows: QuerySet[BudgetLine] | QuerySet[VirementLine], field: str) -> dict[str, Decimal]:
    sums = rows.order_by().aggregate(**{kind: Sum(field, filter=Q(kind=kind)) for kind in BudgetLine.Kind.values})
    return {kind: amount or Decimal(0) for kind, amount in sums.items()}
