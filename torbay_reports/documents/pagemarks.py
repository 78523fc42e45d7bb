"""Where a printed page begins in a Document as a reader's page shows it, and by which names its numbers are found."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from torbay_reports.documents.blocks import Block, Chart, Document, Heading, Paragraph, Table

_NUMBER: Final = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*")


@dataclass(frozen=True)
class Mark:
    """A printed page's number where it begins. The first of a page is a `target` of links; another says it again, for
    the rows of a folded table, of which an address should not lead into the fold."""

    page: str
    is_target: bool = True


Marks = tuple[Mark, ...]


@dataclass(frozen=True)
class PageMarks:
    """By their anchors: what stands before a block, before a row in words and one in columns, and above a fold; `rest`
    at the end. The page of anything is told by the last mark before it."""

    blocks: dict[str, Marks] = field(default_factory=dict)
    words: dict[str, Marks] = field(default_factory=dict)
    rows: dict[str, Marks] = field(default_factory=dict)
    folds: dict[str, Marks] = field(default_factory=dict)
    rest: Marks = ()


def page_marks(document: Document, pages: Mapping[str, str], labels: Sequence[str] = ()) -> PageMarks:
    """The marks of a Document, of which `pages` says on which printed page each block and row begins.

    `labels` are all its pages in order: one on which nothing begins is marked before what begins after it, or at the
    end. Without them only pages on which something begins are marked.
    """
    walk = _Walk(pages, labels or dict.fromkeys(pages[each] for each in _anchors(document) if each in pages))
    for block in document.blocks:
        walk.visit(block)
    return walk.ended()


def shows_words(table: Table) -> bool:
    """Whether a table's rows are shown as sentences first and its columns in a fold below."""
    return table.in_words_first and any(row.sentence for row in table.rows)


def paragraph_names(document: Document) -> dict[str, str]:
    """The name by which each numbered block is found, by its anchor: para-4.4, or the anchor itself where its number is
    none for an address or another place has that name."""
    taken = {*_anchors(document)}
    names: dict[str, str] = {}
    for block in document.blocks:
        if not isinstance(block, Heading | Paragraph) or not block.number:
            continue
        number = block.number.rstrip(".")
        name = f"para-{number}"
        is_free = name not in taken and _NUMBER.fullmatch(number)
        names[block.anchor] = name if is_free else block.anchor
        taken.add(names[block.anchor])
    return names


class _Walk:
    """Goes over a Document in the order in which it is shown."""

    def __init__(self, pages: Mapping[str, str], labels: Iterable[str]) -> None:
        self._pages = pages
        self._waiting = deque(labels)
        self._here = ""
        self._found = PageMarks()

    def visit(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        self._found.blocks[block.anchor] = self._at(block.anchor)
        if isinstance(block, Chart):
            self._found.folds[block.anchor] = self._above_fold(block.table)
            self._table(block.table)

    def ended(self) -> PageMarks:
        rest = tuple(Mark(label) for label in self._waiting)
        return PageMarks(self._found.blocks, self._found.words, self._found.rows, self._found.folds, rest)

    def _table(self, table: Table) -> None:
        self._found.blocks[table.anchor] = self._at(table.anchor)
        if shows_words(table):
            self._found.words.update((row.anchor, self._at(row.anchor)) for row in table.rows if row.sentence)
            self._found.folds[table.anchor] = self._above_fold(table)
        self._found.rows.update((row.anchor, self._at(row.anchor)) for row in table.rows)

    def _above_fold(self, table: Table) -> Marks:
        """The pages that begin in a folded table and nowhere else."""
        new = [each for each in _anchors_of(table) if self._pages.get(each) in self._waiting]
        return tuple(mark for each in new for mark in self._at(each))

    def _at(self, anchor: str) -> Marks:
        page = self._pages.get(anchor)
        if page is None or page == self._here:
            return ()
        self._here = page
        if page not in self._waiting:
            return (Mark(page, is_target=False),)
        marks = []
        while self._waiting[0] != page:
            marks.append(Mark(self._waiting.popleft()))
        return (*marks, Mark(self._waiting.popleft()))


def _anchors(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _anchors_of(block)
            continue
        yield block.anchor
        if isinstance(block, Chart):
            yield from _anchors_of(block.table)


def _anchors_of(table: Table) -> Iterator[str]:
    yield table.anchor
    yield from (row.anchor for row in table.rows)
