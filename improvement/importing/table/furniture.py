"""What stands in a file for the page alone: repeated titles and headers, page labels, words outside the tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from improvement.importing.opening.grid import GridRow
from improvement.importing.report import Notes, Place
from improvement.importing.texts import on_one_line, tidy
from torbay_reports.core.formatting import listed

PAGE_LABEL: Final = re.compile(r"page\s*\d+(?:\s+of\s+\d+)?(?![.\d])\s*", re.IGNORECASE)
"""A page's number as it strays into the first column: "Page 14", "Page 14 of 52"."""

_BEGINS_HEADING: Final = re.compile(r"(?:theme|section|priority)?\s*\d+[a-z]?\b", re.IGNORECASE)
_WHOLE_NUMBER: Final = re.compile(r"\d{1,4}")


@dataclass(slots=True)
class Furniture:
    """Drops what belongs to the page, and names it. `title` is what stands above the first header."""

    notes: Notes
    title: str = ""
    after_label: bool = False

    def take_above(self, rows: Sequence[GridRow]) -> None:
        """Take the title from the rows above the first header, and name what else stands there."""
        for row in rows:
            texts = [tidy(text) for text in row.filled.values()]
            if not self.title:
                self.title = texts.pop(0)
            if texts:
                words = listed([f"“{on_one_line(text)}”" for text in texts])
                self._leave_out(row.place, f"This stands above the tracker and is left out: {words}.")

    def is_page(self, row: GridRow) -> bool:
        """Whether the row is a repeated title or a page label, or the number of a page, printed upright under one."""
        filled = row.filled
        if len(filled) != 1:
            self.after_label = False
            return False
        words = on_one_line(next(iter(filled.values())))
        was_label, self.after_label = self.after_label, bool(PAGE_LABEL.fullmatch(words))
        if self.title and words.casefold() == on_one_line(self.title).casefold():
            self.notes.repaired("repeated title", row.place, f"The title is repeated here and was dropped: “{words}”.")
        elif self.after_label or (was_label and _WHOLE_NUMBER.fullmatch(words)):
            self.notes.repaired("stray page label", row.place, f"The page label “{words}” was dropped.")
        else:
            return False
        return True

    def is_aside(self, row: GridRow, *, is_at_end: bool) -> bool:
        """Whether words outside the tables are no heading: behind the last table, or without number and capitals."""
        words = on_one_line(row.cells[0])
        if not is_at_end and (words.isupper() or _BEGINS_HEADING.match(words)):
            return False
        self._leave_out(row.place, f"This stands outside the tables and is left out: “{words}”.")
        return True

    def _leave_out(self, place: Place, sentence: str) -> None:
        self.notes.decide("left out", place, sentence)
