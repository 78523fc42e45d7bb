"""The report's tables of figures, cell by cell as they are printed, each figure with its exact value beside it."""

from decimal import Decimal

from budget.calculations.position import Amount, Position, casts_when_rounded
from budget.models import BorrowingLimit
from budget.reports.figures import written_off
from budget.reports.limits import limit_amounts, limits_note, limits_sentence
from budget.reports.wording import NO_EARLIER_QUARTER, line_sentence, movement_words, table_unit, tone
from budget.selectors.position import QuarterPosition
from torbay_reports.core import formatting
from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Cell, Column, Figure, Prose, Row, Table, words

__all__ = [
    "budget_table",
    "later_events_table",
    "limits_table",
    "risks_table",
    "write_offs_table",
]

ROUNDING_NOTE = "Figures may not cast due to rounding."


def figure(amount: Amount, ref: str, *, held_in: Unit, shown_in: Unit, places: int = 0) -> Figure:
    """A sum as a table prints it: brackets for negatives, - where there is none."""
    shown = None if amount is None else Money(amount, held_in).shown_in(shown_in)
    return Figure(
        text=formatting.bracketed(shown, places),
        ref=ref,
        value=amount,
        unit=held_in.value,
    )


def text_cell(text: str) -> Cell:
    return Cell(content=words(text))


def budget_table(data: QuarterPosition, *, anchor: str) -> Table:
    """The budget position for each service, children before their group, as the quarter's report prints it."""
    shown_in, places = table_unit(data.unit)
    notes = [_direction_note(data)]
    if not casts_when_rounded(data.positions, held_in=data.unit, shown_in=shown_in, places=places):
        notes.append(ROUNDING_NOTE)
    group = f"{data.period.year.label} Budget"
    unit = shown_in.heading
    return Table(
        anchor=anchor,
        caption=f"Budget position for each service, {data.period.label}",
        columns=(
            Column(key="service", label="Service"),
            Column(key="expenditure", label="Expenditure", group=group, unit=unit, numeric=True),
            Column(key="income", label="Income", group=group, unit=unit, numeric=True),
            Column(key="net", label="Net", group=group, unit=unit, numeric=True),
            Column(key="variance", label="Forecast Full Year Variance", unit=unit, numeric=True),
            Column(key="direction", label="Direction of Travel"),
        ),
        rows=tuple(
            _budget_row(position, data, anchor=anchor, shown_in=shown_in, places=places) for position in data.positions
        ),
        notes=tuple(notes),
        in_words_first=True,
    )


def _direction_note(data: QuarterPosition) -> str:
    if data.has_previous:
        return "Direction of travel: how the forecast moved since the previous quarter."
    return f"R: an overspend; G: an underspend. Movement since the previous quarter: {NO_EARLIER_QUARTER}."


def _direction_cell(position: Position, data: QuarterPosition) -> Cell:
    """Movement since the previous quarter; without one, the variance's letter, as Quarter 1 of 2017/18 printed it."""
    if data.has_previous:
        said = movement_words(position, data.unit, has_previous=True)
        return Cell(content=words(said), tone=tone(position.movement))
    variance = position.variance or formatting.NIL
    return Cell(
        content=words(formatting.direction_letter(variance)),
        tone=tone(position.variance),
        spoken=formatting.over_or_under(variance, nil=""),
    )


def _budget_row(position: Position, data: QuarterPosition, *, anchor: str, shown_in: Unit, places: int) -> Row:
    def cell(attribute: str) -> Cell:
        shown = figure(
            getattr(position, attribute),
            f"service:{position.slug}.{attribute}",
            held_in=data.unit,
            shown_in=shown_in,
            places=places,
        )
        return Cell(content=(shown,), tone=tone(position.variance) if attribute == "variance" else "")

    return Row(
        anchor=f"{anchor}-{position.slug}",
        level=position.kind,
        depth=position.depth,
        tone=tone(position.variance),
        sentence=line_sentence(position, data.unit, has_previous=data.has_previous),
        cells=(
            text_cell(position.name),
            cell("expenditure"),
            cell("income"),
            cell("net"),
            cell("variance"),
            _direction_cell(position, data),
        ),
    )


def risks_table(data: QuarterPosition, rows: list[tuple[Prose, str, Prose]], *, anchor: str) -> Table:
    """Financial risks: the risk, its impact, what is done about it."""
    return Table(
        anchor=anchor,
        caption=f"Key financial risks, {data.period.label}",
        columns=(
            Column(key="risk", label="Risk"),
            Column(key="impact", label="Impact"),
            Column(key="mitigation", label="Mitigation"),
        ),
        rows=tuple(
            Row(
                anchor=f"{anchor}-{number}",
                cells=(Cell(content=risk), text_cell(impact), Cell(content=mitigation)),
            )
            for number, (risk, impact, mitigation) in enumerate(rows, start=1)
        ),
    )


def later_events_table(data: QuarterPosition, *, anchor: str) -> Table:
    """What happened after the period's end, and whether the forecast counts on it."""
    return Table(
        anchor=anchor,
        caption=f"After {formatting.long_date(data.period.last_day)}",
        columns=(
            Column(key="event", label="Event"),
            Column(key="happened", label="When"),
            Column(key="amount", label="Amount", unit=Unit.MILLIONS.heading, numeric=True),
            Column(key="in_forecast", label="In the forecast"),
        ),
        rows=tuple(
            Row(
                anchor=f"{anchor}-{event.slug}",
                cells=(
                    text_cell(event.name),
                    text_cell(event.happened),
                    Cell(
                        content=(
                            figure(
                                event.amount,
                                f"event:{event.slug}.amount",
                                held_in=Unit(event.unit or Unit.MILLIONS),
                                shown_in=Unit.MILLIONS,
                                places=1,
                            ),
                        )
                    ),
                    text_cell(event.get_in_forecast_display()),
                ),
            )
            for event in data.later_events
        ),
        notes=("-: no amount is stated.",) if any(event.amount is None for event in data.later_events) else (),
    )


def write_offs_table(data: QuarterPosition, *, anchor: str) -> Table:
    """Debts written off by stream; the totals, which the table does not print, stand in a note."""
    notes: tuple[str, ...] = ()
    if data.write_offs:
        totals = written_off(data)
        notes = (
            f"In all {formatting.count(totals.number, 'record', 'records')} worth "
            f"{formatting.sterling(totals.value, Unit.THOUSANDS)}, {totals.over_5000} of them over £5,000 "
            "(added up here).",
        )
        shown = [
            formatting.as_shown(Money(row.value, Unit(row.unit)).shown_in(Unit.THOUSANDS)) for row in data.write_offs
        ]
        if sum(shown) != formatting.as_shown(totals.value.shown_in(Unit.THOUSANDS)):
            notes += (ROUNDING_NOTE,)
    return Table(
        anchor=anchor,
        caption=f"Debts written off, {data.period.label}",
        columns=(
            Column(key="service", label="Service"),
            Column(key="number", label="Number of records written off", numeric=True),
            Column(key="value", label="Value of write offs", unit=Unit.THOUSANDS.heading, numeric=True),
            Column(key="over_5000", label="Number over £5,000", numeric=True),
        ),
        rows=tuple(
            Row(
                anchor=f"{anchor}-{place}",
                cells=(
                    text_cell(row.stream),
                    _counted(row.number, f"write-offs:{row.stream}.number"),
                    Cell(
                        content=(
                            figure(
                                row.value,
                                f"write-offs:{row.stream}.value",
                                held_in=Unit(row.unit),
                                shown_in=Unit.THOUSANDS,
                            ),
                        )
                    ),
                    _counted(row.over_5000, f"write-offs:{row.stream}.over_5000"),
                ),
            )
            for place, row in enumerate(data.write_offs, start=1)
        ),
        notes=notes,
    )


def _counted(number: int, ref: str) -> Cell:
    return Cell(
        content=(Figure(text=formatting.bracketed(Decimal(number)), ref=ref, value=Decimal(number), unit="count"),)
    )


def limits_table(data: QuarterPosition, *, anchor: str) -> Table:
    """The borrowing limits in force and recommended, with their parts; an unknown part is -."""
    notes = [limits_sentence(data), limits_note(data)]
    if any(limit.stated_total is not None for limit in data.limits):
        notes.append("-: the source does not state this part.")
    if not all(_limit_casts(limit) for limit in data.limits):
        notes.append(ROUNDING_NOTE)
    unit = Unit.MILLIONS.heading
    return Table(
        anchor=anchor,
        caption=f"Borrowing limits, {data.period.year.label}",
        columns=(
            Column(key="limit", label="Limit"),
            Column(key="basis", label="Basis"),
            Column(key="external_borrowing", label="External borrowing", unit=unit, numeric=True),
            Column(key="other_long_term_liabilities", label="Other long-term liabilities", unit=unit, numeric=True),
            Column(key="total", label="Total", unit=unit, numeric=True),
        ),
        rows=tuple(_limit_row(limit, anchor=anchor) for limit in data.limits),
        notes=tuple(note for note in notes if note),
    )


def _limit_casts(limit: BorrowingLimit) -> bool:
    """Whether the parts as printed add up to the total as printed; where a part is unknown nothing is added."""
    if limit.stated_total is not None:
        return True
    shown = [
        formatting.as_shown(Money(amount or formatting.NIL, Unit(limit.unit)).shown_in(Unit.MILLIONS))
        for amount in limit_amounts(limit).values()
    ]
    return shown[0] + shown[1] == shown[2]


def _limit_row(limit: BorrowingLimit, *, anchor: str) -> Row:
    basis = limit.get_basis_display() + (f": {limit.decided}" if limit.decided else "")
    return Row(
        anchor=f"{anchor}-{limit.slug}",
        cells=(
            text_cell(limit.get_kind_display()),
            text_cell(basis),
            *(
                Cell(
                    content=(
                        figure(
                            amount,
                            f"limit:{limit.slug}.{name}",
                            held_in=Unit(limit.unit),
                            shown_in=Unit.MILLIONS,
                        ),
                    )
                )
                for name, amount in limit_amounts(limit).items()
            ),
        ),
    )
