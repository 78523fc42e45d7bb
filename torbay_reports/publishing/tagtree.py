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
