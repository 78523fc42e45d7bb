"""Parts joined into a pack's PDF: pages in order, one tag tree, one outline, every link with a place to lead to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from msgspec.structs import replace

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining import metadata, outline
from torbay_reports.publishing.joining.fonts import Faces
from torbay_reports.publishing.joining.objects import Numbers, Objects
from torbay_reports.publishing.joining.places import Links, Places, Resolved
from torbay_reports.publishing.joining.stamps import Stamp, Stamper, page_words
from torbay_reports.publishing.joining.structure import Tree
from torbay_reports.publishing.joining.writer import Writer, decimal, name, text
from torbay_reports.publishing.layout import LETTER_ID, PlacedPaper, letter_name
from torbay_reports.publishing.packplan import PackPlan, PageMap
from torbay_reports.publishing.parts.graphics import deflated
from torbay_reports.publishing.parts.values import LINK, Part, PartPage


@dataclass(frozen=True)
class PaperParts:
    """A paper of a pack with its parts in order, and after them the pages that only keep their numbers."""

    placed: PlacedPaper
    parts: tuple[Part, ...]
    kept: Part | None = None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return sum(len(part.pages) for part in (*self.parts, *([self.kept] if self.kept else [])))


@dataclass(frozen=True)
class _Run:
    """One part where it stands in the pack: of which paper (None for letter and agenda), and its first page's place."""

    placed: PlacedPaper | None
    part: Part
    first_page: int
    first_link: int
    begins: bool
    prefix: str
    """The key of a brought paper, which keeps its names apart from those of others."""


def join(plan: PackPlan, letter: Sequence[Part], papers: Sequence[PaperParts], pages: PageMap) -> bytes:
    """The pack's PDF, tagged as PDF/UA-1 asks. The same parts, plan and page map give the same bytes.

    Raises PackFault, naming the page, when parts do not fit together or a link or heading has no place.
    """
    return _Join(plan, letter, papers, pages).run()


class _Join:
    """One pack while it is joined."""

    def __init__(self, plan: PackPlan, letter: Sequence[Part], papers: Sequence[PaperParts], pages: PageMap) -> None:
        self.plan = plan
        self.papers = papers
        self.map = pages
        self.runs = list(_runs(plan, letter, papers))
        count = sum(len(run.part.pages) for run in self.runs)
        if count != len(pages.labels):
            raise PackFault(f"The parts of the pack have {count} pages, its page map {len(pages.labels)}.")
        self.writer = Writer()
        self.page_numbers = [self.writer.number() for _ in range(count)]
        self.page_tree = self.writer.number()
        self.places = Places()
        self.links = Links(plan, pages, self.places)
        self.faces = Faces(self.writer)
        self.stamper = Stamper(self.faces)
        self.objects = Objects(self.writer, self.faces)
        self.tree = Tree(self.writer, self.page_numbers, language=plan.language, title=plan.title)
        self.resources: dict[str, int] = {}

    def run(self) -> bytes:
        """Write it all and return the file."""
        for run in self.runs:
            if run.begins:
                self.places.add_paper(run.placed.paper.key if run.placed else LETTER_ID, run.part, run.first_page)
            self.places.add_part(run.part, run.first_page, run.prefix)
        for run in self.runs:
            self._add(run)
        self.faces.write()
        kids = " ".join(f"{number} 0 R" for number in self.page_numbers)
        self.writer.put(self.page_tree, f"<</Type/Pages/Count {len(self.page_numbers)}/Kids[{kids}]>>")
        return self.writer.finish(root=self._catalogue(), info=metadata.write_info(self.writer, self.plan))

    def _catalogue(self) -> int:
        writer = self.writer
        names = writer.add(self.places.name_tree(self.page_numbers))
        found = outline.bookmarks([each.placed for each in self.papers], letter_name(self.plan))
        bookmarks = outline.write(writer, found, self.places, self.page_numbers)
        return writer.add(
            f"<</Type/Catalog/Pages {self.page_tree} 0 R/Lang{text(self.plan.language)}/MarkInfo<</Marked true>>"
            f"/Metadata {metadata.write_metadata(writer, self.plan)} 0 R/Names<</Dests {names} 0 R>>"
            f"/Outlines {bookmarks} 0 R/PageLabels{metadata.page_labels(self.map.labels)}/PageMode/UseOutlines"
            f"/StructTreeRoot {self.tree.finish()} 0 R/ViewerPreferences<</DisplayDocTitle true>>>>"
        )

    def _add(self, run: _Run) -> None:
        part = run.part
        if run.begins:
            self._begin(run.placed)
        numbers = self.objects.add(part)
        found = [
            self.links.resolved(link, prefix=run.prefix, where=f"page {self.map.labels[run.first_page + link.page]}")
            for link in part.links
        ]
        annotations = self._annotations(run, found)
        self.tree.add(part, run.first_page, annotations, [each.description for each in found])
        on_page: dict[int, list[int]] = {}
        for link, number in zip(part.links, annotations, strict=True):
            on_page.setdefault(link.page, []).append(number)
        for place, page in enumerate(part.pages):
            self._write_page(run, place, page, numbers, on_page.get(place, []))

    def _begin(self, placed: PlacedPaper | None) -> None:
        if placed is None:
            self.tree.begin(title=letter_name(self.plan), language=self.plan.language)
            return
        document = placed.paper.document
        self.tree.begin(
            title=document.title if document else placed.paper.called,
            language=document.language if document else "",
        )

    def _annotations(self, run: _Run, found: Sequence[Resolved]) -> list[int]:
        if not found:
            return []
        held = {place for element in run.part.elements for kind, place in element.kids if kind == LINK}
        first_key = len(self.page_numbers) + run.first_link
        return [
            self.writer.add(each.annotation(link.area, first_key + place if place in held else None))
            for place, (each, link) in enumerate(zip(found, run.part.links, strict=True))
        ]

    def _write_page(self, run: _Run, place: int, page: PartPage, numbers: Numbers, annotations: Sequence[int]) -> None:
        index = run.first_page + place
        words = page_words(self.plan, run.placed, self.map.labels[index])
        stamp = self.stamper.brought(page, words) if run.prefix else self.stamper.built(page, words)
        content = self.writer.add_stream("/Filter/FlateDecode", page.content)
        over = self.writer.add_stream("/Filter/FlateDecode", deflated(stamp.content))
        turned = f"/Rotate {page.rotate}" if page.rotate else ""
        group = f"/Group {numbers.text(page.group)}" if page.group else ""
        links = f"/Annots[{' '.join(f'{number} 0 R' for number in annotations)}]" if annotations else ""
        self.writer.put(
            self.page_numbers[index],
            f"<</Type/Page/Parent {self.page_tree} 0 R/MediaBox[0 0 {decimal(page.width)} {decimal(page.height)}]"
            f"{turned}{group}/Contents[{content} 0 R {over} 0 R]/Resources {self._resources(page, stamp, numbers)} 0 R"
            f"/StructParents {index}/Tabs/S{links}>>",
        )

    def _resources(self, page: PartPage, stamp: Stamp, numbers: Numbers) -> int:
        """A page's resources, written once for all pages that have the same."""
        named = {key: numbers.font(place) for key, place in page.fonts.items()} | stamp.fonts
        listed = "".join(f"{name(key)} {number} 0 R" for key, number in sorted(named.items()))
        body = f"<<{numbers.text(page.resources)}/Font<<{listed}>>>>"
        if body not in self.resources:
            self.resources[body] = self.writer.add(body)
        return self.resources[body]


def _named_apart(part: Part, key: str) -> Part:
    """A brought part with names that no other paper has: one file may stand under two papers."""
    before = f"{blake2b(key.encode(), digest_size=4).hexdigest()}-"
    elements = (
        replace(
            each,
            name=before + each.name if each.name else "",
            headers=tuple(before + header for header in each.headers),
        )
        if each.name or each.headers
        else each
        for each in part.elements
    )
    return replace(part, elements=tuple(elements))


def _runs(plan: PackPlan, letter: Sequence[Part], papers: Sequence[PaperParts]) -> Iterator[_Run]:
    page = link = 0
    groups: list[tuple[PlacedPaper | None, Sequence[Part]]] = [(None, letter)]
    groups.extend((each.placed, (*each.parts, each.kept) if each.kept else each.parts) for each in papers)
    kept = {id(each.kept) for each in papers}
    for placed, parts in groups:
        if not parts:
            title = placed.paper.called if placed else letter_name(plan)
            raise PackFault(f"“{title}” was set on no page: build the pack anew.")
        for place, part in enumerate(parts):
            is_brought = placed is not None and placed.paper.upload is not None and id(part) not in kept
            prefix = placed.paper.key if placed is not None and is_brought else ""
            own = _named_apart(part, prefix) if prefix else part
            yield _Run(placed, own, page, link, place == 0, prefix)
            page += len(part.pages)
            link += len(part.links)
