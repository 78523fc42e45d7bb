"""The bar chart of variances by service, with its sentence and the table of all it draws."""

from collections import Counter

from budget.calculations.position import Position
from budget.reports.wording import size, table_unit, tone, variance_words
from budget.selectors.position import QuarterPosition
from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Cell, Chart, Column, Figure, Row, Table, Text, words
from torbay_reports.documents.charts import Bar, bars_from_nought

LONGEST_NAME = 50
MOST_BARS = 25
"""More bars than this cannot be read on a page; the sentence then says how many are left out."""


def variance_chart(data: QuarterPosition, *, anchor: str) -> Chart:
    """Services' forecast full-year variances, largest overspend on top, largest underspend last."""
    everyone = [p for p in data.positions if not p.is_group and p.kind == "service"]
    services = [p for p in everyone if p.variance is not None]
    shown = sorted(services, key=lambda p: (-abs(p.variance or formatting.NIL), p.name))[:MOST_BARS]
    shown.sort(key=lambda p: (-(p.variance or formatting.NIL), p.name))
    unit, _ = table_unit(data.unit)
    bars = [
        Bar(
            name=name,
            length=Money(position.variance or formatting.NIL, data.unit).shown_in(unit),
            figure=variance_words(position.variance, data.unit),
            tone=tone(position.variance),
        )
        for position, name in zip(shown, _names(shown, data), strict=True)
    ]
    title = f"Forecast full-year variance by service, {data.period.year.label}"
    return Chart(
        anchor=anchor,
        title=title,
        sentence=words(_sentence(services, len(shown), data.unit, waiting=len(everyone) - len(services))),
        figure=bars_from_nought(bars, axis="Under budget to the left, over budget to the right"),
        table=_table(shown, data.unit, anchor=f"{anchor}-data", caption=f"{title}: the figures drawn"),
    )


def _names(shown: list[Position], data: QuarterPosition) -> list[str]:
    """A name for each bar. Bars of one name would be drawn over each other, so theirs say their group, or their place.

    A long name is cut, which would leave the bars no room; the table beside the chart has it whole.
    """
    times = Counter(position.name for position in shown)
    names: list[str] = []
    for position in shown:
        name = position.name
        if times[name] > 1 and position.parent is not None:
            name = f"{name} ({data.by_slug[position.parent].name})"
        if len(name) > LONGEST_NAME:
            name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
        names.append(name if name not in names else f"{name} [{len(names) + 1}]")
    return names


def _sentence(services: list[Position], drawn: int, unit: Unit, *, waiting: int) -> str:
    over = [p for p in services if (p.variance or formatting.NIL) > 0]
    under = [p for p in services if (p.variance or formatting.NIL) < 0]
    level = len(services) - len(over) - len(under)
    if not services:
        return "No service has a forecast yet."
    parts = [
        f"Of {formatting.count(len(services), 'service', 'services')}, {len(over)} {_verb(len(over))} an overspend, "
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
    if waiting:
        parts.append(f"{formatting.count(waiting, 'service has', 'services have')} no forecast yet.")
    return " ".join(parts)


def _verb(number: int) -> str:
    return "forecasts" if number == 1 else "forecast"


def _table(shown: list[Position], unit: Unit, *, anchor: str, caption: str) -> Table:
    shown_in, places = table_unit(unit)
    return Table(
        anchor=anchor,
        caption=caption,
        columns=(
            Column(key="service", label="Service"),
            Column(key="variance", label="Forecast Full Year Variance", unit=shown_in.heading, numeric=True),
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
                                    Money(position.variance or formatting.NIL, unit).shown_in(shown_in), places
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
