"""The check of a finished pack: what it says of itself, its pages, its places, its bookmarks and its cover letter or
agenda."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf

from torbay_reports.publishing.checks.letters import Letter
from torbay_reports.publishing.checks.objects import Bodies
from torbay_reports.publishing.checks.tree import STRING, TagTree
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.outline import Bookmark, bookmarks
from torbay_reports.publishing.joining.stamps import page_words
from torbay_reports.publishing.layout import PlacedPaper, cover_lines, letter_name, placed_papers
from torbay_reports.publishing.markup import element_id
from torbay_reports.publishing.numbering import SHEET, parted, roman
from torbay_reports.publishing.packplan import Edition, PackPlan, PageMap
from torbay_reports.publishing.pagetext import unicode_map
from torbay_reports.publishing.tagtree import document_elements, elements

_PRINT: Final = 4
_STAMPED = re.compile(rb"/(\S+) [.\d]+ Tf\n<([0-9a-f]*)> Tj\n|(ET)\n")
_NUMBERED: Final = re.compile(r"Page \S+$")
_STAMP: Final = b"/Artifact<</Type/Pagination/Subtype/"
_PLACE = re.compile(rb"(" + STRING + rb")\s*\[\s*(\d+) 0 R\s*/XYZ", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


def check(pdf: bytes, plan: PackPlan, pages: PageMap) -> None:
    """Raise PackFault, naming page or paper, when the pack is not what its plan and page map say.

    What every piece of text says was checked when its part was set.
    """
    with Pdf.open(BytesIO(pdf)) as opened:
        _Check(opened, Bodies(opened, pdf), plan, pages).run()


class _Check:
    """One finished pack under examination."""

    def __init__(self, pdf: Pdf, bodies: Bodies, plan: PackPlan, pages: PageMap) -> None:
        self.pdf = pdf
        self.bodies = bodies
        self.plan = plan
        self.pages = pages
        self.placed = placed_papers(plan)
        self.begun = sorted(self.placed, key=lambda each: pages.papers[each.paper.key].index)
        self.starts = [pages.papers[each.paper.key].index for each in self.begun]
        self.objects = [page.obj for page in pdf.pages]
        self.place = {page.objgen[0]: place for place, page in enumerate(self.objects)}
        self.names: dict[str, int] = {}
        self.links: list[tuple[int, int, int]] = []
        self._fonts: dict[tuple[int, int], dict[int, str]] = {}
        self._seen_resources: set[tuple[int, int]] = set()

    def run(self) -> None:
        """Every check, the cheapest first."""
        self.head()
        if len(self.objects) != len(self.pages.labels):
            raise PackFault(f"The pack has {len(self.objects)} pages, its page map {len(self.pages.labels)}.")
        self.numbers()
        self.destinations()
        self.labels()
        for place, page in enumerate(self.objects):
            self.fonts(place, page)
            self.stamp(place, page)
            self.annotations(place, page)
        self.tree()
        self.outline()
        self.cover()

    def where(self, place: int) -> str:
        """A page in words, with the paper that it belongs to."""
        paper = self.paper(place)
        return f"page {self.pages.labels[place]} ({paper.paper.called if paper else letter_name(self.plan).lower()})"

    def near(self, number: int) -> str:
        """A page by its object."""
        return self.where(self.place[number]) if number in self.place else "a page that it does not name"

    def paper(self, place: int) -> PlacedPaper | None:
        """The paper to which a page belongs, or None for the letter."""
        number = bisect_right(self.starts, place)
        return self.begun[number - 1] if number else None

    def is_brought(self, place: int) -> bool:
        """Whether a page came with a PDF of others, of which a person has let pass what is no fault of the pack's."""
        paper = self.paper(place)
        return paper is not None and paper.paper.upload is not None

    def head(self) -> None:
        """Language, title, author and the marks by which readers know a tagged PDF."""
        root = self.pdf.Root
        if str(root.get(Name.Lang, "")) != self.plan.language:
            raise PackFault(f"The pack does not say that its language is {self.plan.language}.")
        if str(self.pdf.docinfo.get(Name.Title, "")) != self.plan.title:
            raise PackFault(f"The pack does not carry its title “{self.plan.title}”.")
        if not root.get(Name.ViewerPreferences, Dictionary()).get(Name.DisplayDocTitle, False):
            raise PackFault("The pack does not ask for its title to be shown.")
        if not root.get(Name.MarkInfo, Dictionary()).get(Name.Marked, False) or Name.StructTreeRoot not in root:
            raise PackFault("The pack is not marked as tagged.")
        metadata = self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        if str(metadata.get("pdfuaid:part", "")) != "1" or metadata.get("dc:title") != self.plan.title:
            raise PackFault("The pack's metadata do not name PDF/UA-1 and the title.")

    def labels(self) -> None:
        """The label in the reader's page box and the page map agree."""
        if Name.PageLabels not in self.pdf.Root:
            raise PackFault("The pack has no page labels.")
        for place, (found, label) in enumerate(zip(_labels(self.pdf), self.pages.labels, strict=True)):
            if found != label:
                raise PackFault(f"The {self.where(place)} is labelled {found}.")

    def numbers(self) -> None:
        """No number stands twice, each that an earlier version gave stands with those it stood with, and new ones are
        of none of the meeting's other instalments."""
        labels = self.pages.labels
        if len(set(labels)) != len(labels):
            raise PackFault("Two pages of the pack have the same number.")
        for each in self.plan.numbered:
            if each.is_restricted and self.plan.edition is Edition.PUBLIC:
                continue
            start = labels.index(each.labels[0]) if each.labels[0] in labels else len(labels)
            if labels[start : start + len(each.labels)] != each.labels:
                raise PackFault(f"The pack does not keep the page numbers from {each.labels[0]} to {each.labels[-1]}.")
        given = {(each.place, each.is_restricted) for each in self.plan.numbered}
        for each in self.pages.numbered:
            reached = self.plan.reached.restricted if each.is_restricted else self.plan.reached.open
            first = parted(each.labels[0])
            if (each.place, each.is_restricted) not in given and first.series != SHEET and first.number <= reached:
                raise PackFault(f"Page {each.labels[0]} stands in another part of the meeting's pack already.")

    def stamp(self, place: int, page: Object) -> None:
        """A page prints its own number, with its marking where it is not for publication, and nothing else's."""
        contents = page.get(Name.Contents)
        over = contents[-1].read_bytes() if isinstance(contents, Array) and len(contents) == 2 else b""
        lines = self._stamped(over, page) if over.startswith(_STAMP) else []
        words = page_words(self.plan, self.paper(place), self.pages.labels[place])
        said = " ".join(lines)
        if words.marking and not (words.marking in said or (words.short_marking or words.marking) in said):
            raise PackFault(f"The {self.where(place)} does not say {words.marking}.")
        if words.number not in lines:
            numbers = [line for line in lines if _NUMBERED.search(line)]
            raise PackFault(f"The {self.where(place)} prints the number {', '.join(numbers) or 'nothing'}.")

    def _stamped(self, content: bytes, page: Object) -> list[str]:
        lines: list[str] = []
        line = ""
        fonts = page.Resources.Font
        for name, codes, end in _STAMPED.findall(content):
            if end:
                lines.append(line)
                line = ""
                continue
            texts = self._texts(fonts[f"/{name.decode()}"])
            line += "".join(texts.get(int(codes[at : at + 4], 16), "\ufffd") for at in range(0, len(codes), 4))
        return lines

    def _texts(self, font: Object) -> dict[int, str]:
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = unicode_map(font)
        return self._fonts[font.objgen]

    def fonts(self, place: int, page: Object) -> None:
        """Every font travels with the pack, and that of the program's own says what its glyphs mean."""
        resources = page.get(Name.Resources, Dictionary())
        if resources.objgen in self._seen_resources:
            return
        self._seen_resources.add(resources.objgen)
        if self.is_brought(place):
            return
        for name, font in resources.get(Name.Font, Dictionary()).items():
            if not all(_is_embedded(inner) for inner in font.get(Name.DescendantFonts, Array([font]))):
                raise PackFault(f"The font {name} of the {self.where(place)} is not embedded.")
            if font.get(Name.Encoding) == Name("/Identity-H") and not self._texts(font):
                raise PackFault(f"The {self.where(place)} has characters that cannot be read out.")

    def annotations(self, place: int, page: Object) -> None:
        """Every link of a page leads somewhere, prints and is described; the page has its row in the tag tree."""
        if int(page.get(Name.StructParents, -1)) != place or page.get(Name.Tabs) != Name.S:
            raise PackFault(f"The {self.where(place)} is not in the tag tree's list of pages.")
        for annotation in page.get(Name.Annots, Array()):
            if Name.Dest in annotation and str(annotation.Dest) not in self.names:
                raise PackFault(f"A link on the {self.where(place)} leads nowhere: {annotation.Dest}.")
            if not str(annotation.get(Name.Contents, "")).strip() or not int(annotation.get(Name.F, 0)) & _PRINT:
                raise PackFault(f"A link on the {self.where(place)} is not described or would not print.")
            row = int(annotation.get(Name.StructParent, -1))
            self.links.append((page.objgen[0], annotation.objgen[0], row))

    def tree(self) -> None:
        """Names unique, header cells with a scope, header references that resolve, all text held once."""
        brought = {page.objgen[0] for place, page in enumerate(self.objects) if self.is_brought(place)}
        tree = TagTree(self.bodies, self.pdf.Root.StructTreeRoot.objgen[0], self.near, brought)
        tree.check()
        if tree.papers != 1 + len(self.placed):
            raise PackFault(f"The tag tree has {tree.papers} papers, the pack {1 + len(self.placed)} with its letter.")
        tree.check_pages([page.objgen[0] for page in self.objects], self.links)

    def destinations(self) -> None:
        """Every paper and every place of the page map stands where that says."""
        names = self.pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests, Dictionary())
        for name, number in _PLACE.findall(names.unparse(resolved=True)):
            self.names[_decoded(name)] = self.place[int(number)]
        for key, pages in self.pages.papers.items():
            if self.names.get(key) != pages.index or self.pages.labels[pages.index] != pages.first:
                raise PackFault(f"The paper “{key}” does not begin on page {pages.first}.")
        for (key, anchor), label in self.pages.anchors.items():
            target = self.names.get(element_id(key, anchor))
            if target is None or self.pages.labels[target] != label:
                raise PackFault(f"“{anchor}” of the paper “{key}” does not stand on page {label}.")

    def outline(self) -> None:
        """The bookmarks are the items, papers and headings of the plan, and lead to the pages on which these stand."""
        expected = [
            (" ".join(each.title.split()), self.names.get(each.place))
            for each in _flat(bookmarks(self.placed, letter_name(self.plan)))
        ]
        found = list(self._bookmarks(self.pdf.Root.get(Name.Outlines)))
        for place, (title, page) in enumerate(expected):
            if page is None or place >= len(found) or found[place] != (title, page):
                raise PackFault(f"The bookmark “{title}” is missing or leads to another page.")
        if len(found) != len(expected):
            raise PackFault(f"The pack has {len(found)} bookmarks, its papers ask for {len(expected)}.")

    def _bookmarks(self, top: Object | None) -> Iterator[tuple[str, int]]:
        waiting = [top.get(Name.First)] if top is not None else []
        # A ring of bookmarks ends with the last one that the pack could have.
        for _ in range(len(self.names) + 2 * len(self.objects)):
            item = waiting.pop() if waiting else None
            if item is None:
                break
            yield str(item.Title), self.place.get(item.Dest[0].objgen[0], -1)
            waiting.extend(each for each in (item.get(Name.Next), item.get(Name.First)) if each is not None)

    def cover(self) -> None:
        """The table of the cover letter or the agenda says the real pages, line by line, and links to them."""
        count = min(self.starts, default=len(self.objects))
        top = elements(document_elements(self.pdf)[0])[0]
        letter = Letter(list(self.pdf.pages[:count]), top, letter_name(self.plan).lower())
        letter.check(cover_lines(self.plan, self.pages.papers))


def _flat(found: list[Bookmark]) -> Iterator[Bookmark]:
    for each in found:
        yield each
        yield from _flat(each.under)


def _is_embedded(font: Object) -> bool:
    """Whether a font's program is in the file; that of a Type 3 font always is."""
    descriptor = font.get(Name.FontDescriptor, Dictionary())
    return font.get(Name.Subtype) == Name.Type3 or any(
        key in descriptor for key in (Name.FontFile, Name.FontFile2, Name.FontFile3)
    )


def _decoded(name: bytes) -> str:
    """A name of a place as qpdf writes it: hexadecimal, or in brackets with escapes."""
    if name.startswith(b"<"):
        return bytes.fromhex(name[1:-1].decode("ascii")).decode("utf-8", "replace")
    return _ESCAPED.sub(rb"\1", name[1:-1]).decode("utf-8", "replace")


def _labels(pdf: Pdf) -> list[str]:
    """The label that a reader's page box shows for every page."""
    starts = dict(NumberTree(pdf.Root.PageLabels).items())
    labels: list[str] = []
    prefix, number, style = "", 0, None
    for place in range(len(pdf.pages)):
        if place in starts:
            prefix, number = str(starts[place].get(Name.P, "")), int(starts[place].get(Name.St, 1))
            style = starts[place].get(Name.S)
        counted = "" if style is None else roman(number) if style == Name("/r") else str(number)
        labels.append(f"{prefix}{counted}")
        number += 1
    return labels
