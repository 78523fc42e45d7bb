"""What every kind of file comes to: sheets with rows of text cells, each with its place as the person sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from improvement.importing.opening.files import UnreadableTracker
from improvement.importing.report import Place

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of cells from the first column on. In `carried` are the columns that a merged cell above reaches into.

    `spans` says of a cell merged over several columns how many, `colours` of a coloured cell which, by whatever name.
    """

    place: Place
    cells: tuple[str, ...]
    carried: frozenset[int] = frozenset()
    spans: Mapping[int, int] = field(default_factory=dict)
    colours: Mapping[int, str] = field(default_factory=dict)

    @property
    def filled(self) -> dict[int, str]:
        """The cells with words of their own, by column from 0."""
        return {at: text for at, text in enumerate(self.cells) if text.strip() and at not in self.carried}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, a table of a document or the words between two, or a whole CSV file.

    A sheet that `may_continue` needs no header row of its own: a table goes on with the columns of the one before.
    One that `is_loose` holds words that stand outside the tables: only a heading among them belongs to the tracker.
    `problem` is why the sheet cannot be read; it counts only where the sheet turns out to hold the tracker.
    """

    name: str
    rows: tuple[GridRow, ...]
    may_continue: bool = True
    is_loose: bool = False
    problem: str = ""


def column_letters(number: int) -> str:
    """The letters of a column, from 1: "A", "Z", "AA"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def too_many_rows(where: str) -> UnreadableTracker:
    """The refusal of what is too long to be a tracker."""
    return UnreadableTracker(f"{where}: there are more than {MOST_ROWS:,} rows. Delete what is not the tracker.")


def too_many_columns(where: str) -> UnreadableTracker:
    """The refusal of what is too wide to be a tracker."""
    return UnreadableTracker(f"{where}: there are more than {MOST_COLUMNS} columns. Delete what is not the tracker.")
