"""The narrative table: each line's variance in £m beside what explains it."""

from collections.abc import Iterator

from budget.calculations.position import Position
from budget.models import ServiceNarrative
from budget.reports.tables import figure, text_cell
from budget.reports.wording import tone
from budget.selectors.grid import reason_threshold
from budget.selectors.position import QuarterPosition
from torbay_reports.core.money import Unit
from torbay_reports.documents.blocks import Cell, Column, Prose, Row, Table, words

TOTALS = ("gross", "net")
"""The lines that are set as totals here; a directorate's narrative is a row like any other."""


def narrative_table(data: QuarterPosition, rows: list[tuple[ServiceNarrative, Prose]], *, anchor: str) -> Table:
    """One row a narrative, the variance rolled up for its line, to one decimal of a million.

    Where finance wrote none, what the budget holders gave as reasons stands there in their own plain words, for each
    service whose variance is so large that it wants one.
    """
    told = [(data.by_slug[each.service.slug], each.heading, prose) for each, prose in rows] or list(_reasons(data))
    return Table(
        anchor=anchor,
        caption=f"What explains the variances, {data.period.label}",
        columns=(
            Column(key="service", label="Service"),
            Column(key="variance", label="Variance to Budget", unit=Unit.MILLIONS.heading, numeric=True),
            Column(key="narrative", label=f"Main Variances in {data.period.year.label}"),
        ),
        rows=tuple(_row(data, position, heading, prose, anchor=anchor) for position, heading, prose in told),
    )


def _reasons(data: QuarterPosition) -> Iterator[tuple[Position, str, Prose]]:
    from_size = reason_threshold(data.unit)
    for position in data.positions:
        reason = " ".join(data.reasons.get(position.slug, "").split())
        if reason and position.variance is not None and abs(position.variance) >= from_size:
            yield position, "", words(reason)


def _row(data: QuarterPosition, position: Position, heading: str, prose: Prose, *, anchor: str) -> Row:
    shown = figure(
        position.variance,
        f"service:{position.slug}.variance",
        held_in=data.unit,
        shown_in=Unit.MILLIONS,
        places=1,
    )
    return Row(
        anchor=f"{anchor}-{position.slug}",
        level=position.kind if position.kind in TOTALS else "",
        tone=tone(position.variance),
        cells=(
            text_cell(heading or position.name),
            Cell(content=(shown,), tone=tone(position.variance)),
            Cell(content=prose),
        ),
    )
