"""What the reader's pages say of a meeting, put together from its rows and its stored pack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from msgspec.structs import replace

from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.flowing import paragraphs_of
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.agenda.published import content_of, contents_of, published_of
from torbay_reports.core.formatting import full_date
from torbay_reports.documents.blocks import Document, Paragraph, Prose, quoted
from torbay_reports.documents.dating import age_sentence
from torbay_reports.documents.html import render_block, render_rows_in_words
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.models import AnyBundle, AnyPack, Publication
from torbay_reports.publishing.packplan import Edition, PageMap, PageRange
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.selectors import document_of, stored_pack


@dataclass(frozen=True)
class PaperLine:
    """A paper in a list of contents."""

    paper: PaperEntry
    pages: str

    @property
    def is_to_follow(self) -> bool:
        """Whether readers still wait for it."""
        return not (self.paper.publication or self.paper.upload or self.paper.withdrawn)


@dataclass(frozen=True)
class ItemLine:
    """An item in a list of contents; `pages` reads "Pages 2 - 8", or nothing where none of its papers is there."""

    item: ItemEntry
    papers: tuple[PaperLine, ...]
    pages: str


@dataclass(frozen=True)
class Asked:
    """What a paper asks the meeting to decide."""

    item: ItemEntry
    paper: PaperEntry
    recommendations: tuple[Paragraph, ...]


@dataclass(frozen=True)
class BroughtPage:
    """A page of a brought PDF as words; `label` is its number as printed in the pack and `place` its number in the
    pack's file, "" and 0 while it stands in none."""

    number: int
    label: str
    place: int
    paragraphs: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return f"page-{self.number}"

    @property
    def heading(self) -> str:
        return f"Page {self.label} of the pack" if self.label else f"Page {self.number} of the file"


@dataclass(frozen=True)
class Glance:
    """What other pages show of a report."""

    summary: Prose
    limits: Prose
    chart: SafeString
    largest: SafeString


@dataclass(frozen=True)
class NextPack:
    """The pack of the next meeting that has one, and how many of its papers are still missing."""

    instalment: Instalment
    pages: int
    missing: int


def next_pack(coming: list[Meeting]) -> NextPack | None:
    """What home says of the next meeting's pack; None until one is out."""
    for each in published_of(coming, Edition.PUBLIC):
        pages = len(each.bundle.pages["labels"])
        return NextPack(each.instalment, pages, len(missing(contents(each.bundle))))
    return None


def stored_edition(instalment: Instalment, edition: Edition) -> AnyPack | None:
    """The stored pack of an instalment in that edition; None until it is built."""
    return stored_pack(pack_key(instalment), edition)


def contents(bundle: AnyBundle) -> list[ItemLine]:
    """The items of a published version with their papers and the pages that they have in it."""
    pages = from_stored(bundle.pages)
    return [
        ItemLine(
            item=item,
            pages=_words(pages.items.get(item.number)),
            papers=tuple(PaperLine(entry, _words(pages.papers.get(entry.key))) for entry in item.papers),
        )
        for item in contents_of(bundle)
    ]


def missing(lines: Iterable[ItemLine]) -> list[PaperEntry]:
    """The papers of a list of contents that readers still wait for."""
    return [each.paper for line in lines for each in line.papers if each.is_to_follow]


def _words(pages: PageRange | None) -> str:
    return pages.words if pages else ""


def pages_of(key: str, pages: PageMap | None) -> dict[str, str]:
    """The printed page on which each block and row of a paper begins, by its anchor; the paper by its key."""
    anchors = pages.anchors if pages else {}
    return {anchor: page for (owner, anchor), page in anchors.items() if owner == key}


def brought_pages(key: str, texts: Sequence[str], pages: PageMap | None) -> list[BroughtPage]:
    """The words of each page of a brought PDF with its number in the pack."""
    labels = pages_of(key, pages)
    places = {label: place for place, label in enumerate(pages.labels if pages else (), start=1)}
    return [
        BroughtPage(
            number=number,
            label=labels.get(f"page-{number}", ""),
            place=places.get(labels.get(f"page-{number}", ""), 0),
            paragraphs=paragraphs_of(text),
        )
        for number, text in enumerate(texts, start=1)
    ]


def asked(bundle: AnyBundle) -> list[Asked]:
    """What the meeting is asked to decide, paper by paper, as a public version says it; one query."""
    frozen = Publication.objects.in_bulk(bundle.publications)
    result = []
    for item in contents_of(bundle):
        for entry in item.papers:
            publication = frozen.get(entry.publication) if entry.publication else None
            recommendations = document_of(publication).recommendations if publication else ()
            if recommendations:
                said = tuple(replace(each, content=quoted(each.content)) for each in recommendations)
                result.append(Asked(item, entry, said))
    return result


def glance(document: Document) -> Glance:
    """A report at a glance: its summary, its first chart, the sentence on limits, its largest variances."""
    return Glance(
        summary=document.highlight("summary"),
        limits=document.highlight("limits"),
        chart=render_block(document.charts[0], prefix="glance-") if document.charts else SafeString(""),
        largest=render_rows_in_words(document.largest, prefix="glance-"),
    )


@dataclass(frozen=True)
class Quoted:
    """A published paper as home quotes it at a glance; `age` is empty where its figures have no day."""

    paper: Paper
    glance: Glance
    age: str


def at_a_glance(paper: Paper) -> Quoted | None:
    """What home says of a published paper at a glance; None where it was withdrawn in this moment. Raises
    DamagedPublication."""
    document = _frozen(paper)
    if document is None:
        return None
    return Quoted(paper, glance(document), age_sentence(document, paper.item.meeting.held_on))


def summary(paper: Paper) -> Prose | None:
    """What home says of a published paper in a sentence; None as above. Raises DamagedPublication."""
    document = _frozen(paper)
    return document.highlight("summary") if document is not None else None


def _frozen(paper: Paper) -> Document | None:
    published = content_of(paper)
    return document_of(published.publication) if published and published.publication else None


def when(held_on: date, today: date) -> str:
    """A meeting's day as a reader counts it: today, tomorrow, in 8 days, or its date alone once it is past."""
    days = (held_on - today).days
    if days < 0:
        return full_date(held_on)
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{full_date(held_on)} ({near})"
