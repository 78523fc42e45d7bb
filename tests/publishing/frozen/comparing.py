"""Holds a pack's tag tree against the plan and the frozen Documents that it was built from.

That is the test which a plain join of tagged PDFs does not pass: every heading, paragraph, point, table, row and cell
stands in the tree once, in order, and every data cell names the right headers.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import TypeVar

from tests.publishing.frozen import expecting
from tests.publishing.frozen.reading import SHOWN, ReadPack, read_pack
from tests.publishing.frozen.things import (
    Grid,
    GridCell,
    Line,
    Link,
    Paper,
    Picture,
    Points,
    Thing,
    Words,
    bare,
    key,
    reads_as,
)
from torbay_reports.publishing.packplan import PackPlan, PageMap

T = TypeVar("T", Thing, Words, Line)


def differences(pdf: bytes, plan: PackPlan, pages: PageMap | None = None) -> list[str]:
    """What the tree says otherwise than the plan and its Documents, in words; nothing where they agree.

    With `pages` also where the page map is wrong about the pages on which things begin.
    """
    read = read_pack(pdf)
    found = list(read.faults)
    placed = expecting.placed(plan)
    if len(read.papers) != len(placed) + 1:
        found.append(f"The tree holds {len(read.papers)} papers with the letter, the plan {len(placed) + 1}.")
        return found
    ranges = _ranges(read, placed)
    labels = _labels(read, placed)
    if read.labels != labels:
        found.append("The labels in a reader's page box are not 1, 2, 3 and then E1, E2, E3.")
    found.extend(_paper(expecting.letter(plan, ranges), read.papers[0], plan))
    for each, said in zip(placed, read.papers[1:], strict=True):
        if each.paper.document is not None:
            expected = expecting.paper(each, each.paper.document, plan)
            found.extend(_paper(expected, said, plan))
            if len(expected.things) == len(said.things):
                found.extend(_begins(expected, said, read, labels, pages))
    if pages is not None:
        told = {key: (each.first, each.last) for key, each in pages.papers.items()}
        if told != ranges or pages.labels != labels:
            found.append(f"The page map says {told}, the tree {ranges}.")
    return found


def _ranges(read: ReadPack, placed: Sequence[expecting.Placed]) -> dict[str, tuple[str, str]]:
    """The printed pages of each paper, by the pages on which the tree's papers begin."""
    labels = _labels(read, placed)
    starts = read.first_pages[1:]
    ends = [*starts[1:], len(labels)]
    return {
        each.paper.key: (labels[start], labels[end - 1]) for each, start, end in zip(placed, starts, ends, strict=True)
    }


def _labels(read: ReadPack, placed: Sequence[expecting.Placed]) -> tuple[str, ...]:
    count = len(read.labels)
    restricted = (start for each, start in zip(placed, read.first_pages[1:], strict=True) if not each.is_open)
    first = next(restricted, count)
    return tuple(str(place + 1) if place < first else f"E{place - first + 1}" for place in range(count))


def _paper(expected: Paper, found: Paper, plan: PackPlan) -> Iterator[str]:
    if (found.language or plan.language) != expected.language:
        yield f"{expected.title}: its language is {found.language}, not {expected.language}."
    for said in _in_order(expected.things, found.things, _thing):
        yield f"{expected.title}: {said}"


def _in_order(expected: Sequence[T], found: Sequence[T], compare: Callable[[T, T], Iterator[str]]) -> Iterator[str]:
    """What is lost, what is too much, and what differs between those that answer to each other."""
    wanted, got = [key(each) for each in expected], [key(each) for each in found]
    if wanted == got:
        for left, right in zip(expected, found, strict=True):
            yield from compare(left, right)
        return
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    for change, first, last, begin, end in matcher.get_opcodes():
        if change == "equal":
            for left, right in zip(expected[first:last], found[begin:end], strict=True):
                yield from compare(left, right)
            continue
        yield from (f"lost is “{each[:SHOWN]}”" for each in wanted[first:last])
        yield from (f"too much is “{each[:SHOWN]}”" for each in got[begin:end])


def _thing(expected: Thing, found: Thing) -> Iterator[str]:
    match expected, found:
        case Words(), Words():
            yield from _words(expected, found)
        case Points(), Points():
            yield from _in_order(expected.items, found.items, _words)
        case Grid(), Grid():
            if not reads_as(found.caption, expected.caption):
                yield f"the caption reads “{found.caption}”, not “{expected.caption}”"
            for said in _in_order(expected.lines, found.lines, _line):
                yield f"in the table “{expected.caption[:SHOWN]}” {said}"
        case Picture(), Picture():
            if found.alternative != expected.alternative:
                yield f"the words of a figure are “{found.alternative}”, not “{expected.alternative}”"


def _words(expected: Words, found: Words) -> Iterator[str]:
    if expected.kind != found.kind:
        yield f"“{expected.text[:SHOWN]}” is {found.kind}, not {expected.kind}"
    if not reads_as(found.text, expected.text):
        yield f"the words “{expected.text[:SHOWN]}” are set with other spaces"
    if _plain(found.links) != _plain(expected.links):
        yield f"the links of “{expected.text[:SHOWN]}” are {found.links}, not {expected.links}"


def _line(expected: Line, found: Line) -> Iterator[str]:
    if expected.is_head != found.is_head:
        yield f"the row “{key(expected)[:SHOWN]}” {'is' if found.is_head else 'is not'} in the head"
    for left, right in zip(expected.cells, found.cells, strict=True):
        yield from _cell(left, right)


def _cell(expected: GridCell, found: GridCell) -> Iterator[str]:
    named = f"the cell “{expected.text[:SHOWN]}”"
    if not reads_as(found.text, expected.text):
        yield f"{named} reads “{found.text[:SHOWN]}”"
    for what in ("kind", "scope", "colspan", "rowspan"):
        left, right = getattr(expected, what), getattr(found, what)
        if left != right:
            yield f"{named} has as its {what} {right}, not {left}"
    if found.headers != expected.headers:
        yield f"{named} names the headers at {sorted(found.headers)}, not {sorted(expected.headers)}"
    if _plain(found.links) != _plain(expected.links):
        yield f"the links of {named} are {found.links}, not {expected.links}"


def _plain(links: Sequence[Link]) -> list[Link]:
    """Links without the ends of lines in their words; one that is broken over lines has an area on each of them."""
    return [
        (bare("".join(text for text, _ in pieces)), target)
        for target, pieces in groupby(links, key=lambda link: link[1])
    ]


def _begins(
    expected: Paper, found: Paper, read: ReadPack, labels: Sequence[str], pages: PageMap | None
) -> Iterator[str]:
    """Every named place of the pack, and of its page map, is the page on which its thing begins."""
    for anchor, page in _anchors(expected, found):
        if read.destinations.get(anchor) != page:
            yield f"{expected.title}: “{anchor}” stands on page {page + 1} and leads to {read.destinations.get(anchor)}"
        paper, separator, rest = anchor.partition("--")
        if pages is not None and separator and pages.anchors.get((paper, rest)) != labels[page]:
            yield f"{expected.title}: the page map is wrong about “{anchor}”, which is on page {labels[page]}"


def _anchors(expected: Paper, found: Paper) -> Iterator[tuple[str, int]]:
    for left, right in zip(expected.things, found.things, strict=True):
        if left.anchor and right.page >= 0:
            yield left.anchor, right.page
        if isinstance(left, Grid) and isinstance(right, Grid):
            for line, set_line in zip(left.lines, right.lines, strict=False):
                if line.anchor and set_line.page >= 0:
                    yield line.anchor, set_line.page
