"""Numbers and names for the blocks of a corrected Document, of which some have them already, and links that follow."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Document,
    Heading,
    Inline,
    Paragraph,
    ParagraphLink,
    Prose,
    Row,
    Table,
)

Numbered = Heading | Paragraph
_NUMBER: Final = re.compile(r"(.*?)(\d+)([a-z]*)(\.?)")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Line:
    """A block of the result. `published` is the one whose number and anchor it keeps, if any; with `is_added` it does
    not come from the corrected Document."""

    block: Block
    published: Numbered | None = None
    is_added: bool = False


@dataclass(frozen=True)
class _Number:
    """A number in parts: 4.4a is 4. and 4 and a. A full stop may end it."""

    before: str
    whole: int
    letters: str
    stop: str


def number_of(block: Block) -> str:
    """The number of a heading or paragraph; nothing for all others."""
    return block.number if isinstance(block, Numbered) else ""


def digits(text: str) -> list[str]:
    """The numbers in a text."""
    return re.findall(r"\d+", text)


def next_letters(letters: str) -> str:
    """The letters after these: a after none, b after a, aa after z, ba after az."""
    kept = letters.rstrip("z")
    turned = "a" * (len(letters) - len(kept))
    if not kept:
        return "a" + turned
    return kept[:-1] + _LETTERS[_LETTERS.index(kept[-1]) + 1] + turned


def renumbered(before: Document, after: Document, lines: Sequence[Line]) -> Document:
    """The Document `after` with these blocks. What is new in them gets a number that `before` does not have."""
    numbers = list(_numbers(before, lines))
    anchors = _anchors(after, lines, numbers)
    links = {
        line.block.anchor: (anchor, number_of(line.block), number)
        for line, number, anchor in zip(lines, numbers, anchors, strict=True)
        if not line.is_added and isinstance(line.block, Numbered)
    }
    linking = _Linking(links)
    blocks = []
    for line, number, anchor in zip(lines, numbers, anchors, strict=True):
        block = linking.block(line.block)
        blocks.append(replace(block, anchor=anchor, number=number) if isinstance(block, Numbered) else block)
    return replace(
        after,
        blocks=tuple(blocks),
        highlights=tuple(replace(each, content=linking.prose(each.content)) for each in after.highlights),
        largest=tuple(linking.row(row) for row in after.largest),
    )


def _numbers(before: Document, lines: Sequence[Line]) -> Iterator[str]:
    used = {number_of(block).rstrip(".") for block in before.blocks} - {""}
    given = list[str]()
    # What the corrected Document calls 5 may be 4 here, and so what it calls 5.1.
    parents = {_bare(line.block): _bare(line.published) for line in lines if line.published and not line.is_added}
    families = {
        _front(number_of(line.block)): _front(line.published.number)
        for line in lines
        if line.published and not line.is_added
    }
    for at, line in enumerate(lines):
        raw = number_of(line.block)
        if line.published is not None or not raw:
            number = line.published.number if line.published else ""
        else:
            front = _front(raw)
            parent = front.rstrip(".")
            moved = parents[parent] + front[len(parent) :] if parent in parents else families.get(front, front)
            later = [each.published.number for each in lines[at:] if each.published]
            number = _new(raw, moved, used, given, is_last=moved not in map(_front, later))
            parents[raw.rstrip(".")] = number.rstrip(".")
        used.add(number.rstrip("."))
        given.append(number)
        yield number


def _new(raw: str, front: str, used: set[str], given: Sequence[str], *, is_last: bool) -> str:
    """A number for something new among those that begin so: after all of them, or behind the last given."""
    own = _parsed(raw)
    if own is None:
        return raw
    if is_last:
        wholes = [each.whole for each in map(_parsed, used) if each is not None and each.before == front]
        return f"{front}{max(wholes, default=0) + 1}{own.stop}"
    siblings = [each for each in map(_parsed, given) if each is not None and each.before == front]
    whole, letters = (siblings[-1].whole, siblings[-1].letters) if siblings else (0, "")
    while True:
        letters = next_letters(letters)
        if f"{front}{whole}{letters}" not in used:
            return f"{front}{whole}{letters}{own.stop}"


def _parsed(number: str) -> _Number | None:
    match = _NUMBER.fullmatch(number)
    return _Number(match[1], int(match[2]), match[3], match[4]) if match else None


def _front(number: str) -> str:
    parsed = _parsed(number)
    return parsed.before if parsed else number


def _bare(block: Block) -> str:
    return number_of(block).rstrip(".")


def _anchors(after: Document, lines: Sequence[Line], numbers: Sequence[str]) -> list[str]:
    """The name of each block: a published one keeps its own, a new one with its number in it has the new number."""
    taken = {block.anchor for block in after.blocks if not number_of(block)}
    for table in after.tables():
        taken |= {table.anchor, *(row.anchor for row in table.rows)}
    anchors = {}
    for is_new in (False, True):
        for at, line in enumerate(lines):
            if not number_of(line.block) or (line.published is None) is not is_new:
                continue
            wanted = line.published.anchor if line.published else _with_number(line.block, numbers[at])
            while wanted in taken:
                wanted += "-2"
            taken.add(wanted)
            anchors[at] = wanted
    return [anchors.get(at, line.block.anchor) for at, line in enumerate(lines)]


def _with_number(block: Block, number: str) -> str:
    front, found, rest = block.anchor.rpartition(_bare(block))
    return f"{front}{number.rstrip('.')}{rest}" if found else block.anchor


class _Linking:
    """Lets references follow: `links` tell of each anchor the new one, the old number and the new."""

    def __init__(self, links: dict[str, tuple[str, str, str]]) -> None:
        self._links = {anchor: told for anchor, told in links.items() if told != (anchor, told[1], told[1])}

    def prose(self, content: Prose) -> Prose:
        return tuple(self._inline(each) for each in content)

    def _inline(self, inline: Inline) -> Inline:
        if not isinstance(inline, ParagraphLink) or inline.anchor not in self._links:
            return inline
        anchor, old, new = self._links[inline.anchor]
        said = inline.text
        if said == old:
            said = new
        elif said == old.rstrip("."):
            said = new.rstrip(".")
        return ParagraphLink(text=said, anchor=anchor)

    def row(self, row: Row) -> Row:
        return replace(row, cells=tuple(replace(cell, content=self.prose(cell.content)) for cell in row.cells))

    def _table(self, table: Table) -> Table:
        return replace(table, rows=tuple(self.row(row) for row in table.rows))

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph() | CallOut():
                return replace(block, content=self.prose(block.content))
            case BulletList():
                return replace(block, items=tuple(self.prose(item) for item in block.items))
            case Chart():
                return replace(block, sentence=self.prose(block.sentence), table=self._table(block.table))
            case Table():
                return self._table(block)
        return block
