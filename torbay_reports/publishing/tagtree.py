"""Steps on a PDF's structure tree that tagging and checking share."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf


def is_element(kid: Any) -> bool:
    """Whether a kid is a structure element (and not marked content or an annotation)."""
    return isinstance(kid, Dictionary) and Name.S in kid


def kids(element: Object) -> list[Any]:
    """What hangs under an element, always as a list."""
    held = element.get(Name.K)
    if held is None:
        return []
    return list(held) if isinstance(held, Array) else [held]


def elements(element: Object) -> list[Object]:
    """The structure elements directly under one."""
    return [kid for kid in kids(element) if is_element(kid)]


def kind(element: Object) -> str:
    """The element's type without the slash: Table, TH, P."""
    return str(element.S).removeprefix("/")


def walk(element: Object) -> Iterator[Object]:
    """An element and all under it, in reading order."""
    yield element
    for kid in elements(element):
        yield from walk(kid)


def document_elements(pdf: Pdf) -> list[Object]:
    """The top of the structure tree: one Document."""
    return elements(pdf.Root.StructTreeRoot)


def rows_of(table: Object) -> list[tuple[Object, bool]]:
    """A table's rows, each with whether it is of the head."""
    found: list[tuple[Object, bool]] = []
    for kid in elements(table):
        if kind(kid) == "TR":
            found.append((kid, False))
        elif kind(kid) in {"THead", "TBody", "TFoot"}:
            found.extend((row, kind(kid) == "THead") for row in elements(kid) if kind(row) == "TR")
    return found


def cells_of(row: Object) -> list[Object]:
    """A row's cells, headers and data."""
    return [cell for cell in elements(row) if kind(cell) in {"TH", "TD"}]


def attribute(cell: Object, name: str) -> Object | None:
    """A value from the element's attribute dictionaries."""
    held = cell.get(Name.A)
    if held is None:
        return None
    for each in held if isinstance(held, Array) else [held]:
        if isinstance(each, Dictionary) and each.get(f"/{name}") is not None:
            return each.get(f"/{name}")
    return None


def span(cell: Object, name: str) -> int:
    """How many columns (ColSpan) or rows (RowSpan) a cell covers."""
    value = attribute(cell, name)
    return 1 if value is None else int(value)


def grid(table: Object) -> list[list[Object | None]]:
    """The table's cells by row and column, a cell that spans standing in each place that it covers."""
    places: list[list[Object | None]] = []
    taken: dict[tuple[int, int], Object] = {}
    for number, (row, _) in enumerate(rows_of(table)):
        column = 0
        for cell in cells_of(row):
            while (number, column) in taken:
                column += 1
            for down in range(span(cell, "RowSpan")):
                for across in range(span(cell, "ColSpan")):
                    taken[number + down, column + across] = cell
            column += span(cell, "ColSpan")
    for (row_number, column), cell in sorted(taken.items(), key=lambda item: item[0]):
        while len(places) <= row_number:
            places.append([])
        line = places[row_number]
        while len(line) < column:
            line.append(None)
        line.append(cell)
    return places
