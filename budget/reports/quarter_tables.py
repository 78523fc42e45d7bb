"""The tables of a quarter that every council takes away. The grid and the budget come back in as they went out."""

from collections.abc import Mapping
from typing import Final

from budget.models import BudgetLine, Quarter, VirementLine
from budget.reports.exports import Maker, Row, TakenAway
from budget.selectors.grid import Grid, grid
from torbay_reports.core.money import Unit

NONE: Final = ""


def grid_table(quarter: Quarter) -> TakenAway:
    """Every line with its budget, actual, forecast, variance and reason; groups are marked as subtotals."""
    found = grid(quarter)
    unit = found.unit.heading
    names = {row.slug: row.position.name for row in found.rows}
    rows: list[Row] = []
    for row in found.rows:
        at, line = row.position, row.line
        rows.append(
            (
                *_place(found, row.slug, names),
                _yes(is_so=at.is_group),
                _or_none(at.original),
                _or_none(at.virements),
                _or_none(at.expenditure),
                _or_none(at.income),
                _or_none(at.net),
                _or_none(at.actual),
                line.ledger_date or NONE,
                _or_none(at.previous_variance),
                _or_none(at.forecast_net),
                _or_none(at.variance),
                _or_none(at.movement),
                row.state,
                line.reason,
            )
        )
    sums = ("Original budget", "Virements", "Current expenditure", "Current income", "Current budget", "Actual to date")
    later = ("Previous variance", "Forecast", "Variance", "Movement")
    heads = (
        *_PLACE,
        "Subtotal",
        *(f"{head} ({unit})" for head in sums),
        "Ledger date",
        *(f"{head} ({unit})" for head in later),
        "State",
        "Reason",
    )
    return TakenAway(f"Grid {quarter}".replace("/", "-"), heads, rows)


def desk_table(quarter: Quarter) -> TakenAway:
    """Every service with how far its return is and what it still wants."""
    found = grid(quarter)
    names = {row.slug: row.position.name for row in found.rows}
    rows = [(*_place(found, row.slug, names), row.state, "; ".join(row.wants)) for row in found.leaves]
    return TakenAway(f"Desk {quarter}".replace("/", "-"), (*_PLACE, "State", "Missing"), rows)


def budget_table(quarter: Quarter) -> TakenAway:
    """Every budget line of the year as the books opened with it: virements are a table of their own."""
    found = grid(quarter)
    names = {row.slug: row.position.name for row in found.rows}
    lines = BudgetLine.objects.filter(service__year=quarter.year_id).order_by("service__slug", "kind", "code")
    by_slug: dict[str, list[tuple[str, str, str, object]]] = {}
    for slug, kind, code, name, opening in lines.values_list("service__slug", "kind", "code", "name", "opening"):
        by_slug.setdefault(slug, []).append((code, name, kind, opening))
    rows = [(*_place(found, row.slug, names), *line) for row in found.leaves for line in by_slug.get(row.slug, ())]
    heads = (*_PLACE, "Code", "Name", "Side", f"Amount ({found.unit.heading})")
    return TakenAway(f"Budget {quarter.year}".replace("/", "-"), heads, rows)


def virements_table(quarter: Quarter) -> TakenAway:
    """Every line of the year's virements, the oldest first."""
    lines = VirementLine.objects.filter(virement__year=quarter.year_id).select_related(
        "virement__entered_by", "service"
    )
    rows = [
        (
            each.virement.dated,
            each.virement.approved_on,
            each.virement.approved_by,
            each.service.name,
            each.kind,
            each.amount,
            each.virement.why,
            each.virement.entered_by.full_name if each.virement.entered_by else NONE,
        )
        for each in lines.order_by("virement__dated", "virement", "pk")
    ]
    unit = Unit(quarter.year.unit).heading
    heads = ("Dated", "Approved on", "Approved by", "Service", "Side", f"Amount ({unit})", "Why", "Entered by")
    return TakenAway(f"Virements {quarter.year}".replace("/", "-"), heads, rows)


TABLES: Final[Mapping[str, Maker]] = {
    "grid": grid_table,
    "desk": desk_table,
    "budget": budget_table,
    "virements": virements_table,
}

_PLACE: Final = ("Short name", "Group", "Service")


def _place(found: Grid, slug: str, names: Mapping[str, str]) -> Row:
    row = found.by_slug[slug]
    return slug, names[row.above[0]] if row.above else NONE, row.position.name


def _or_none(amount: object) -> object:
    return NONE if amount is None else amount


def _yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"
