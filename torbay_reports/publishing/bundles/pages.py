"""A bundle's pages as HTML: the pack's own, and one for each paper.

They load nothing but the shared style sheet, run no script, and every link is relative, so that any server and any
folder can hold them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from msgspec.structs import replace

from torbay_reports.core.formatting import full_date, long_date
from torbay_reports.documents.blocks import Block, Chart, Document, Table
from torbay_reports.documents.dating import age_sentence
from torbay_reports.documents.html import render_screen
from torbay_reports.publishing.bundles import assets, contents
from torbay_reports.publishing.bundles.values import BundleFacts
from torbay_reports.publishing.layout import PlacedPaper, kept_sentence
from torbay_reports.publishing.packplan import PackPlan, PageMap, PlannedUpload, RenderedPack

Words = Sequence[Sequence[str]]
"""The paragraphs of each page of a brought PDF."""
_UP: Final = "../"


@dataclass(frozen=True)
class BroughtPage:
    """A page of a brought PDF as words, or one that only says why it is there; `place` is its number in the pack's
    file."""

    label: str
    place: int
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class PageLink:
    """A printed page of a paper and the id on its HTML page where it begins, or where what runs on over it began."""

    label: str
    target: str
    goes_on: bool = False


@dataclass(frozen=True)
class Neighbour:
    """The paper before or after one, as its page links to it."""

    title: str
    address: str


def render_page(name: str, *, folder: str, language: str, said: Mapping[str, object]) -> bytes:
    """A page of a store in its frame; `folder` is where it stands in the store, "" at the root.

    `said` holds what the template needs, of it for every page `council`, `notice` and `marking`.
    """
    root = _UP * len(folder.split("/")) if folder else ""
    frame = {
        "root": root,
        "sheet": f"{root}assets/{assets.digest()}/{assets.SHEET}",
        "colour": settings.COUNCIL_COLOUR,
        "language": language,
    }
    return render_to_string(f"publishing/bundle/{name}.html", {**frame, **said}).encode()


def pack_page(plan: PackPlan, rendered: RenderedPack, facts: BundleFacts) -> bytes:
    """The page of the pack: what it asks, its contents, what changed, letter or agenda, its versions."""
    said = {
        **_said(plan, facts),
        "marking": contents.marking_of_pack(plan),
        "asked": contents.asked(plan),
        "contents": contents.lines(plan, rendered.pages),
        "sheets": len(rendered.pages.labels),
        "size": len(rendered.pdf),
        "dated": full_date(plan.letter.dated),
        "letter_pages": contents.letter_pages(rendered.pages),
    }
    return render_page("pack", folder=facts.folder, language=plan.language, said=said)


def paper_page(
    placed: PlacedPaper, plan: PackPlan, rendered: RenderedPack, facts: BundleFacts, words: Words = ()
) -> bytes:
    """The page of one paper; `words` are those of a brought PDF."""
    paper = placed.paper
    said = {
        **_said(plan, facts),
        **_neighbours(placed, plan),
        "marking": contents.marking_in(plan, paper),
        "item": placed.item,
    }
    folder = f"{facts.folder}/papers/{paper.key}"
    if paper.withdrawn:
        labels = contents.labels_of(paper.key, rendered.pages)
        said |= {"title": paper.called, "links": _links(labels, labels), "why": paper.withdrawn}
        return render_page("withdrawn", folder=folder, language=plan.language, said=said)
    if paper.upload is not None:
        said |= _brought(placed, paper.upload, rendered.pages, words)
        return render_page("brought", folder=folder, language=plan.language, said=said)
    said |= _built(placed, plan, rendered.pages)
    return render_page("paper", folder=folder, language=plan.language, said=said)


def day_of(facts: BundleFacts) -> str:
    """When a bundle was published: 7 September 2017, by the council's clock."""
    return long_date(timezone.localtime(facts.published_at, timezone.get_default_timezone()).date())


def _said(plan: PackPlan, facts: BundleFacts) -> dict[str, object]:
    return {
        "council": plan.council,
        "notice": plan.notice,
        "plan": plan,
        "letter": plan.letter,
        "facts": facts,
        "published_on": day_of(facts),
    }


def _built(placed: PlacedPaper, plan: PackPlan, pages: PageMap) -> dict[str, object]:
    document = placed.document
    marks = contents.pages_of(placed.paper.key, pages)
    links = _links(contents.labels_of(placed.paper.key, pages), set(marks.values()))
    return {
        "title": document.title,
        "chapters": document.chapters,
        "links": links,
        "age": age_sentence(document, plan.meeting_on),
        "body": render_screen(_for_page(document, plan), pages=marks),
    }


def _links(labels: Iterable[str], begun: Collection[str]) -> list[PageLink]:
    """Links to all printed pages of a paper, in order; of those on which nothing begins, to what runs on over them."""
    links: list[PageLink] = []
    target = "main-content"
    for label in labels:
        if label in begun:
            target = f"page-{label}"
        links.append(PageLink(label, target, goes_on=label not in begun))
    return links


def _for_page(document: Document, plan: PackPlan) -> Document:
    """The Document as this page shows it: charts as they were drawn, tables with the links to their files."""
    return replace(
        document,
        blocks=tuple(_block_for_page(block) for block in document.blocks),
        notice="" if document.notice == plan.notice else document.notice,
    )


def _block_for_page(block: Block) -> Block:
    match block:
        case Chart():
            return replace(block, figure="", table=_with_files(block.table))
        case Table():
            return _with_files(block)
    return block


def _with_files(table: Table) -> Table:
    """The table with a last note that links to its files."""
    return replace(table, notes=(*table.notes, _files_of(table)))


def _files_of(table: Table) -> SafeString:
    return format_html(
        'Take this table away: <a href="tables/{anchor}.csv">CSV{of}</a>, <a href="tables/{anchor}.json">JSON{of}</a>',
        anchor=table.anchor,
        of=format_html('<span class="govuk-visually-hidden">: {}</span>', table.caption),
    )


def _brought(placed: PlacedPaper, upload: PlannedUpload, pages: PageMap, words: Words) -> dict[str, object]:
    first = pages.papers[placed.paper.key].index
    labels = contents.labels_of(placed.paper.key, pages)
    # A corrected file that is shorter keeps the numbers of the longer one.
    kept = [[kept_sentence(placed, label)] for label in labels[len(words) :]]
    shown = [
        BroughtPage(label, first + number, paragraphs)
        for number, (label, paragraphs) in enumerate(zip(labels, [*words, *kept], strict=True), start=1)
    ]
    return {"title": placed.paper.title, "links": _links(labels, labels), "shown": shown, "is_tagged": upload.is_tagged}


def _neighbours(placed: PlacedPaper, plan: PackPlan) -> dict[str, object]:
    """The papers before and after in the order of pages."""
    papers = [each.paper for each in contents.shown_papers(plan)]
    place = [each.key for each in papers].index(placed.paper.key)
    around = {"before": papers[:place][-1:], "after": papers[place + 1 :][:1]}
    return {
        name: Neighbour(found[0].called, contents.address_of(found[0].key)) if found else None
        for name, found in around.items()
    }
