"""What a pack says, thing by thing: the form in which its Documents and its tag tree are compared.

A text of the tree ends its lines where the page does ("\\n"); `reads_as` knows that a line's end may be a space.
"""

from dataclasses import dataclass

Place = tuple[int, int]
"""Row and column of a cell, both from 0, the rows of the head counted."""

Link = tuple[str, str]
"""What a link says, and where it leads: "#" and the name of a place in the pack, or an address."""


@dataclass(frozen=True)
class Words:
    """A heading (H1 to H6), a paragraph (P), a point of a list (LI). `anchor` names its place in the pack; `page` is
    the page on which it begins, from 0 (not known from a Document)."""

    kind: str
    text: str
    links: tuple[Link, ...] = ()
    anchor: str = ""
    page: int = -1


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[Words, ...]
    anchor: str = ""
    page: int = -1


@dataclass(frozen=True)
class Picture:
    """A figure with the words that stand for it."""

    alternative: str
    anchor: str = ""
    page: int = -1


@dataclass(frozen=True)
class GridCell:
    """A cell: TH or TD, `headers` the places of the header cells that it names."""

    kind: str
    text: str
    links: tuple[Link, ...] = ()
    scope: str = ""
    headers: frozenset[Place] = frozenset()
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True)
class Line:
    """A row of a table, of its head or of its body."""

    is_head: bool
    cells: tuple[GridCell, ...]
    anchor: str = ""
    page: int = -1


@dataclass(frozen=True)
class Grid:
    """A table."""

    caption: str
    lines: tuple[Line, ...]
    anchor: str = ""
    page: int = -1


Thing = Words | Points | Picture | Grid


@dataclass(frozen=True)
class Paper:
    """A paper, or the cover letter, under the pack: its title, its language, all that it says in order."""

    title: str
    language: str
    things: tuple[Thing, ...]


def bare(text: str) -> str:
    """A text without its white space: the same however its lines are broken."""
    return "".join(text.split())


def reads_as(found: str, expected: str) -> bool:
    """Whether a text of the tree is the expected one: within a line to the letter, between lines with or without a
    space, because a line ends at a space or behind a hyphen or slash."""
    rest = " ".join(expected.split())
    for line in found.split("\n"):
        words = " ".join(line.split())
        if not rest.startswith(words):
            return False
        rest = rest[len(words) :].lstrip()
    return not rest


def key(thing: Thing | Line | GridCell) -> str:
    """What tells one thing from another, however it is set: its kind and its words."""
    match thing:
        case Words():
            return f"{thing.kind} {bare(thing.text)}"
        case Points():
            return " ".join(["L", *(bare(item.text) for item in thing.items)])
        case Picture():
            return f"Figure {bare(thing.alternative)}"
        case Grid():
            return f"Table {bare(thing.caption)}"
        case Line():
            return "\x1f".join(["TR", *(bare(cell.text) for cell in thing.cells)])
        case GridCell():
            return f"{thing.kind} {bare(thing.text)}"
