"""Blocks of a Document: what came, went, moved, and what changed in those that stayed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from torbay_reports.core.formatting import count
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Facts,
    Heading,
    Paragraph,
    Prose,
    Table,
    plain,
)
from torbay_reports.publishing.comparing import sentences, tables
from torbay_reports.publishing.comparing.sentences import in_a_line
from torbay_reports.publishing.comparing.sequences import Told, apart, by_name, by_words, moves, ordinal, walk

_KINDS = {Paragraph: "Paragraph", BulletList: "List", CallOut: "Notice"}


def told(before: Sequence[Block], after: Sequence[Block]) -> Iterator[Told]:
    """What changed between two versions of a paper's blocks, in the order of the later one."""
    if _reads_alike(before, after):
        return
    versions = before, after
    names = _names(before), _names(after)
    pairs = by_name(
        [(type(each), each.anchor) for each in before],
        [(type(each), each.anchor) for each in after],
        # Only blocks of one kind have all words in common with each other, and may be one.
        lambda version, at: f"{type(versions[version][at]).__name__} {words(versions[version][at])}",
    )
    pairs = {old: new for old, new in pairs.items() if type(before[old]) is type(after[new])}
    for old, new in walk(pairs, len(before), len(after)):
        if old is None:
            assert new is not None
            yield names[1][new], "", words(after[new])
        elif new is None:
            yield names[0][old], words(before[old]), ""
        else:
            yield from _of_pair(names[1][new], before[old], after[new])
    yield from moves(pairs, *names)


def _reads_alike(before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether nothing but names changed: two blocks that say the same may have changed their places."""
    return len(before) == len(after) and all(
        type(old) is type(new) and not any(_of_pair("", old, new)) for old, new in zip(before, after, strict=True)
    )


def words(block: Block) -> str:
    """What a block says, a table in short."""
    match block:
        case Heading():
            said = f"{block.number} {block.text}"
        case Paragraph() | CallOut():
            said = plain(block.content)
        case BulletList():
            said = "; ".join(map(plain, block.items))
        case Facts():
            said = "; ".join(f"{label}: {', '.join(lines)}" for label, lines in block.rows)
        case Table():
            return _size(block)
        case Chart():
            said = f"{block.title}: {plain(block.sentence)} ({_size(block.table)})"
    return in_a_line(said) or "no words"


def _size(table: Table) -> str:
    rows, columns = count(len(table.rows), "row", "rows"), count(len(table.columns), "column", "columns")
    return in_a_line(f"{table.caption}: a table of {rows} and {columns}")


def _of_pair(where: str, before: Block, after: Block) -> Iterator[Told]:
    found = list(_differences(where, before, after))
    yield from found
    if not found and words(before) != words(after):
        yield where, words(before), words(after)


def _differences(where: str, before: Block, after: Block) -> Iterator[Told]:
    match before, after:
        case (Heading(), Heading()):
            yield from _if_unlike(where, in_a_line(before.text), in_a_line(after.text))
            yield from _if_unlike(f"{where}, number", before.number, after.number)
            yield from _if_unlike(f"{where}, level", str(before.level), str(after.level))
        case (Paragraph(), Paragraph()):
            yield from sentences.told(where, before.content, after.content)
            yield from _if_unlike(f"{where}, number", before.number, after.number)
            yield from _if_unlike(f"{where}, marked as", before.role, after.role)
        case (CallOut(), CallOut()):
            yield from sentences.told(where, before.content, after.content)
        case (BulletList(), BulletList()):
            yield from _points(where, before.items, after.items)
        case (Facts(), Facts()):
            yield from _if_unlike(f"{where}, title", in_a_line(before.caption), in_a_line(after.caption))
            yield from _facts(where, before, after)
        case (Table(), Table()):
            yield from tables.told(where, before, after)
        case (Chart(), Chart()):
            yield from _if_unlike(f"{where}, title", in_a_line(before.title), in_a_line(after.title))
            yield from sentences.told(where, before.sentence, after.sentence)
            yield from tables.told(f"{where}, its figures", before.table, after.table)


def _if_unlike(where: str, before: str, after: str) -> Iterator[Told]:
    if before != after:
        yield where, before, after


def _points(where: str, before: Sequence[Prose], after: Sequence[Prose]) -> Iterator[Told]:
    said = [in_a_line(plain(each)) for each in before], [in_a_line(plain(each)) for each in after]
    for old, new in walk(by_words(*said), len(before), len(after)):
        if old is None:
            assert new is not None
            yield f"{where}, point {new + 1}", "", said[1][new] or "an empty point"
        elif new is None:
            yield f"{where}, point {old + 1}", said[0][old] or "an empty point", ""
        else:
            yield from sentences.told(f"{where}, point {new + 1}", before[old], after[new])


def _facts(where: str, before: Facts, after: Facts) -> Iterator[Told]:
    versions = before.rows, after.rows
    names = _labels(before), _labels(after)
    pairs = by_name(*names, lambda version, at: " ".join(versions[version][at][1]))
    for old, new in walk(pairs, len(before.rows), len(after.rows)):
        if old is None:
            assert new is not None
            yield f"{where}, {names[1][new]}", "", in_a_line("; ".join(after.rows[new][1])) or "an empty line"
        elif new is None:
            yield f"{where}, {names[0][old]}", in_a_line("; ".join(before.rows[old][1])) or "an empty line", ""
        else:
            yield from _if_unlike(f"{where}, {names[1][new]}, label", before.rows[old][0], after.rows[new][0])
            lines = [sentences.lines(rows[at][1]) for rows, at in zip(versions, (old, new), strict=True)]
            yield from sentences.told(f"{where}, {names[1][new]}", *lines)
    yield from moves(pairs, *names, f"{where}, ")


def _labels(facts: Facts) -> list[str]:
    return apart([f"“{in_a_line(label)}”" for label, _ in facts.rows])


def _names(blocks: Sequence[Block]) -> list[str]:
    """How a reader finds each block: by its number, its title, or by what it stands behind."""
    names = []
    behind = ""
    since: Counter[str] = Counter()
    for block in blocks:
        match block:
            case Heading() | Paragraph() if block.number:
                name = f"{type(block).__name__} {block.number.rstrip('.')}"
            case Heading():
                name = f"Heading “{in_a_line(block.text)}”"
            case Table() | Facts():
                name = f"Table “{in_a_line(block.caption)}”"
            case Chart():
                name = f"Chart “{in_a_line(block.title)}”"
            case _:
                kind = _KINDS[type(block)]
                since[kind] += 1
                turn = f"{ordinal(since[kind])} {kind.lower()}" if since[kind] > 1 else kind
                names.append(f"{turn} after {behind}" if behind else f"{turn} at the beginning")
                continue
        names.append(name)
        behind = f"{name[:1].lower()}{name[1:]}"
        since.clear()
    return apart(names)
