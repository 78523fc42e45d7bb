"""The bar chart of variances by service, with its sentence and the table of all it draws."""

from budget.calculations import Position
from budget.reports.wording import size, tone, variance_words
from budget.selectors import QuarterPosition
from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Cell, Chart, Column, Figure, Row, Table, Text, words
from torbay_reports.documents.charts import Bar, bars_from_nought

MOST_BARS = 25
"""More bars than this cannot be read on a page; the sentence then says how many are left out."""


def variance_chart(data: QuarterPosition, *, anchor: str) -> Chart:
    """Services' forecast full-year variances, largest overspend on top, largest underspend last."""
    services = [p for p in data.positions if not p.is_group and p.kind == "service" and p.variance is not None]
    shown = sorted(services, key=lambda p: (-abs(p.variance or formatting.NIL), p.name))[:MOST_BARS]
    shown.sort(key=lambda p: (-(p.variance or formatting.NIL), p.name))
    bars = [
        Bar(
            name=position.name,
            length=Money(position.variance or formatting.NIL, data.unit).shown_in(Unit.THOUSANDS),
            figure=variance_words(position.variance, data.unit),
            tone=tone(position.variance),
        )
        for position in shown
    ]
    title = f"Forecast full-year variance by service, {data.period.year.label}"
    return Chart(
        anchor=anchor,
        title=title,
        sentence=words(_sentence(services, len(shown), data.unit)),
        figure=bars_from_nought(bars, axis="Under budget to the left, over budget to the right"),
        table=_table(shown, data.unit, anchor=f"{anchor}-data", caption=f"{title}: the figures drawn"),
    )


def _sentence(services: list[Position], drawn: int, unit: Unit) -> str:
    over = [p for p in services if (p.variance or formatting.NIL) > 0]
    under = [p for p in services if (p.variance or formatting.NIL) < 0]
    level = len(services) - len(over) - len(under)
    parts = [
        f"Of {formatting.count(len(services), 'service', 'services')}, {len(over)} forecast an overspend, "
        f"{len(under)} an underspend and {level} to be on budget."
    ]
    if over:
        most = max(over, key=lambda p: p.variance or formatting.NIL)
        parts.append(f"The largest overspend is {most.name}, {size(most.variance or formatting.NIL, unit)}.")
    if under:
        least = min(under, key=lambda p: p.variance or formatting.NIL)
        parts.append(f"The largest underspend is {least.name}, {size(least.variance or formatting.NIL, unit)}.")
    if drawn < len(services):
        parts.append(f"The {drawn} furthest from budget are drawn; all stand in the budget table.")
    return " ".join(parts)


def _table(shown: list[Position], unit: Unit, *, anchor: str, caption: str) -> Table:
    return Table(
        anchor=anchor,
        caption=caption,
        columns=(
            Column(key="service", label="Service"),
            Column(key="variance", label="Forecast Full Year Variance", unit=Unit.THOUSANDS.heading, numeric=True),
            Column(key="words", label="In words"),
        ),
        rows=tuple(
            Row(
                anchor=f"{anchor}-{position.slug}",
                tone=tone(position.variance),
                cells=(
                    Cell(content=(Text(text=position.name),)),
                    Cell(
                        content=(
                            Figure(
                                text=formatting.bracketed(
                                    Money(position.variance or formatting.NIL, unit).shown_in(Unit.THOUSANDS)
                                ),
                                ref=f"service:{position.slug}.variance",
                                value=position.variance,
                                unit=unit.value,
                            ),
                        ),
                        tone=tone(position.variance),
                    ),
                    Cell(content=(Text(text=variance_words(position.variance, unit)),)),
                ),
            )
            for position in shown
        ),
    )
