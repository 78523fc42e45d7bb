"""The cells of a row by what they mean: names, texts and sums."""

from collections.abc import Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Final

from budget.importing.columns import Columns
from budget.importing.faults import Faults
from budget.importing.sheets import Cell, words
from budget.importing.stated import FIGURES, Field
from budget.importing.sums import Sums
from budget.importing.totals import Path, total_of
from torbay_reports.core.money import Unit
from torbay_reports.core.reading import LARGEST_SUM

Raw = tuple[Cell, ...]
"""What a row has in the cells that say where it belongs, as it stands there."""

LONGEST: Final = {Field.SERVICE: 200, Field.NAME: 200, Field.CODE: 60, Field.SLUG: 80, Field.REASON: 10_000}


class Cells:
    """Reads rows by the columns of one file; what is wrong in them goes to `faults`."""

    def __init__(self, columns: Columns, *, typed_in: Unit, held_in: Unit, faults: Faults) -> None:
        self.figures = [each for each in columns.places if each in FIGURES]
        self.heads = {each: columns.head(each) for each in columns.places}
        self._places = columns.places
        self._groups = columns.groups
        self._figure_places = [(each, columns.places[each]) for each in self.figures]
        naming = [*columns.groups]
        naming += [columns.places[each] for each in (Field.SERVICE, Field.SLUG, Field.SUBTOTAL) if columns.has(each)]
        self._naming, self._last_naming = naming, max(naming)
        self._pick = itemgetter(*naming) if len(naming) > 1 else None
        self._faults = faults
        self._sums = Sums(typed_in=typed_in, held_in=held_in, faults=faults)
        self.grain = self._sums.grain
        self.notes = self._sums.notes

    def named(self, cells: Sequence[Cell]) -> Raw:
        """The cells that say where the row belongs: rows in which they are alike belong to the same service."""
        if self._pick is not None and len(cells) > self._last_naming:
            picked: Raw = self._pick(cells)
            return picked
        return tuple(cells[at] if at < len(cells) else "" for at in self._naming)

    def groups(self, cells: Sequence[Cell]) -> Path:
        """The names in the columns for groups, empty where a cell is."""
        return tuple(words(cells[at]) if at < len(cells) and cells[at] else "" for at in self._groups)

    def carried(self, own: Path, above: Path) -> Path:
        """The groups that a row stands in: its own ones, and before its first own one those of the row above.

        A total's name is no group.
        """
        first = next((at for at, name in enumerate(own) if name), None)
        if first is None:
            return above
        if total_of(own[first]) is not None:
            return (*above[:first], *("" for _ in own[first:]))
        return (*above[:first], *(name if total_of(name) is None else "" for name in own[first:]))

    def is_total_named(self, own: Path, service: str) -> bool:
        """Whether any name of the row is that of a total."""
        return any(name and total_of(name) is not None for name in (*own, service))

    def raw(self, cells: Sequence[Cell], field: Field) -> Cell:
        """A cell as it stands there; empty where the file has no such column."""
        at = self._places.get(field)
        return cells[at] if at is not None and at < len(cells) else ""

    def words(self, cells: Sequence[Cell], field: Field) -> str:
        """The text of a cell on one line; empty where the file has no such column."""
        at = self._places.get(field)
        return words(cells[at]) if at is not None and at < len(cells) and cells[at] else ""

    def text(self, cells: Sequence[Cell], field: Field, row: int) -> str:
        """The same for a text that is stored: what is too long, and a formula, is a fault."""
        at = self._places.get(field)
        if at is None or at >= len(cells):
            return ""
        text = words(cells[at])
        if len(text) > LONGEST[field]:
            problem = f"the text has {len(text):,} characters. Shorten it to {LONGEST[field]:,} at most."
            self._faults.add(row, problem, self.heads[field])
        elif text[:1] == "=":
            self._faults.add(row, "the cell holds a formula. Save the file with values only.", self.heads[field])
        return text

    def sums(self, cells: Sequence[Cell], row: int) -> dict[Field, Decimal]:
        """The sums of a row that are there, in the year's unit; what cannot be read is a fault."""
        found = {}
        for field, at in self._figure_places:
            cell = cells[at] if at < len(cells) else ""
            if cell == "":
                continue
            amount = self._sums.read(cell, row, field, self.heads[field])
            if amount is None:
                continue
            if abs(amount) >= LARGEST_SUM:
                self._faults.add(row, f"{amount:,f} is too large to be kept.", self.heads[field])
            found[field] = amount
        return found
