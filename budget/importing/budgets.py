"""A file of budget lines: each row one line of a service, or its expenditure and its income side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from budget.calculations.subtotals import Difference, Printed, differences
from budget.importing.adding import EXPENDITURE, INCOME, TotalRow, printed_totals, wrong_total
from budget.importing.cells import Cells, Raw
from budget.importing.columns import OF_BUDGETS, Columns, columns_of, is_units, known_heads
from budget.importing.faults import Faults
from budget.importing.sheets import Cell, Sheet, open_table
from budget.importing.stated import Field, Income, Stated, UnstatedFile
from budget.importing.totals import SAY_SUBTOTAL, Path, Totals, UnclearTotal, folded, said
from torbay_reports.core.collecting import no_collecting
from torbay_reports.core.money import Unit

STRIDE: Final = 5_000
_SIDES: Final[dict[Cell, str]] = {
    **dict.fromkeys(("expenditure", "spending", "spend", "exp", "e"), EXPENDITURE),
    **dict.fromkeys(("income", "inc", "i"), INCOME),
}


@dataclass(eq=False, slots=True)
class FileService:
    """A service as a file names it: the names above it from the top down, and its short name where the file has one.

    `first_row` is where it stands first, `path` that by which totals find it; `seen` has the row of each side and code.
    """

    groups: Path
    service: str
    slug: str
    path: Path
    first_row: int
    seen: dict[tuple[str, str], int] = field(default_factory=dict)


class FileLine(NamedTuple):
    """One side of a row, with the sum as it is held: expenditure positive, income negative, in the year's unit."""

    row: int
    service: FileService
    kind: str
    code: str
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BudgetFile:
    """What a file of budget lines comes to: totals that differ are all ones that the rounding of rows explains."""

    unit: Unit
    services: tuple[FileService, ...]
    lines: tuple[FileLine, ...]
    rounding: tuple[Difference, ...] = ()
    totals: int = 0
    notes: tuple[str, ...] = ()


def read_budgets(
    data: bytes,
    file_name: str,
    stated: Stated,
    *,
    held_in: Unit | None = None,
    known: Iterable[Path] = (),
    done: Callable[[int], None] = lambda rows: None,
) -> BudgetFile:
    """The budget lines of a file, its totals checked and left out; nothing is saved.

    `held_in` is the unit of a year that is there, the stated one by default; `known` are the paths of its services,
    by which a file without columns for groups knows them. `done` hears of rows that are read.

    Raises UnstatedFile for what must be stated, UnreadableFile for what is no such file, and RefusedRows with every
    fault, its row and its cure.
    """
    unit = stated.required_unit
    with no_collecting():
        sheet = open_table(data, file_name, sheet=stated.sheet, known_heads=known_heads)
        reading = _Reading(columns_of(sheet, stated, OF_BUDGETS), stated, held_in or unit, known)
        reading.read(sheet, done)
        return reading.result()


class _Reading:
    """The state of one reading."""

    def __init__(self, columns: Columns, stated: Stated, unit: Unit, known: Iterable[Path]) -> None:
        self.columns, self.unit, self.has_credits = columns, unit, stated.has_credits
        self.faults = Faults()
        self.cells = Cells(columns, typed_in=stated.required_unit, held_in=unit, faults=self.faults)
        self.lines: list[FileLine] = []
        self.services: dict[tuple[Path, str, str], FileService] = {}
        self.known_rows: dict[Raw, tuple[Path, FileService]] = {}
        self.total_rows: list[TotalRow] = []
        self.printed: list[Printed] = []
        self.totals = Totals()
        self.known = list(known) if not columns.groups else []
        for path in self.known:
            self.totals.learn(path)
        self.is_sided = columns.has(Field.AMOUNT, Field.SIDE)
        if not self.is_sided and not {Field.EXPENDITURE, Field.INCOME} & columns.places.keys():
            raise UnstatedFile(
                "columns",
                "The file has no sums to read. Say which columns hold expenditure and income, or a sum (amount) and "
                "whether it is expenditure or income (side), such as expenditure=C and income=D.",
            )
        self.sides: tuple[tuple[str, Field], ...] = ((EXPENDITURE, Field.EXPENDITURE), (INCOME, Field.INCOME))
        needs_sign = self.is_sided or columns.has(Field.INCOME)
        self.is_negative = needs_sign and stated.required_income is Income.NEGATIVE
        self.notes = [f"Column {each} is not read." for each in columns.unread]

    def read(self, sheet: Sheet, done: Callable[[int], None]) -> None:
        """Go through all rows: first the names, by which totals are known, then the rows themselves."""
        rows, first = sheet.rows[self.columns.begin :], self.columns.begin + 1
        if rows and is_units(rows[0]):
            rows, first = rows[1:], first + 1
        above: Path = ("",) * len(self.columns.groups)
        named = [self.cells.named(cells) for cells in rows]
        if self.columns.groups:
            self._learn(rows, named, above)
        for number, (cells, raw) in enumerate(zip(rows, named, strict=True), start=first):
            known = self.known_rows.get(raw)
            if known is not None:
                above, service = known
                figures = self.cells.sums(cells, number)
                if figures:
                    self._line(number, cells, service, figures)
            elif any(cells):
                above = self._row(number, cells, above)
            if number % STRIDE == 0:
                done(STRIDE)
        if not self.lines:
            self.faults.add(first, "no row below the heads holds a sum. Choose the file that holds the budget.")

    def result(self) -> BudgetFile:
        """Raises RefusedRows where a row cannot be taken in or a total is wrong."""
        self.faults.refuse()
        grain = max(self.cells.grain(each) for each in self.cells.figures if each is not Field.NET)
        lines = ((line.service.path, line.kind, line.amount) for line in self.lines)
        self.printed += printed_totals(self.total_rows, lines, grain, self.faults)
        found = differences(self.printed)
        for each in found:
            if not each.is_rounding:
                self.faults.add(each.printed.row, wrong_total(each), each.printed.column)
        self.faults.refuse()
        notes = (*self.notes, *self.cells.notes)
        services = tuple(each for each in self.services.values() if each.seen)
        return BudgetFile(self.unit, services, tuple(self.lines), found, len(self.total_rows), notes)

    def _learn(self, rows: Iterable[Sequence[Cell]], named: Iterable[Raw], above: Path) -> None:
        met: dict[Raw, Path] = {}
        for cells, raw in zip(rows, named, strict=True):
            if raw in met:
                above = met[raw]
                continue
            own, service = self.cells.groups(cells), self.cells.words(cells, Field.SERVICE)
            above = self.cells.carried(own, above)
            if all(own):
                met[raw] = above
            if service and not self.cells.is_total_named(own, service):
                self.totals.learn((*(name for name in above if name), service))

    def _row(self, number: int, cells: Sequence[Cell], above: Path) -> Path:
        """Take a row in; the groups that stand above the next row."""
        own, service = self.cells.groups(cells), self.cells.text(cells, Field.SERVICE, number)
        groups = self.cells.carried(own, above)
        near = tuple(folded(each) for each in groups if each)
        figures = self.cells.sums(cells, number)
        try:
            marked = said(self.cells.words(cells, Field.SUBTOTAL))
            total = self.totals.of_row(service, own, near, marked=marked, has_groups=bool(self.columns.groups))
        except UnclearTotal as unclear:
            if figures:
                self.faults.add(number, f"{unclear} {SAY_SUBTOTAL}")
            return above
        if total is not None:
            self._total(number, cells, service or next((each for each in reversed(own) if each), ""), total, figures)
        elif figures and not service:
            self.faults.add(number, "the row has sums and names no service. Name it, or delete the row.")
        elif figures:
            found = self._service(number, cells, tuple(each for each in groups if each), service)
            if all(own):
                self.known_rows[self.cells.named(cells)] = groups, found
            self._line(number, cells, found, figures)
        return groups

    def _service(self, number: int, cells: Sequence[Cell], groups: Path, service: str) -> FileService:
        slug = self.cells.text(cells, Field.SLUG, number)
        key = groups, service, slug
        found = self.services.get(key)
        if found is None:
            found = self.services[key] = FileService(groups, service, slug, self._path(groups, service), number)
        return found

    def _total(self, number: int, cells: Sequence[Cell], name: str, path: Path, figures: dict[Field, Decimal]) -> None:
        heads = dict(self.cells.heads)
        side = self._side(cells, number, may_lack=True) if self.is_sided and figures else ""
        if side and Field.AMOUNT in figures:
            figures = {Field(side): figures[Field.AMOUNT]}
            heads[Field(side)] = heads[Field.AMOUNT]
        if Field.INCOME in figures and not self.is_negative:
            figures[Field.INCOME] = -figures[Field.INCOME]
        if figures:
            self.total_rows.append(TotalRow(number, name, path, figures, heads))

    def _line(self, number: int, cells: Sequence[Cell], service: FileService, figures: dict[Field, Decimal]) -> None:
        text = self.cells.text
        code, name = text(cells, Field.CODE, number), text(cells, Field.NAME, number)
        sides = self.sides
        if self.is_sided:
            side = self._side(cells, number)
            sides = ((side, Field.AMOUNT),) if side else ()
        net, read = Decimal(0), 0
        for kind, column in sides:
            typed = figures.get(column)
            if typed is None:
                continue
            amount = self._signed(kind, typed, number, self.cells.heads[column])
            net, read = net + amount, read + 1
            before = service.seen.setdefault((kind, code), number)
            if before != number:
                self.faults.add(
                    number,
                    f"{service.service} has {kind}{f' under the code {code}' if code else ''} in row {before} already. "
                    "Delete one of the two, or give each line its ledger code.",
                )
            self.lines.append(FileLine(number, service, kind, code, name, amount))
        if Field.NET in figures and read:
            grain = max(self.cells.grain(column) for _, column in sides)
            head = self.cells.heads[Field.NET]
            self.printed.append(Printed(number, service.service, head, figures[Field.NET], net, read, grain))

    def _path(self, groups: Path, service: str) -> Path:
        """The path by which a total finds the line: the year's own, where the file has no columns for groups."""
        path = (*(folded(each) for each in groups), folded(service))
        if self.known:
            found = [each for each in self.totals.paths.get(path[-1], ()) if each not in self.totals.below]
            return found[0] if len(found) == 1 else path
        return path

    def _signed(self, kind: str, typed: Decimal, number: int, head: str) -> Decimal:
        """The sum as it is held; a wrong sign is a fault."""
        if not typed:
            return typed
        if kind == EXPENDITURE:
            if typed < 0 and not self.has_credits:
                self.faults.add(
                    number,
                    f"{typed:,f} is negative, and expenditure is positive. Turn its sign, move it to income, or state "
                    "that the file has credits in its expenditure.",
                    head,
                )
            return typed
        if (typed > 0) is self.is_negative:
            shown, other = ("negative", "positive") if self.is_negative else ("positive", "negative")
            self.faults.add(
                number,
                f"{typed:,f} is {other}, and the file was said to show income as {shown}. Turn its sign, or state that "
                f"income is {other}.",
                head,
            )
        return -abs(typed)

    def _side(self, cells: Sequence[Cell], number: int, *, may_lack: bool = False) -> str:
        side = _SIDES.get(self.cells.raw(cells, Field.SIDE))
        if side is not None:
            return side
        text = self.cells.words(cells, Field.SIDE)
        side = _SIDES.get(folded(text), "")
        if not side and not (may_lack and not text):
            head = self.cells.heads[Field.SIDE]
            self.faults.add(number, f"“{text}” says neither expenditure nor income. Write one of the two.", head)
        return side
