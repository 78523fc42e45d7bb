"""What stands against signing a quarter: a sentence each. Nothing here writes."""

from collections.abc import Iterator

from budget.calculations.closing import casting_faults, needs_return
from budget.models import Quarter
from budget.reports.monitoring import BrokenReport, quarterly_report
from budget.selectors.closing import neighbours, stored_totals
from budget.selectors.grid import NOTHING_IN, Grid
from budget.selectors.quarters import UnknownQuarter
from torbay_reports.core.formatting import count, listed

_SAID = {
    NOTHING_IN: ("has nothing in", "have nothing in"),
    "draft": ("is a draft", "are drafts"),
    "submitted": ("is submitted and not agreed", "are submitted and not agreed"),
}


def signing_obstacles(grid: Grid) -> tuple[str, ...]:
    """Why this quarter cannot be signed as it is now, empty where it can; the number of queries is constant."""
    return tuple(_obstacles(grid))


def _obstacles(grid: Grid) -> Iterator[str]:
    quarter = grid.quarter
    if quarter.is_signed:
        yield f"{quarter} is signed already."
        return
    before = neighbours(quarter).before
    if before is not None and not before.is_signed:
        yield f"{before} is not signed. It is signed first, since movement is told against it."
    yield from _not_agreed(grid)
    yield from casting_faults(grid.figures.lines, [row.position for row in grid.rows], stored_totals(quarter))
    yield from _broken(quarter)


def _not_agreed(grid: Grid) -> Iterator[str]:
    wanted = [row for row in grid.leaves if needs_return(row.position)]
    if not wanted:
        yield f"No service of {grid.quarter.year} has a budget. Bring the year's budget in first."
    for state, (one, many) in _SAID.items():
        names = [row.position.name for row in wanted if row.state == state]
        if names:
            yield f"{count(len(names), 'service', 'services')} {one if len(names) == 1 else many}: {listed(names)}."
    for row in wanted:
        if row.state == "agreed" and row.wants:
            yield f"{row.position.name} is agreed, and wants {listed(row.wants)} by now. Send it back, or enter that."


def _broken(quarter: Quarter) -> Iterator[str]:
    try:
        quarterly_report(quarter.subject)
    except UnknownQuarter as error:
        yield str(error)
    except BrokenReport as error:
        yield f"The report cannot be built. {error}"
