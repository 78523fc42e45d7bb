"""The bookmarks of a pack: item, under it its papers, under these their headings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from torbay_reports.documents.blocks import Heading
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.places import Places
from torbay_reports.publishing.joining.writer import Writer, text
from torbay_reports.publishing.layout import COVER_LETTER, LETTER_ID, PlacedPaper, bookmark_of
from torbay_reports.publishing.markup import element_id

_PAPER_LEVEL = 2


@dataclass
class Bookmark:
    """A bookmark, the name of the place that it leads to, and those under it."""

    title: str
    place: str
    under: list["Bookmark"] = field(default_factory=list)


def bookmarks(papers: Sequence[PlacedPaper], letter: str = COVER_LETTER) -> list[Bookmark]:
    """All bookmarks of a pack, first that of its `letter`, by the name of that."""
    top = Bookmark("", "")
    open_ones = [(0, top)]
    for level, bookmark in [(1, Bookmark(letter, LETTER_ID)), *_flat(papers)]:
        while open_ones[-1][0] >= level:
            open_ones.pop()
        open_ones[-1][1].under.append(bookmark)
        open_ones.append((level, bookmark))
    return top.under


def _flat(papers: Sequence[PlacedPaper]) -> Iterator[tuple[int, Bookmark]]:
    for placed in papers:
        paper, document = placed.paper, placed.paper.document
        if placed.opens_item:
            yield 1, Bookmark(bookmark_of(placed), paper.key)
        if not (placed.is_left and placed.opens_item):
            yield _PAPER_LEVEL, Bookmark(document.title if document else paper.called, paper.key)
        for block in document.blocks if document else ():
            if isinstance(block, Heading):
                title = f"{block.number} {block.text}".strip()
                yield _PAPER_LEVEL + block.level - 1, Bookmark(title, element_id(paper.key, block.anchor))


def write(writer: Writer, found: Sequence[Bookmark], places: Places, pages: Sequence[int]) -> int:
    """Write the outline, items open and papers closed, and give back its root.

    Raises PackFault when a heading stands nowhere in the pack.
    """
    root = writer.number()
    first, last = _write_level(writer, found, root, places, pages, is_top=True)
    shown = sum(1 + len(each.under) for each in found)
    writer.put(root, f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {shown}>>")
    return root


def _write_level(
    writer: Writer, found: Sequence[Bookmark], parent: int, places: Places, pages: Sequence[int], *, is_top: bool
) -> tuple[int, int]:
    first = writer.numbers(len(found))
    last = first + len(found) - 1
    for number, bookmark in enumerate(found, start=first):
        if bookmark.place not in places:
            raise PackFault(f"The heading “{bookmark.title}” stands on no page of the pack.")
        body = f"<</Title{text(' '.join(bookmark.title.split()))}/Parent {parent} 0 R"
        body += f"/Dest{places.destination(bookmark.place, pages)}"
        if number > first:
            body += f"/Prev {number - 1} 0 R"
        if number < last:
            body += f"/Next {number + 1} 0 R"
        if bookmark.under:
            below = _write_level(writer, bookmark.under, number, places, pages, is_top=False)
            count = len(bookmark.under) if is_top else -len(bookmark.under)
            body += f"/First {below[0]} 0 R/Last {below[1]} 0 R/Count {count}"
        writer.put(number, body + ">>")
    return first, last
