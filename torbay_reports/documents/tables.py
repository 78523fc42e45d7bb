"""A Document's table as a django-tables2 table and as a file to take away.

The class declares no columns: each table brings its own, made from its block, so that no two share state.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Literal

import django_tables2
import tablib
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django_tables2.data import TableListData

from torbay_reports.core.spreadsheets import harmless
from torbay_reports.documents import markup
from torbay_reports.documents.blocks import Cell, Column, Row, Table
from torbay_reports.documents.pagemarks import Mark, Marks
from torbay_reports.documents.values import Exact, exact, sort_key

Format = Literal["csv", "xlsx"]
CONTENT_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILTER_FIELD = "q"
LONGEST_FILTER = 200
"""Longer words to look for are cut: nothing in a table is found by them, and the page repeats them."""
TOTALS = frozenset({"total", "gross", "funding", "net"})
"""Levels whose rows stay at the foot however a reader sorts."""

STORY_LENGTH = 80
"""A cell of more characters than this is read as a sentence: on a phone its row becomes a card."""

_NOT_IN_A_WORKBOOK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no XML holds."""

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_ROW = "row of the block"
_PAGE = "page marker"


class UnknownFormat(ValueError):
    """A table was asked for in a file format that is not offered."""


class BlockColumn(django_tables2.Column):
    """One column of a block; renders the whole cell, tag included."""

    def __init__(self, column: Column, *, is_first: bool, is_named: bool, prefix: str) -> None:
        super().__init__(verbose_name=column.label, initial_sort_descending=column.numeric)
        self.block_column = column
        self._cell = partial(
            markup.cell,
            is_header=is_first,
            is_numeric=column.numeric,
            prefix=prefix,
            label=_heading(column) if is_named else "",
        )
        self._is_first = is_first

    def render(self, value: Cell, record: Mapping[str, Any]) -> SafeString:
        return self._cell(value, above=record[_PAGE]) if self._is_first else self._cell(value)


class BlockData(TableListData):
    """Rows that sort by exact value; what is absent stays last either way."""

    data: list[dict[str, Any]]

    def order_by(self, aliases: Iterable[Any]) -> None:
        for alias in reversed(tuple(aliases)):
            name, column = alias.bare, self.table.columns[alias.bare].column.block_column
            keys = {id(record): sort_key(record[name], column) for record in self.data}
            present = [(key, record) for record in self.data if (key := keys[id(record)]) is not None]
            present.sort(key=itemgetter(0), reverse=alias.is_descending)
            absent = [record for record in self.data if keys[id(record)] is None]
            self.data = [record for _, record in present] + absent


@dataclass(frozen=True)
class HeadGroup:
    """Neighbouring columns under one heading; `label` is empty for columns that stand alone."""

    label: str
    columns: tuple[Any, ...]


class BlockTable(django_tables2.Table):
    """A block's table on screen. Made by `table_for`."""

    class Meta:
        template_name = "documents/screen/table.html"
        orderable = False

    def __init__(
        self,
        block: Table,
        *,
        rows: Iterable[Row],
        marks: Mapping[str, Marks],
        prefix: str,
        totals: Iterable[Row],
        has_row_ids: bool,
        **kwargs: Any,
    ) -> None:
        self.block = block
        self.prefix_of_ids = prefix
        self.has_row_ids = has_row_ids
        is_long = any(len(cell.text) > STORY_LENGTH for row in block.rows for cell in row.cells)
        self.is_story = block.kind == "tracker" or is_long
        names = _names(block.columns)
        record = partial(_record, names=names, marks=marks)
        self._totals = [record(row) for row in totals]
        columns = [
            (name, BlockColumn(column, is_first=place == 0, is_named=self.is_story, prefix=prefix))
            for place, (name, column) in enumerate(zip(names, block.columns, strict=True))
        ]
        super().__init__(data=BlockData([record(row) for row in rows]), extra_columns=columns, **kwargs)

    def get_bottom_pinned_data(self) -> list[dict[str, Any]]:
        """The totals, which stay at the foot however the rows are sorted."""
        return self._totals

    @property
    def head(self) -> tuple[HeadGroup, ...]:
        """The columns in runs that share a heading."""
        runs: list[tuple[str, list[Any]]] = []
        for column in self.columns:
            label = column.column.block_column.group
            if not runs or not label or runs[-1][0] != label:
                runs.append((label, []))
            runs[-1][1].append(column)
        return tuple(HeadGroup(label, tuple(columns)) for label, columns in runs)

    @property
    def has_groups(self) -> bool:
        return any(group.label for group in self.head)

    @property
    def is_sorted(self) -> bool:
        """Whether a reader's order has replaced the paper's, in which indents no longer mean anything."""
        return bool(self.order_by)

    @property
    def lines(self) -> Iterable[tuple[Row, Any]]:
        """The block's row and django-tables2's, in the order shown."""
        for bound in self.rows:
            yield bound.record[_ROW], bound


def table_for(
    block: Table,
    request: HttpRequest | None = None,
    *,
    sortable: bool = False,
    marks: Mapping[str, Marks] | None = None,
    prefix: str = "",
    has_row_ids: bool = True,
) -> BlockTable:
    """The block as a table. With `sortable` the request's `sort` and `q` (words to look for) are obeyed.

    `marks` maps row anchors to the printed pages that begin there; `prefix` is put before every anchor, for a table
    that stands twice on a page, and without `has_row_ids` its rows have none. An unknown column in `sort` is
    ignored.
    """
    found = matching(block.rows, wanted_words(request)) if sortable and request else block.rows
    is_total = {row.anchor for row in found if sortable and row.level in TOTALS}
    table = BlockTable(
        block,
        rows=[row for row in found if row.anchor not in is_total],
        totals=[row for row in found if row.anchor in is_total],
        marks=marks or {},
        prefix=prefix,
        has_row_ids=has_row_ids,
        orderable=sortable,
    )
    if sortable and request:
        django_tables2.RequestConfig(request, paginate=False).configure(table)
    return table


def wanted_words(request: HttpRequest) -> str:
    """The words that the reader looks for, cut to a sensible length."""
    return request.GET.get(FILTER_FIELD, "")[:LONGEST_FILTER]


def matching(rows: Iterable[Row], wanted: str) -> tuple[Row, ...]:
    """The rows in which every word of `wanted` stands, in any cell or in the row's sentence, capitals or not."""
    words = wanted.casefold().split()
    return tuple(row for row in rows if all(word in _searched(row) for word in words))


def exported(block: Table, fmt: str, *, marking: str = "") -> bytes:
    """The table as a CSV or XLSX file with exact values in the unit of each head; a `marking` stands above the heads.
    Raises UnknownFormat.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; a character that no workbook holds
    becomes a space.
    """
    data = tablib.Dataset(
        *(
            [_filed(exact(cell, column)) for cell, column in zip(row.cells, block.columns, strict=True)]
            for row in block.rows
        ),
        headers=[_filed(_heading(column)) for column in block.columns],
        title=_sheet_title(block.caption),
    )
    if fmt == "csv":
        above = str(tablib.Dataset([_filed(marking)]).export("csv")) if marking else ""
        return (above + str(data.export("csv"))).encode("utf-8-sig")  # without the mark Excel misreads £
    if fmt == "xlsx":
        if marking:
            data.insert_separator(0, _filed(marking))
        return bytes(data.export("xlsx"))
    raise UnknownFormat(f"A table can be taken away as csv or xlsx, not as '{fmt}'.")


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    """A name for each column that may stand in an address: its key, or its place where the key would not do."""
    names: list[str] = []
    for place, column in enumerate(columns):
        usable = _PLAIN_NAME.fullmatch(column.key) and column.key not in names
        names.append(column.key if usable else f"column{place}")
    return tuple(names)


def _record(row: Row, *, names: tuple[str, ...], marks: Mapping[str, Marks]) -> dict[str, Any]:
    above = "".join(_row_marker(mark) for mark in marks.get(row.anchor, ()))
    return {**dict(zip(names, row.cells, strict=True)), _ROW: row, _PAGE: above}


def _row_marker(mark: Mark) -> str:
    """A page's beginning in the middle of a table: its words are generated, so that they are no part of the cell."""
    shown = conditional_escape(mark.page)
    if not mark.is_target:
        return f'<span class="page-marker-in-row" data-label="Page {shown}"></span>'
    return (
        f'<a class="page-marker-in-row" id="page-{shown}" href="#page-{shown}" data-label="Page {shown}" '
        f'aria-label="Page {shown} of the printed pack"></a>'
    )


def _searched(row: Row) -> str:
    return " ".join([row.sentence, *(f"{cell.text} {cell.spoken}" for cell in row.cells)]).casefold()


def _heading(column: Column) -> str:
    label = f"{column.group}: {column.label}" if column.group else column.label
    return f"{label} ({column.unit})" if column.unit else label


def _filed(value: Exact) -> Any:
    if isinstance(value, str):
        # Cleaned first: what stood behind such a character may be a formula.
        return harmless(_writable(value).strip())
    return "" if value is None else value


def _writable(text: str) -> str:
    return _NOT_IN_A_WORKBOOK.sub(" ", text)


def _sheet_title(caption: str) -> str:
    """A sheet's name as Excel allows it: 31 characters, without the signs that it keeps for itself."""
    return re.sub(r"[\[\]:*?/\\]", " ", _writable(caption)).strip("' ")[:31] or "Table"
