"""Widths for the columns of a long table that names none, so that it can be set row by row.

A browser's own widths depend on every cell: such a table is laid out anew from end to end whenever a word changes, and
twice where it goes over pages. These depend on the longest words and lines of each column, in characters.
"""

from typing import Final

from msgspec.structs import replace

from torbay_reports.documents.blocks import Column, Table

FEW: Final = 40
"""So many rows stay a table in one piece, whose widths its content decides."""
BRIEF: Final = 800
"""As long as no row has more characters: rows that are bound to each other could be higher than a page."""
_CHARACTERS: Final = {False: 95, True: 150}
"""What a line of a portrait or a landscape page holds, in the size of most tables."""
_LONGEST_WORD: Final = 24
_LONGEST_LINE: Final = 60
_GAP: Final = 2


def with_widths(table: Table, *, is_landscape: bool) -> Table:
    """The table with a width for each column where it or a row is long and it has none: figures have room for the
    longest, words share out the rest by their length."""
    longest = max((sum(len(cell.text) for cell in row.cells) for row in table.rows), default=0)
    if table.has_widths or (len(table.rows) <= FEW and longest <= BRIEF):
        return table
    each = list(enumerate(table.columns))
    least = [_least(table, place, column) for place, column in each]
    wanted = [max(least[place], _wanted(table, place, column)) for place, column in each]
    spare = max(0, _CHARACTERS[is_landscape] - sum(least))
    more = sum(wanted) - sum(least)
    widths = [
        100 * need + (100 * (wish - need) * min(spare, more) // more if more else 0)
        for need, wish in zip(least, wanted, strict=True)
    ]
    columns = (replace(column, width=width) for column, width in zip(table.columns, widths, strict=True))
    return replace(table, columns=tuple(columns))


def _least(table: Table, place: int, column: Column) -> int:
    """The longest word of a column; all of a figure, since it does not break."""
    texts = [row.cells[place].text for row in table.rows]
    words = [word for text in texts for word in ([text] if column.numeric else text.split())]
    in_head = [*column.label.split(), column.unit]
    return _GAP + max(min(len(word), _LONGEST_WORD) for word in (*words, *in_head))


def _wanted(table: Table, place: int, column: Column) -> int:
    longest = max(len(row.cells[place].text) for row in table.rows)
    return _GAP + min(longest, _LONGEST_LINE) if not column.numeric else 0
