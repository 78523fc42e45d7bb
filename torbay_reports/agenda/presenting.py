"""What the reader's pages say of a meeting, put together from its rows and its stored pack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from torbay_reports.agenda import selectors
from torbay_reports.agenda.business import Business
from torbay_reports.agenda.composition import pack_key, paper_key
from torbay_reports.agenda.flowing import paragraphs_of
from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, Paper
from torbay_reports.core.formatting import full_date, page_range
from torbay_reports.documents.blocks import Document, Paragraph, Prose
from torbay_reports.documents.dating import age_sentence
from torbay_reports.documents.html import render_block, render_rows_in_words
from torbay_reports.publishing.models import PACKS, AnyPack, BuiltPack
from torbay_reports.publishing.packplan import Edition, PageMap, PageRange
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.selectors import document_of, stored_pack


@dataclass(frozen=True)
class PaperLine:
    """A paper in a list of contents."""

    paper: Paper
    pages: str

    @property
    def is_to_follow(self) -> bool:
        """Readers wait for a brought PDF until it stands in a pack: before that it may still be changed."""
        return self.paper.content.publication_id is None and not self.pages


@dataclass(frozen=True)
class ItemLine:
    """An item in a list of contents; `pages` reads "Pages 2 - 8", or nothing where none of its papers is there."""

    item: AgendaItem
    papers: tuple[PaperLine, ...]
    pages: str


@dataclass(frozen=True)
class Asked:
    """What a paper asks the meeting to decide."""

    paper: Paper
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
    instalment = selectors.newest_instalment_of(coming)
    stored = stored_edition(instalment, Edition.PUBLIC) if instalment else None
    if instalment is None or stored is None:
        return None
    business = selectors.business(instalment.meeting, edition=Edition.PUBLIC)
    lines = contents(business, page_map(stored))
    return NextPack(instalment, len(stored.pages["labels"]), len(missing(lines)))


def stored_edition(instalment: Instalment, edition: Edition) -> AnyPack | None:
    """The stored pack of an instalment in that edition; None until it is built."""
    return stored_pack(pack_key(instalment), edition)


def page_map(pack: BuiltPack | None) -> PageMap | None:
    """Where everything stands in a stored pack."""
    return from_stored(pack.pages) if pack is not None else None


def contents(business: list[Business], pages: PageMap | None) -> list[ItemLine]:
    """The items with their papers and the pages that they have in the pack."""
    papers = pages.papers if pages else {}
    items = pages.items if pages else {}
    return [
        ItemLine(
            item=each.item,
            pages=_range(items.get(each.item.number)),
            papers=tuple(
                PaperLine(paper=paper, pages=_range(papers.get(paper_key(each.item.number, paper))))
                for paper in each.papers
            ),
        )
        for each in business
    ]


def missing(lines: Iterable[ItemLine]) -> list[Paper]:
    """The papers of a list of contents that readers still wait for."""
    return [each.paper for line in lines for each in line.papers if each.is_to_follow]


def _range(pages: PageRange | None) -> str:
    return page_range(pages.first, pages.last) if pages else ""


def pages_of(paper: Paper, pages: PageMap | None) -> dict[str, str]:
    """The printed page on which each block and row of a paper begins, by its anchor."""
    key = paper_key(paper.item.number, paper)
    anchors = pages.anchors if pages else {}
    return {anchor: page for (owner, anchor), page in anchors.items() if owner == key}


def brought_pages(paper: Paper, texts: Sequence[str], pages: PageMap | None) -> list[BroughtPage]:
    """The words of each page of a brought PDF with its number in the pack."""
    labels = pages_of(paper, pages)
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


def edition_of(paper: Paper) -> Edition:
    """The edition in which readers find the paper."""
    return Edition.RESTRICTED if paper.is_restricted else Edition.PUBLIC


def is_out(paper: Paper) -> bool:
    """Whether the stored pack in which readers find the paper holds it; one query."""
    packs = PACKS[edition_of(paper)]._default_manager.filter(key=pack_key(paper.instalment))
    return packs.filter(pages__papers__has_key=paper_key(paper.item.number, paper)).exists()


def asked(business: list[Business]) -> list[Asked]:
    """What the meeting is asked to decide, paper by paper."""
    result = []
    for each in business:
        for paper in each.papers:
            if paper.publication is None:
                continue
            recommendations = document_of(paper.publication).recommendations
            if recommendations:
                result.append(Asked(paper, recommendations))
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


def quoted(paper: Paper) -> Quoted:
    """What home says of a published paper at a glance. Raises DamagedPublication."""
    document = _frozen(paper)
    return Quoted(paper, glance(document), age_sentence(document, paper.item.meeting.held_on))


def summary(paper: Paper) -> Prose:
    """What home says of a published paper in a sentence. Raises DamagedPublication."""
    return _frozen(paper).highlight("summary")


def _frozen(paper: Paper) -> Document:
    assert paper.publication is not None  # only published papers are quoted
    return document_of(paper.publication)


def when(held_on: date, today: date) -> str:
    """A meeting's day as a reader counts it: today, tomorrow, in 8 days, or its date alone once it is past."""
    days = (held_on - today).days
    if days < 0:
        return full_date(held_on)
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f"{full_date(held_on)} ({near})"
