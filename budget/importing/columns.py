"""Which column means what: by its head, or as it was named by hand; never by what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from budget.importing.sheets import Cell, Sheet, column_letters, words
from budget.importing.stated import FIGURES, Field, Stated, UnstatedFile
from torbay_reports.core.formatting import listed
from torbay_reports.core.money import Unit
from torbay_reports.core.reading import UnreadableFile

HEADS: Final[dict[str, Field]] = {
    **dict.fromkeys(("group", "directorate", "portfolio", "department", "division", "level"), Field.GROUP),
    **dict.fromkeys(("service", "service area", "services", "budget heading"), Field.SERVICE),
    **dict.fromkeys(("short name", "slug"), Field.SLUG),
    **dict.fromkeys(("code", "cost centre", "ledger code", "account", "account code"), Field.CODE),
    **dict.fromkeys(("name", "description", "line"), Field.NAME),
    **dict.fromkeys(("side", "type", "expenditure or income"), Field.SIDE),
    **dict.fromkeys(("subtotal", "sub-total", "is subtotal"), Field.SUBTOTAL),
    **dict.fromkeys(("amount", "budget"), Field.AMOUNT),
    **dict.fromkeys(("expenditure", "gross expenditure", "expenditure budget"), Field.EXPENDITURE),
    **dict.fromkeys(("income", "gross income", "income budget"), Field.INCOME),
    **dict.fromkeys(("net", "net budget", "net expenditure"), Field.NET),
    **dict.fromkeys(("actual", "actuals", "actual to date", "spend to date"), Field.ACTUAL),
    **dict.fromkeys(("ledger date", "as at"), Field.LEDGER_DATE),
    **dict.fromkeys(("forecast", "forecast outturn", "projected outturn"), Field.FORECAST),
    **dict.fromkeys(("variance", "forecast variance"), Field.VARIANCE),
    **dict.fromkeys(("reason", "explanation"), Field.REASON),
}

TEXTS: Final = (Field.GROUP, Field.SERVICE, Field.SLUG, Field.CODE, Field.NAME, Field.SUBTOTAL)
OF_BUDGETS: Final = frozenset({*TEXTS, Field.SIDE, Field.AMOUNT, Field.EXPENDITURE, Field.INCOME, Field.NET})
OF_RETURNS: Final = frozenset({*TEXTS, Field.ACTUAL, Field.LEDGER_DATE, Field.FORECAST, Field.VARIANCE, Field.REASON})

_LOOKED_AT: Final = 30
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\s*[-/–]\s*(?:\d\d){1,2}\b")
_UNITS: Final = (
    (re.compile(r"£\s*['’]?000s?\b|£k\b|\bthousands\b", re.IGNORECASE), Unit.THOUSANDS),
    (re.compile(r"£\s*m(?:illions?)?\b|\bmillions\b", re.IGNORECASE), Unit.MILLIONS),
    (re.compile(r"£(?!\s*['’]?\w)|\bpounds\b", re.IGNORECASE), Unit.POUNDS),
)
_LETTERS: Final = re.compile(r"[A-Z]{1,2}")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each meaning stands, by place from 0; the first row of figures, by place; the columns left unread."""

    places: dict[Field, int]
    groups: tuple[int, ...]
    heads: Sequence[Cell]
    begin: int
    unread: tuple[str, ...] = ()

    def has(self, *fields: Field) -> bool:
        """Whether there is a column for each."""
        return all(each in self.places for each in fields)

    def head(self, field: Field) -> str:
        """The column as a person knows it: its head, or its letter."""
        at = self.places[field]
        return (words(self.heads[at]) if at < len(self.heads) else "") or f"column {column_letters(at)}"


def known_heads(row: Sequence[Cell]) -> int:
    """How many cells are heads that mean something here."""
    return sum(_meaning(cell) is not None for cell in row)


def columns_of(sheet: Sheet, stated: Stated, wanted: frozenset[Field]) -> Columns:
    """The columns of the file; of those that mean something only the wanted ones. Raises UnreadableFile.

    The row of heads is the one of the first thirty that has most of them; rows above it are left out.
    """
    best = _head_row(sheet, stated)
    heads = sheet.rows[best] if best is not None else ()
    places, groups = _named(stated, heads)
    taken = {*places.values(), *groups}
    unread = []
    found: dict[Field, list[int]] = {}
    for at, cell in enumerate(heads):
        meaning = None if at in taken else _meaning(cell)
        if meaning in wanted and meaning not in places and not (meaning is Field.GROUP and groups):
            found.setdefault(meaning, []).append(at)
        elif at not in taken and words(cell):
            unread.append(f"{column_letters(at)} “{words(cell)}”")
    groups = groups or tuple(found.pop(Field.GROUP, ()))
    for meaning, columns in found.items():
        if len(columns) > 1:
            letters = listed([column_letters(at) for at in columns])
            raise UnstatedFile(
                "columns", f"Columns {letters} are all headed as {meaning}. Say which it is: {meaning}={letters[0]}."
            )
        places[meaning] = columns[0]
    if Field.SERVICE not in places:
        raise UnstatedFile("columns", "No column is headed Service. Say which names the services, such as service=A.")
    begin = _first_figure(sheet, places) if best is None else best + 1
    chosen = Columns(places, groups, heads, begin, tuple(unread))
    _require_unit(chosen, sheet, stated.required_unit)
    return chosen


def _head_row(sheet: Sheet, stated: Stated) -> int | None:
    """The place of the row of heads; None where it has none that is known, and columns are named by their letters."""
    columns = [each for named in stated.columns.values() for each in named]
    named = {_folded(each) for each in columns if not _LETTERS.fullmatch(each.upper())}

    def heads_in(row: Sequence[Cell]) -> int:
        return sum(_meaning(cell) is not None or _folded(words(cell)) in named for cell in row if words(cell))

    counts = [heads_in(row) for row in sheet.rows[:_LOOKED_AT]]
    most = max(counts, default=0)
    if not most and not stated.columns:
        raise UnreadableFile(
            "No row has heads that are known here, such as Service, Expenditure and Income. Add a row of heads, or say "
            "which column is which."
        )
    return counts.index(most) if most else None


def _first_figure(sheet: Sheet, places: dict[Field, int]) -> int:
    """The place of the first row that has a digit in a column of figures: what stands above are heads."""
    columns = [at for meaning, at in places.items() if meaning in FIGURES]
    for number, row in enumerate(sheet.rows):
        if any(at < len(row) and any(sign.isdigit() for sign in _bare(str(row[at]))) for at in columns):
            return number
    return 0


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _meaning(cell: Cell) -> Field | None:
    if not isinstance(cell, str) or not cell:
        return None
    text = _YEAR.sub(" ", cell.casefold())
    for pattern, _ in _UNITS:
        text = pattern.sub(" ", text)
    text = " ".join(re.sub(r"[()\[\]:*]", " ", text).split())
    level = re.fullmatch(r"(group|level|directorate|tier)\s*\d", text)
    return Field.GROUP if level else HEADS.get(text)


def _named(stated: Stated, heads: Sequence[Cell]) -> tuple[dict[Field, int], tuple[int, ...]]:
    places: dict[Field, int] = {}
    groups: tuple[int, ...] = ()
    taken: dict[int, Field] = {}
    for meaning, columns in stated.columns.items():
        found = tuple(_place(column, heads) for column in columns)
        for at in found:
            if at in taken:
                raise UnstatedFile(
                    "columns", f"Column {column_letters(at)} is named as {taken[at]} and as {meaning}. Name it once."
                )
            taken[at] = meaning
        if meaning is Field.GROUP:
            groups = found
        else:
            places[meaning] = found[0]
    return places, groups


def _place(column: str, heads: Sequence[Cell]) -> int:
    """The place of a column that is named by its head, or by its letter."""
    wanted = _folded(column)
    found = [at for at, cell in enumerate(heads) if _folded(words(cell)) == wanted]
    if len(found) == 1:
        return found[0]
    if _LETTERS.fullmatch(column.upper()) and not found:
        number = 0
        for letter in column.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        if number <= 100:
            return number - 1
    raise UnstatedFile(
        "columns",
        f"{'Several columns are' if found else 'No column is'} headed “{column}”. Name the column by its letter, such "
        "as service=B.",
    )


def _require_unit(columns: Columns, sheet: Sheet, unit: Unit) -> None:
    """Refuse a head, or a row of units below the heads, that names another unit than the stated one."""
    below = sheet.rows[columns.begin] if columns.begin < len(sheet.rows) else ()
    for row, cells in ((columns.begin, columns.heads), (columns.begin + 1, below)):
        for at in columns.places.values():
            cell = cells[at] if at < len(cells) else ""
            is_head = isinstance(cell, str) and not any(sign.isdigit() for sign in _bare(cell))
            said = _unit_in(str(cell)) if is_head else None
            if said is not None and said is not unit:
                raise UnstatedFile(
                    "unit",
                    f"Row {row}, column {column_letters(at)} says {said.heading} (“{words(cell)}”), and the unit was "
                    f"stated as {unit}. State the one that is right, or correct the head.",
                )


def _bare(text: str) -> str:
    """The text without years and units, in which a digit is part of a figure."""
    text = _YEAR.sub(" ", text)
    for pattern, _ in _UNITS:
        text = pattern.sub(" ", text)
    return text


def _unit_in(text: str) -> Unit | None:
    return next((unit for pattern, unit in _UNITS if pattern.search(text)), None)


def is_units(cells: Sequence[Cell]) -> bool:
    """Whether a row says nothing but units, as the one below the heads of many tables does."""
    texts = [words(cell) for cell in cells if words(cell)]
    return bool(texts) and all(_unit_in(text) is not None and not _bare(text).strip("() ") for text in texts)
