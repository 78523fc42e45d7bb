"""Published files joined into one: what they say, their tags, links and page labels stay as they were published.

Their objects are taken over as they stand with other numbers. Names of places and of elements begin with the name of
the file that they come from, because a cover letter stands in each.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining import metadata
from torbay_reports.publishing.joining.renumbering import Renumbering
from torbay_reports.publishing.joining.structure import GROUP
from torbay_reports.publishing.joining.writer import Writer, text
from torbay_reports.publishing.joining.written import STRING, WrittenFile

_PLACE = re.compile(rf"({STRING})(\[[0-9]+ 0 R/XYZ [^\]]*\])", re.DOTALL)
_NAMED = re.compile(rf"({STRING})([0-9]+) 0 R", re.DOTALL)
_ROW = re.compile(r"([0-9]+) ([0-9]+) 0 R")
_BOOKMARKS = re.compile(r"/First ([0-9]+) 0 R/Last ([0-9]+) 0 R/Count ([0-9]+)")
_HEIGHT = re.compile(r"/MediaBox\[0 0 [0-9.]+ ([0-9.]+)\]")
_FOLLOWING = re.compile(r"/ParentTreeNextKey ([0-9]+)")


@dataclass(frozen=True)
class PublishedFile:
    """An instalment's file as it was published: its name in addresses ("supplement-1"), its bookmark ("Supplement 1"),
    the printed number of every page."""

    name: str
    title: str
    labels: tuple[str, ...]
    pdf: bytes


def join_published(files: Sequence[PublishedFile], *, title: str, author: str, subject: str, language: str) -> bytes:
    """One PDF of them all in this order, tagged as PDF/UA-1 asks. The same files give the same bytes.

    Raises PackFault where one of them is not as this program writes files.
    """
    return _Join([_File(each) for each in files], title, language).run(author, subject)


class _File:
    """One of the files, with the objects that give way to those of the whole."""

    def __init__(self, published: PublishedFile) -> None:
        self.published = published
        self.read = read = WrittenFile(published.pdf)
        self.page_tree = read.top("Pages")
        self.pages = [int(number) for number in re.findall(r"([0-9]+) 0 R", _kids(read.bodies[self.page_tree]))]
        if len(self.pages) != len(published.labels):
            raise PackFault(f"{published.title} has {len(self.pages)} pages, its page map {len(published.labels)}.")
        self.places = read.top("Dests")
        self.outline = read.top("Outlines")
        self.tags = read.top("StructTreeRoot")
        self.parents, self.names = (read.top(key, self.tags) for key in ("ParentTree", "IDTree"))
        self.document = read.top("K", self.tags)
        self.dropped = {read.root, read.info, self.parents, self.names, self.places, read.top("Metadata")}
        following = _FOLLOWING.search(read.bodies[self.tags])
        self.links = (int(following[1]) if following else 0) - len(self.pages)
        """How many rows of the parent tree are links'; those of pages come first."""


def _kids(body: str) -> str:
    return body.partition("/Kids[")[2].partition("]")[0]


class _Join:
    """The whole while it is joined."""

    def __init__(self, files: Sequence[_File], title: str, language: str) -> None:
        self.files = files
        self.title = title
        self.language = language
        self.writer = Writer()
        self.page_tree, self.tags, self.document, self.outline = (self.writer.number() for _ in range(4))
        first = self.writer.numbers(len(files))
        self.bookmarks = range(first, first + len(files))
        self.streams: dict[bytes, int] = {}
        self.page_total = sum(len(each.pages) for each in files)
        self.pages: list[str] = []
        self.tops: list[str] = []
        self.page_rows: list[str] = []
        self.link_rows: list[str] = []
        self.places: list[tuple[bytes, str]] = []
        self.names: list[tuple[bytes, str]] = []
        self.shown = 0

    def run(self, author: str, subject: str) -> bytes:
        """Write it all and return the file."""
        links = 0
        for place, file in enumerate(self.files):
            self._add(place, file, links)
            links += file.links
        writer = self.writer
        writer.put(self.page_tree, f"<</Type/Pages/Count {self.page_total}/Kids[{' '.join(self.pages)}]>>")
        writer.put(
            self.outline,
            f"<</Type/Outlines/First {self.bookmarks[0]} 0 R/Last {self.bookmarks[-1]} 0 R/Count {self.shown}>>",
        )
        about = {"title": self.title, "author": author, "subject": subject}
        packet = metadata.write_packet(writer, **about, language=self.language)
        labels = tuple(label for file in self.files for label in file.published.labels)
        self._finish_tags(links)
        root = writer.add(
            f"<</Type/Catalog/Pages {self.page_tree} 0 R/Lang{text(self.language)}/MarkInfo<</Marked true>>"
            f"/Metadata {packet} 0 R/Names<</Dests {self._sorted(self.places)} 0 R>>/Outlines {self.outline} 0 R"
            f"/PageLabels{metadata.page_labels(labels)}/PageMode/UseOutlines/StructTreeRoot {self.tags} 0 R"
            "/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        return writer.finish(root=root, info=metadata.write_facts(writer, **about))

    def _add(self, place: int, file: _File, links_before: int) -> None:
        bodies, own_pages, pages_before = file.read.bodies, len(file.pages), len(self.pages)

        def row(number: int) -> int:
            """Rows of all pages come before those of all links."""
            return number + (pages_before if number < own_pages else self.page_total + links_before - own_pages)

        given = {file.page_tree: self.page_tree, file.tags: self.document, file.outline: self.bookmarks[place]}
        name = file.published.name
        to = Renumbering(file.read, self.writer, self.streams, name=name, row=row, given=given, dropped=file.dropped)
        to.take()
        self.pages.extend(f"{to.numbers[page]} 0 R" for page in file.pages)
        self.tops.append(f"{to.numbers[file.document]} 0 R")
        for number, parent in _ROW.findall(bodies[file.parents]):
            rows = self.page_rows if int(number) < own_pages else self.link_rows
            rows.append(f"{row(int(number))} {to.numbers[int(parent)]} 0 R")
        for name, at in _PLACE.findall(bodies[file.places]):
            own = to.named(name)
            self.places.append((_sort_key(own), f"{own}{to.references(at)}"))
        for name, number in _NAMED.findall(bodies[file.names]):
            own = to.named(name)
            self.names.append((_sort_key(own), f"{own}{to.numbers[int(number)]} 0 R"))
        self._bookmark(place, file, to)

    def _bookmark(self, place: int, file: _File, to: Renumbering) -> None:
        """The file's own bookmarks under one that leads to the top of its first page."""
        under = _BOOKMARKS.search(file.read.bodies[file.outline])
        height = _HEIGHT.search(file.read.bodies[file.pages[0]])
        if under is None or height is None:
            raise PackFault(f"{file.published.title} has no bookmarks, or its first page no size.")
        number = self.bookmarks[place]
        before = f"/Prev {number - 1} 0 R" if place else ""
        after = f"/Next {number + 1} 0 R" if number < self.bookmarks[-1] else ""
        self.writer.put(
            number,
            f"<</Title{text(file.published.title)}/Parent {self.outline} 0 R"
            f"/Dest[{to.numbers[file.pages[0]]} 0 R/XYZ 0 {height[1]} 0]{before}{after}"
            f"/First {to.numbers[int(under[1])]} 0 R/Last {to.numbers[int(under[2])]} 0 R/Count {under[3]}>>",
        )
        self.shown += 1 + int(under[3])

    def _finish_tags(self, links: int) -> None:
        said = f"/Lang{text(self.language)}" if self.language else ""
        self.writer.put(
            self.document,
            f"<</K[{' '.join(self.tops)}]{said}/P {self.tags} 0 R/S/Document/T{text(self.title)}/Type/StructElem>>",
            GROUP,
        )
        parents = self.writer.add(f"<</Nums[{' '.join([*self.page_rows, *self.link_rows])}]>>", GROUP)
        self.writer.put(
            self.tags,
            f"<</Type/StructTreeRoot/K[{self.document} 0 R]/ParentTree {parents} 0 R"
            f"/ParentTreeNextKey {self.page_total + links}/IDTree {self._sorted(self.names)} 0 R>>",
            GROUP,
        )

    def _sorted(self, named: Iterable[tuple[bytes, str]]) -> int:
        return self.writer.add(f"<</Names[{''.join(each for _, each in sorted(named))}]>>", GROUP)


def _sort_key(name: str) -> bytes:
    """A name's own bytes: a reader looks names up in their order."""
    return name[1:-1].encode("latin-1") if name[0] == "(" else bytes.fromhex(name[1:-1])
