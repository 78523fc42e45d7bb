"""The sums in a file's cells, in the unit in which the year is held, with the digit to which each column is printed."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from budget.calculations.amounts import UnreadableSum, read_sum
from budget.importing.faults import Faults
from budget.importing.sheets import Cell
from budget.importing.stated import Field
from torbay_reports.core.money import Unit
from torbay_reports.core.reading import LARGEST_SUM

_PLAIN: Final = re.compile(r"-?[1-9][0-9]{0,14}(?:\.[0-9]{2})?|0")
"""What needs no rule to be read: most cells of a ledger's file."""

_SIGNED_NIL: Final = re.compile(r"[-−–(]\s*£?\s*0+(?:\.0*)?\s*\)?")

_ONE: Final = Decimal(1)
_PENCE: Final = Decimal("0.01")
_DECIMALS: Final = re.compile(r"\.([0-9]+)")
_SUFFIX: Final = re.compile(r"([km])\s*\)?\s*$", re.IGNORECASE)
_SUFFIXES: Final = {"k": Unit.THOUSANDS, "m": Unit.MILLIONS}


class Sums:
    """Reads one file's cells, and gathers what is wrong with them and what is worth telling."""

    def __init__(self, *, typed_in: Unit, held_in: Unit, faults: Faults) -> None:
        self.grains: dict[Field, Decimal] = {}
        self.notes: list[str] = []
        self._faults = faults
        self._held_in = held_in
        self._scale = typed_in.scale / held_in.scale
        self._is_plain = _PLAIN.fullmatch if typed_in is held_in else None

        @lru_cache(maxsize=50_000)
        def read(text: str) -> Decimal | None:
            return read_sum(text, typed_in=typed_in, held_in=held_in)

        self._read: Callable[[str], Decimal | None] = read

    def read(self, cell: Cell, row: int, field: Field, head: str) -> Decimal | None:
        """The sum in the year's unit; None for a blank cell, and for one that cannot be read, which is a fault."""
        if isinstance(cell, str):
            if self._is_plain is not None and self._is_plain(cell):
                self._note_grain(_PENCE if cell[-3:-2] == "." else _ONE, field)
                return Decimal(cell)
            return self._typed(cell, row, field, head)
        if isinstance(cell, date):
            self._faults.add(row, f"{cell.isoformat()} is a day, not a sum. Type the sum.", head)
            return None
        return self._number(cell, row, field, head)

    def _typed(self, text: str, row: int, field: Field, head: str) -> Decimal | None:
        try:
            amount = self._read(text)
        except UnreadableSum as problem:
            self._faults.add(row, str(problem), head)
            return None
        if amount is None:
            return None
        if amount == 0:
            if _SIGNED_NIL.fullmatch(text.strip()):
                self.notes.append(f"Row {row}, {head}: “{text.strip()}” is read as nil.")
            return Decimal(0)
        self._note_grain(self._grain_in(text), field)
        return amount

    def _number(self, number: Decimal, row: int, field: Field, head: str) -> Decimal | None:
        amount = number * self._scale
        if amount != round(amount, 2) or abs(amount) >= LARGEST_SUM:
            self._faults.add(
                row,
                f"{number:,f} has more digits than are kept: two decimals of the unit in which the year is held. "
                "Round it there, on purpose, or state another unit.",
                head,
            )
            return None
        exponent = number.as_tuple().exponent
        self._note_grain(_ONE.scaleb(min(exponent, 0) if isinstance(exponent, int) else 0) * self._scale, field)
        return amount

    def grain(self, field: Field) -> Decimal:
        """One of the last digit in which the column is printed anywhere, in the year's unit."""
        return self.grains.get(field, self._scale)

    def _grain_in(self, text: str) -> Decimal:
        """One of the last digit of a sum as it is typed: £1.4m is known to a tenth of a million."""
        decimals = _DECIMALS.search(text)
        suffix = _SUFFIX.search(text)
        scale = self._scale if suffix is None else _SUFFIXES[suffix[1].lower()].scale / self._held_in.scale
        return _ONE.scaleb(-len(decimals[1]) if decimals else 0) * scale

    def _note_grain(self, grain: Decimal, field: Field) -> None:
        if grain < self.grains.get(field, grain + 1):
            self.grains[field] = grain
