"""Our own check of a finished pack, made before anybody can read it. The first fault found stops the pack.

It holds the PDF against its plan and page map; that every figure stands in its cell is the tests' business.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import MARKING, cover_lines
from torbay_reports.publishing.packplan import PackPlan, PageMap
from torbay_reports.publishing.pagetext import UNREADABLE, Reader, Run, joined
from torbay_reports.publishing.tagtree import (
    attribute,
    cells_of,
    document_elements,
    elements,
    is_element,
    kids,
    kind,
    rows_of,
    walk,
)

_PRINTED_NUMBER = re.compile(r"Page (\S+)$")


def check(pdf_bytes: bytes, plan: PackPlan, pages: PageMap) -> None:
    """Raise PackFault, naming page or paper, when the pack is not what its plan and page map say."""
    with Pdf.open(BytesIO(pdf_bytes)) as pdf:
        _Check(pdf, plan, pages).run()


class _Check:
    """One finished pack under examination, its text read once."""

    def __init__(self, pdf: Pdf, plan: PackPlan, pages: PageMap) -> None:
        self.pdf = pdf
        self.plan = plan
        self.pages = pages
        self.place = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}

    def run(self) -> None:
        self.head()
        if len(self.pdf.pages) != len(self.pages.labels):
            raise PackFault(f"The pack has {len(self.pdf.pages)} pages, its page map {len(self.pages.labels)}.")
        reader = Reader()
        self.text = [reader.read(page) for page in self.pdf.pages]
        self.numbers()
        self.fonts()
        self.tree()
        self.destinations()
        self.cover()

    def where(self, place: int) -> str:
        """A page in words, with the paper that it belongs to."""
        titles = {paper.key: paper.title for item in self.plan.items for paper in item.papers}
        within = [key for key, pages in self.pages.papers.items() if pages.index <= place]
        key = max(within, key=lambda each: self.pages.papers[each].index, default="")
        return f"page {self.pages.labels[place]} ({titles[key] if key else 'cover letter'})"

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
        with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            if str(metadata.get("pdfuaid:part", "")) != "1" or metadata.get("dc:title") != self.plan.title:
                raise PackFault("The pack's metadata do not name PDF/UA-1 and the title.")

    def numbers(self) -> None:
        """The printed number, the label in the reader's page box and the page map agree, page by page."""
        if Name.PageLabels not in self.pdf.Root:
            raise PackFault("The pack has no page labels.")
        labels = _labels(self.pdf)
        restricted = {paper.key for item in self.plan.items for paper in item.papers if paper.restriction != "open"}
        for place, label in enumerate(self.pages.labels):
            feet = [_PRINTED_NUMBER.search(run.text) for run in self.text[place].artifacts]
            printed = [found.group(1) for found in feet if found]
            if printed != [label]:
                raise PackFault(f"The {self.where(place)} prints the number {', '.join(printed) or 'nothing'}.")
            if labels[place] != label:
                raise PackFault(f"The {self.where(place)} is labelled {labels[place]}.")
        for key in restricted & self.pages.papers.keys():
            for place in self._places(key):
                if not any(MARKING in run.text for run in self.text[place].artifacts):
                    raise PackFault(f"The {self.where(place)} does not say {MARKING}.")

    def _places(self, key: str) -> range:
        later = [pages.index for pages in self.pages.papers.values() if pages.index > self.pages.papers[key].index]
        return range(self.pages.papers[key].index, min(later, default=len(self.pages.labels)))

    def fonts(self) -> None:
        """Every font travels with the pack, and every character can be copied and spoken."""
        for place, page in enumerate(self.pdf.pages):
            for name, font in page.obj.Resources.get(Name.Font, Dictionary()).items():
                for inner in font.get(Name.DescendantFonts, Array([font])):
                    descriptor = inner.get(Name.FontDescriptor, Dictionary())
                    if not any(key in descriptor for key in (Name.FontFile, Name.FontFile2, Name.FontFile3)):
                        raise PackFault(f"The font {name} of the {self.where(place)} is not embedded.")
            text = self.text[place]
            if text.loose.text.strip():
                raise PackFault(f"The {self.where(place)} has text outside the tag tree: “{text.loose.text[:40]}”.")
            if any(UNREADABLE in run.text for run in [*text.marked.values(), *text.artifacts]):
                raise PackFault(f"The {self.where(place)} has characters that cannot be read out.")

    def tree(self) -> None:
        """Names unique, header cells with a scope, header references that resolve, pictures with words."""
        self._names()
        held: dict[int, set[int]] = {}
        for top in document_elements(self.pdf):
            for element in walk(top):
                self._element(element)
                for place, mcid in self._content(element):
                    if mcid in held.setdefault(place, set()):
                        raise PackFault(f"The {self.where(place)} has one piece of text twice in the tag tree.")
                    held[place].add(mcid)
        for place, text in enumerate(self.text):
            if set(text.marked) != held.get(place, set()):
                raise PackFault(f"The {self.where(place)} has text that the tag tree does not hold.")

    def _names(self) -> None:
        seen: set[str] = set()
        for element in (each for top in document_elements(self.pdf) for each in walk(top) if Name.ID in each):
            name = str(element.ID)
            if name in seen:
                raise PackFault(f"The name {name} stands twice in the tag tree, on the {self._near(element)}.")
            seen.add(name)

    def _element(self, element: Object) -> None:
        if kind(element) == "Figure" and not str(element.get(Name.Alt, "")).strip():
            raise PackFault(f"A picture on the {self._near(element)} has no words beside it.")
        if kind(element) == "Table":
            self._table(element)

    def _table(self, table: Object) -> None:
        cells = [cell for row, _ in rows_of(table) for cell in cells_of(row)]
        names = {str(cell.get(Name.ID, "")) for cell in cells if kind(cell) == "TH"}
        for cell in cells:
            if kind(cell) == "TH" and attribute(cell, "Scope") is None:
                raise PackFault(f"A header cell on the {self._near(cell)} does not say what it heads.")
            for reference in attribute(cell, "Headers") or ():
                if str(reference) not in names:
                    raise PackFault(f"A cell on the {self._near(cell)} names a header that its table does not have.")

    def _content(self, element: Object) -> Iterator[tuple[int, int]]:
        for kid in kids(element):
            if isinstance(kid, int):
                yield self.place[element.Pg.objgen], kid
            elif isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.MCR:
                yield self.place[kid.Pg.objgen], int(kid.MCID)

    def _near(self, element: Object) -> str:
        return self.where(self.place[element.Pg.objgen]) if Name.Pg in element else "a page that it does not name"

    def destinations(self) -> None:
        """Every link leads somewhere, prints and is described; every paper begins where the page map says."""
        names = self._destinations()
        for place, page in enumerate(self.pdf.pages):
            for annotation in page.obj.get(Name.Annots, Array()):
                if Name.Dest in annotation and str(annotation.Dest) not in names:
                    raise PackFault(f"A link on the {self.where(place)} leads nowhere: {annotation.Dest}.")
                if not str(annotation.get(Name.Contents, "")).strip() or not int(annotation.get(Name.F, 0)) & 4:
                    raise PackFault(f"A link on the {self.where(place)} is not described or would not print.")
        for key, pages in self.pages.papers.items():
            if names.get(key) != pages.index or self.pages.labels[pages.index] != pages.first:
                raise PackFault(f"The paper “{key}” does not begin on page {pages.first}.")
        for (key, anchor), label in self.pages.anchors.items():
            target = names.get(f"{key}--{anchor}")
            if target is None or self.pages.labels[target] != label:
                raise PackFault(f"“{anchor}” of the paper “{key}” does not stand on page {label}.")

    def _destinations(self) -> dict[str, int]:
        names = self.pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
        if names is None:
            return {}
        return {str(name): self.place[target[0].objgen] for name, target in NameTree(names).items()}

    def cover(self) -> None:
        """The table of the cover letter says the real pages, line by line, and links to them."""
        letter = elements(document_elements(self.pdf)[0])[0]
        table = next(element for element in walk(letter) if kind(element) == "Table")
        found = [self._cover_line(row) for row, is_head in rows_of(table) if not is_head]
        for line, expected in zip(found, cover_lines(self.plan, self.pages.papers), strict=True):
            if line != expected:
                said, right = (" ".join(each[:2]) for each in (line, expected))
                raise PackFault(f"The cover letter says “{said}” or links it wrongly; right is “{right}”.")

    def _cover_line(self, row: Object) -> tuple[str, str, str]:
        title, pages = cells_of(row)[-2:]
        links = [kid for element in walk(pages) for kid in kids(element) if _is_annotation(kid)]
        return self._words(title), self._words(pages), str(links[0].Obj.Dest) if links else ""

    def _words(self, element: Object) -> str:
        runs: list[Run] = []
        for each in walk(element):
            runs.extend(self.text[place].marked[mcid] for place, mcid in self._content(each))
        return joined(runs)


def _is_annotation(kid: Any) -> bool:
    return not isinstance(kid, int) and not is_element(kid) and kid.get(Name.Type) == Name.OBJR


def _labels(pdf: Pdf) -> list[str]:
    """The label that a reader's page box shows for every page."""
    starts = dict(NumberTree(pdf.Root.PageLabels).items())
    labels: list[str] = []
    prefix, number = "", 0
    for place in range(len(pdf.pages)):
        if place in starts:
            prefix, number = str(starts[place].get(Name.P, "")), int(starts[place].get(Name.St, 1))
        labels.append(f"{prefix}{number}")
        number += 1
    return labels
