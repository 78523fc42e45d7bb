"""Tables cell by cell, with rows and columns that came, went or moved."""

from collections.abc import Iterator, Sequence

from torbay_reports.documents.blocks import Cell, Column, Row, Table
from torbay_reports.publishing.comparing import sentences
from torbay_reports.publishing.comparing.sentences import in_a_line
from torbay_reports.publishing.comparing.sequences import Pairs, Told, apart, by_name, by_words, moves, walk


def told(where: str, before: Table, after: Table) -> Iterator[Told]:
    """What changed in a table that is called so."""
    if in_a_line(before.caption) != in_a_line(after.caption):
        yield f"{where}, title", in_a_line(before.caption), in_a_line(after.caption)
    versions = (before, after)
    columns = by_name(
        [each.key for each in before.columns],
        [each.key for each in after.columns],
        lambda version, at: versions[version].columns[at].label,
    )
    yield from _Comparing(where, before, after, columns, _rows(before, after)).run()
    yield from sentences.told(f"{where}, note", sentences.lines(before.notes), sentences.lines(after.notes))


def _rows(before: Table, after: Table) -> Pairs:
    if [(row.cells, row.sentence) for row in before.rows] == [(row.cells, row.sentence) for row in after.rows]:
        # Rows that say the same may have changed their places, which nobody sees.
        return {at: at for at in range(len(before.rows))}
    said = [row_words(row) for row in before.rows], [row_words(row) for row in after.rows]
    if _are_counted(before) and _are_counted(after):
        return by_words(*said, stand_in=False)
    return by_name(
        [each.anchor for each in before.rows],
        [each.anchor for each in after.rows],
        lambda version, at: said[version][at],
    )


def _are_counted(table: Table) -> bool:
    """Whether the anchors of its rows only count them (risks-1, risks-2), and so change with each row that is added."""
    return any(all(row.anchor.endswith(f"-{at}") for at, row in enumerate(table.rows, start=start)) for start in (0, 1))


def cell_words(cell: Cell) -> str:
    """What a cell says."""
    return in_a_line(cell.text)


def row_words(row: Row) -> str:
    """A row's cells one after the other."""
    return "; ".join(map(cell_words, row.cells))


def head_words(column: Column) -> str:
    """What stands over a column."""
    return in_a_line(", ".join(filter(None, (column.group, column.label, column.unit))))


class _Comparing:
    """Two versions of one table."""

    def __init__(self, where: str, before: Table, after: Table, columns: Pairs, rows: Pairs) -> None:
        self._where = where
        self._tables = before, after
        self._columns, self._rows = columns, rows
        self._column_names = _column_names(before), _column_names(after)
        self._row_names = _row_names(before), _row_names(after)

    def run(self) -> Iterator[Told]:
        before, after = self._tables
        yield from self._heads()
        yield from moves(self._columns, *self._column_names, f"{self._where}, ")
        for old, new in walk(self._rows, len(before.rows), len(after.rows)):
            if old is None:
                assert new is not None
                yield f"{self._where}, {self._row_names[1][new]}", "", row_words(after.rows[new]) or "an empty row"
            elif new is None:
                yield f"{self._where}, {self._row_names[0][old]}", row_words(before.rows[old]) or "an empty row", ""
            else:
                yield from self._row(f"{self._where}, {self._row_names[1][new]}", before.rows[old], after.rows[new])
        yield from moves(self._rows, *self._row_names, f"{self._where}, ")

    def _heads(self) -> Iterator[Told]:
        before, after = self._tables
        for old, new in walk(self._columns, len(before.columns), len(after.columns)):
            if old is None:
                assert new is not None
                yield f"{self._where}, {self._column_names[1][new]}", "", _column_words(after, new)
            elif new is None:
                yield f"{self._where}, {self._column_names[0][old]}", _column_words(before, old), ""
            elif head_words(before.columns[old]) != head_words(after.columns[new]):
                where = f"{self._where}, head of {self._column_names[1][new]}"
                yield where, head_words(before.columns[old]), head_words(after.columns[new])

    def _row(self, where: str, before: Row, after: Row) -> Iterator[Told]:
        found = [
            each
            for old, new in sorted(self._columns.items(), key=lambda pair: pair[1])
            for each in _cell(f"{where}, {self._column_names[1][new]}", before.cells[old], after.cells[new])
        ]
        yield from found
        if not found and in_a_line(before.sentence) != in_a_line(after.sentence):
            yield f"{where}, in words", in_a_line(before.sentence), in_a_line(after.sentence)


def _cell(where: str, before: Cell, after: Cell) -> Iterator[Told]:
    found = list(sentences.told(where, before.content, after.content))
    yield from found
    if not found and before.spoken != after.spoken:
        yield f"{where}, as it is heard", before.spoken, after.spoken


def _column_names(table: Table) -> list[str]:
    labels = [in_a_line(each.label) for each in table.columns]
    told = [
        in_a_line(f"{each.group}: {label}") if each.group and labels.count(label) > 1 else label
        for each, label in zip(table.columns, labels, strict=True)
    ]
    return _quoted("column", told)


def _row_names(table: Table) -> list[str]:
    return _quoted("row", [cell_words(row.cells[0]) if row.cells else "" for row in table.rows])


def _quoted(kind: str, names: Sequence[str]) -> list[str]:
    return apart([f"{kind} “{name}”" if name else f"{kind} {at}" for at, name in enumerate(names, start=1)])


def _column_words(table: Table, at: int) -> str:
    values = "; ".join(filter(None, (cell_words(row.cells[at]) for row in table.rows)))
    return ": ".join(filter(None, (head_words(table.columns[at]), values))) or "an empty column"
