"""The narrative table: each line's variance in £m beside what explains it."""

from budget.models import ServiceNarrative
from budget.reports.tables import figure, text_cell
from budget.reports.wording import tone
from budget.selectors.position import QuarterPosition
from torbay_reports.core.money import Unit
from torbay_reports.documents.blocks import Cell, Column, Prose, Row, Table

TOTALS = ("gross", "net")
"""The lines that are set as totals here; a directorate's narrative is a row like any other."""


def narrative_table(data: QuarterPosition, rows: list[tuple[ServiceNarrative, Prose]], *, anchor: str) -> Table:
    """One row a narrative, the variance rolled up for its line, to one decimal of a million."""
    return Table(
        anchor=anchor,
        caption=f"What explains the variances, {data.period.label}",
        columns=(
            Column(key="service", label="Service"),
            Column(key="variance", label="Variance to Budget", unit=Unit.MILLIONS.heading, numeric=True),
            Column(key="narrative", label=f"Main Variances in {data.period.year.label}"),
        ),
        rows=tuple(_row(data, narrative, prose, anchor=anchor) for narrative, prose in rows),
    )


def _row(data: QuarterPosition, narrative: ServiceNarrative, prose: Prose, *, anchor: str) -> Row:
    position = data.by_slug[narrative.service.slug]
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
            text_cell(narrative.heading or position.name),
            Cell(content=(shown,), tone=tone(position.variance)),
            Cell(content=prose),
        ),
    )
