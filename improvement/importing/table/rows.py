"""The rows of the tracker, by the eight columns."""

from dataclasses import dataclass, field

from improvement.importing.report import Notes, Place
from improvement.importing.table.columns import COLUMNS, Column, OwnColumn
from improvement.importing.table.furniture import PAGE_LABEL
from improvement.importing.texts import on_one_line, shortened


@dataclass(slots=True)
class TrackerRow:
    """A row of the tracker. `after_break` says that a page, a table or a sheet begins with it.

    `overflow` is what stands one column beyond the last, where a shifted row ends.
    """

    place: Place
    cells: dict[Column, str]
    own: dict[OwnColumn, str] = field(default_factory=dict)
    after_break: bool = False
    overflow: str = ""

    @property
    def filled(self) -> tuple[Column, ...]:
        """The columns with words, in the order of print."""
        return tuple(column for column in COLUMNS if self.cells[column])

    @property
    def is_marked(self) -> bool:
        """Whether the row says itself what it is, as in our own export."""
        return bool(self.own.get(OwnColumn.STEP))


@dataclass(frozen=True, slots=True)
class TrackerRows:
    """What the file holds of the tracker: its title, empty where it has none, and its rows."""

    title: str
    rows: tuple[TrackerRow, ...]
    begins_at: Place
    may_be_shifted: bool


def without_page_label(row: TrackerRow, notes: Notes) -> None:
    """Take a page label out of the first cell: "Page 14 1.1" leaves "1.1"."""
    label = PAGE_LABEL.match(row.cells[Column.NOS])
    if label is None:
        return
    words = on_one_line(label[0])
    row.cells[Column.NOS] = row.cells[Column.NOS][label.end() :].strip()
    left = f", which leaves “{shortened(row.cells[Column.NOS])}”" if row.cells[Column.NOS] else ""
    notes.repaired("page label", row.place, f"The page label “{words}” was taken out of the first column{left}.")
