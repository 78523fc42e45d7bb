"""Reads: what "no change" means for services with nothing in, as changes that are still to be looked at."""

from collections.abc import Collection
from dataclasses import replace

from budget.calculations.lines import LineEdit, unchanged_forecast
from budget.models import Quarter, ServiceReturn
from budget.selectors.closing import neighbours
from budget.selectors.grid import Grid


def unchanged_edits(grid: Grid, slugs: Collection[str]) -> list[LineEdit]:
    """The forecast of each of these services with nothing in as "no change" makes it: the variance of the quarter
    before on the budget of today, and its reason with it where none is typed yet. One query or two.

    Services that have a forecast, and names that are no service, are left out.
    """
    reasons = _reasons_before(grid.quarter)
    edits = []
    for row in grid.leaves:
        if row.slug not in slugs or row.line.forecast is not None:
            continue
        variance = row.position.previous_variance
        wanted = replace(
            row.line,
            forecast=unchanged_forecast(row.position.net, variance),
            reason=row.line.reason or (reasons.get(row.slug, "") if variance else ""),
        )
        edits.append(LineEdit(row.slug, row.line, wanted))
    return edits


def _reasons_before(quarter: Quarter) -> dict[str, str]:
    before = neighbours(quarter).before
    if before is None or before.number != quarter.number - 1:
        return {}
    found = ServiceReturn.objects.filter(quarter=before).exclude(reason="").order_by()
    return dict(found.values_list("service__slug", "reason"))
