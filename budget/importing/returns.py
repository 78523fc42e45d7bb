"""A file of a quarter's actuals and forecasts: each row what is known of one service, as edits of its line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from budget.calculations.lines import Line, LineEdit, forecast_for
from budget.calculations.position import Amount, Position, known_sum
from budget.calculations.subtotals import Difference, Printed, differences
from budget.importing.adding import wrong_total
from budget.importing.cells import Cells
from budget.importing.columns import OF_RETURNS, columns_of, is_units, known_heads
from budget.importing.days import day_in
from budget.importing.faults import Faults
from budget.importing.services import Services
from budget.importing.sheets import Cell, Sheet, open_table
from budget.importing.stated import Field, Net, Stated, UnstatedFile, Variance
from budget.importing.totals import SAY_SUBTOTAL, Path, UnclearTotal, folded, said
from torbay_reports.core.formatting import count, listed
from torbay_reports.core.money import Unit

_FIGURES: Final = (Field.FORECAST, Field.VARIANCE, Field.ACTUAL)


@dataclass(frozen=True, slots=True)
class ReturnsFile:
    """What a file of returns comes to: edits of what is stored, and what a person should know of the reading."""

    edits: tuple[LineEdit, ...]
    rounding: tuple[Difference, ...] = ()
    totals: int = 0
    notes: tuple[str, ...] = ()


class _TotalRow(NamedTuple):
    row: int
    name: str
    slug: str
    figures: dict[Field, Decimal]


def read_returns(
    data: bytes,
    file_name: str,
    stated: Stated,
    *,
    held_in: Unit,
    positions: Sequence[Position],
    stored: Mapping[str, Line],
) -> ReturnsFile:
    """The edits that a file of actuals, forecasts or variances asks for; nothing is saved.

    A blank cell keeps what is stored. `positions` are the quarter's, `stored` what is entered by the short name of each
    service. Raises what `read_budgets` raises.
    """
    unit = stated.required_unit
    sheet = open_table(data, file_name, sheet=stated.sheet, known_heads=known_heads)
    columns = columns_of(sheet, stated, OF_RETURNS)
    faults = Faults()
    cells = Cells(columns, typed_in=unit, held_in=held_in, faults=faults)
    reading = _Reading(cells, stated, faults, Services(positions), stored, has_groups=bool(columns.groups))
    reading.read(sheet, columns.begin, columns.groups)
    return reading.result([f"Column {each} is not read." for each in columns.unread])


class _Reading:
    """The state of one reading."""

    def __init__(
        self,
        cells: Cells,
        stated: Stated,
        faults: Faults,
        services: Services,
        stored: Mapping[str, Line],
        *,
        has_groups: bool,
    ) -> None:
        self.cells, self.stated, self.faults, self.services, self.stored = cells, stated, faults, services, stored
        self.has_groups = has_groups
        if not set(_FIGURES) & set(cells.figures):
            raise UnstatedFile(
                "columns",
                "The file has no actuals, forecasts or variances to read. Say which column holds which, such as "
                "forecast=C.",
            )
        if {Field.FORECAST, Field.ACTUAL} & set(cells.figures):
            self.turn_net = -1 if stated.required_net is Net.INCOME else 1
        if Field.VARIANCE in cells.figures:
            self.turn_variance = -1 if stated.required_variance is Variance.UNDER else 1
        if Field.ACTUAL in cells.figures and Field.LEDGER_DATE not in cells.heads and stated.ledger_date is None:
            raise UnstatedFile(
                "ledger_date", "State the ledger's date of the actuals: the file has no column headed Ledger date."
            )
        self.rows: dict[str, int] = {}
        self.wanted: dict[str, Line] = {}
        self.given: dict[str, dict[Field, Decimal]] = {}
        self.totals: list[_TotalRow] = []
        self.blank: list[str] = []

    def read(self, sheet: Sheet, begin: int, groups: Sequence[int]) -> None:
        rows, first = sheet.rows[begin:], begin + 1
        if rows and is_units(rows[0]):
            rows, first = rows[1:], first + 1
        above: Path = ("",) * len(groups)
        for number, cells in enumerate(rows, start=first):
            if any(cells):
                above = self._row(number, cells, above)

    def result(self, notes: Iterable[str]) -> ReturnsFile:
        self.faults.refuse()
        found = differences(self._printed())
        for each in found:
            if not each.is_rounding:
                self.faults.add(each.printed.row, wrong_total(each), each.printed.column)
        self.faults.refuse()
        edits = [LineEdit(slug, self.stored.get(slug, Line()), wanted) for slug, wanted in self.wanted.items()]
        said = [*notes, *self.cells.notes]
        if self.blank:
            said.append(f"Blank, so that what is stored stays: {'; '.join(self.blank)}.")
        missing = [each.name for each in self.services.leaves if each.slug not in self.rows]
        if missing:
            said.append(f"Not in the file: {count(len(missing), 'service', 'services')} ({listed(missing)}).")
        return ReturnsFile(tuple(each for each in edits if each.changed), found, len(self.totals), tuple(said))

    def _row(self, number: int, cells: Sequence[Cell], above: Path) -> Path:
        own, name = self.cells.groups(cells), self.cells.text(cells, Field.SERVICE, number)
        groups = self.cells.carried(own, above)
        near = tuple(folded(each) for each in groups if each)
        figures = self.cells.sums(cells, number)
        try:
            marked = said(self.cells.words(cells, Field.SUBTOTAL))
            total = self.services.total(name, own, near, marked=marked, has_groups=self.has_groups)
            service = None if total else self.services.find(self.cells.words(cells, Field.SLUG), name, near)
        except UnclearTotal as unclear:
            if figures:
                self.faults.add(number, f"{unclear} {SAY_SUBTOTAL}")
            return above
        except LookupError as unknown:
            if figures:
                self.faults.add(number, str(unknown.args[0]))
            return groups
        turned = {field: self._turned(field, amount) for field, amount in figures.items()}
        if total is not None:
            self.totals.append(_TotalRow(number, name or total.name, total.slug, turned))
        elif service is not None:
            self._service(number, cells, service, turned)
        return groups

    def _turned(self, field: Field, amount: Decimal) -> Decimal:
        turn = self.turn_variance if field is Field.VARIANCE else self.turn_net
        return amount * turn if amount else amount

    def _service(self, number: int, cells: Sequence[Cell], service: Position, figures: dict[Field, Decimal]) -> None:
        before = self.rows.setdefault(service.slug, number)
        if before != number:
            self.faults.add(number, f"{service.name} stands in row {before} already. Delete one of the two.")
            return
        line = self.stored.get(service.slug, Line())
        forecast = self._forecast(number, service, figures)
        if forecast is not None:
            line = replace(line, forecast=forecast)
        actual = figures.get(Field.ACTUAL)
        if actual is not None:
            day = self._ledger_date(number, cells)
            if day is not None:
                line = replace(line, actual=actual, ledger_date=day)
        reason = self.cells.text(cells, Field.REASON, number)
        if reason:
            line = replace(line, reason=reason)
        absent = [self.cells.heads[each] for each in self.cells.figures if each not in figures]
        if absent:
            self.blank.append(f"row {number}, {service.name}: {listed(absent)}")
        self.wanted[service.slug] = line
        self.given[service.slug] = figures

    def _forecast(self, number: int, service: Position, figures: dict[Field, Decimal]) -> Amount:
        """The forecast, typed or from the variance; where both are there they agree, to the rounding of both."""
        forecast, variance = figures.get(Field.FORECAST), figures.get(Field.VARIANCE)
        meant = forecast_for(variance, service.net)
        if forecast is None or meant is None:
            return meant if forecast is None else forecast
        grain = max(self.cells.grain(Field.FORECAST), self.cells.grain(Field.VARIANCE))
        if abs(forecast - meant) >= grain:
            self.faults.add(
                number,
                f"the forecast of {service.name} is {forecast:,.2f}, and its variance of {variance:,.2f} on the "
                f"current budget of {service.net or 0:,.2f} means {meant:,.2f}. Correct one, or leave one column out.",
            )
        return forecast

    def _ledger_date(self, number: int, cells: Sequence[Cell]) -> date | None:
        text = self.cells.words(cells, Field.LEDGER_DATE)
        if not text:
            if self.stated.ledger_date is None:
                self.faults.add(number, "the actual has no ledger date. Write one like 30/06/2017.")
            return self.stated.ledger_date
        day = day_in(text)
        if day is None:
            head = self.cells.heads[Field.LEDGER_DATE]
            self.faults.add(number, f"“{text}” is no day. Write one like 30/06/2017.", head)
        return day

    def _printed(self) -> list[Printed]:
        """Each figure of each total with the sum of what the services below it hold once the file is in."""
        found = []
        for total in self.totals:
            below = self.services.below(total.slug)
            for field, amount in total.figures.items():
                amounts = [self._held(service, field) for service in below]
                computed = known_sum(amounts) or Decimal(0)
                known = sum(each is not None for each in amounts)
                grain = self.cells.grain(field)
                found.append(Printed(total.row, total.name, self.cells.heads[field], amount, computed, known, grain))
        return found

    def _held(self, service: Position, field: Field) -> Amount:
        typed = self.given.get(service.slug, {}).get(field)
        if typed is not None:
            return typed
        line = self.wanted.get(service.slug, self.stored.get(service.slug, Line()))
        if field is Field.ACTUAL:
            return line.actual
        if line.forecast is None or field is Field.FORECAST:
            return line.forecast
        return line.forecast - (service.net or Decimal(0))
