"""What the reader's pages say of a meeting, put together from its rows and its stored pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from msgspec.structs import replace

from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.flowing import paragraphs_of
from torbay_reports.agenda.letters import when_words
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.agenda.published import content_of, published_of
from torbay_reports.agenda.reading.notices import Notice, notice_of
from torbay_reports.agenda.reading.packs import PackSoFar, PaperLine, so_far
from torbay_reports.core.formatting import full_date
from torbay_reports.documents.blocks import Document, Paragraph, Prose, quoted
from torbay_reports.documents.dating import age_sentence
from torbay_reports.documents.html import render_block, render_rows_in_words
from torbay_reports.publishing.models import AnyPack, Publication
from torbay_reports.publishing.packplan import Edition, PageMap
from torbay_reports.publishing.selectors import document_of, stored_pack


@dataclass(frozen=True)
class Asked:
    """What a paper asks the meeting to decide."""

    paper: PaperLine
    recommendations: tuple[Paragraph, ...]


@dataclass(frozen=True)
class BroughtPage:
    """A page of a brought PDF as words; `label` is its number as printed in the pack and `place` its number in the
    instalment's file, "" and 0 while it stands in none. `was` is the name by which it was found before, by its number
    in its own file, where no other page has that name now."""

    number: int
    label: str
    place: int
    paragraphs: tuple[str, ...]
    was: str = ""

    @property
    def anchor(self) -> str:
        return f"page-{self.label or self.number}"

    @property
    def heading(self) -> str:
        return f"Page {self.label} of the pack" if self.label else f"Page {self.number} of the file"

    @property
    def short_heading(self) -> str:
        return f"Page {self.label or self.number}"


@dataclass(frozen=True)
class Glance:
    """What other pages show of a report."""

    summary: Prose
    limits: Prose
    chart: SafeString
    largest: SafeString


@dataclass(frozen=True)
class NextPack:
    """The pack of the next meeting that has one, with the notice of what is new in it."""

    pack: PackSoFar
    notice: Notice


def next_pack(coming: list[Meeting]) -> NextPack | None:
    """What home says of the next meeting's pack; None until one is out."""
    published = published_of(coming, Edition.PUBLIC)
    if not published:
        return None
    meeting = published[0].instalment.meeting
    pack = so_far(meeting, [each for each in published if each.instalment.meeting_id == meeting.pk])
    notice = notice_of(pack)
    return NextPack(pack, notice) if notice else None


def stored_edition(instalment: Instalment, edition: Edition) -> AnyPack | None:
    """The stored pack of an instalment in that edition; None until it is built."""
    return stored_pack(pack_key(instalment), edition)


def pages_of(key: str, pages: PageMap | None) -> dict[str, str]:
    """The printed page on which each block and row of a paper begins, by its anchor; the paper by its key."""
    anchors = pages.anchors if pages else {}
    return {anchor: page for (owner, anchor), page in anchors.items() if owner == key}


def brought_pages(key: str, texts: Sequence[str], pages: PageMap | None) -> list[BroughtPage]:
    """The words of each page of a brought PDF with its number in the pack."""
    labels = pages_of(key, pages)
    places = {label: place for place, label in enumerate(pages.labels if pages else (), start=1)}
    found = []
    for number, text in enumerate(texts, start=1):
        label = labels.get(f"page-{number}", "")
        was = f"page-{number}" if label and f"{number}" not in labels.values() else ""
        found.append(BroughtPage(number, label, places.get(label, 0), paragraphs_of(text), was))
    return found


def paper_labels(key: str, pages: PageMap | None) -> tuple[str, ...]:
    """The printed numbers of all pages of a paper, in turn."""
    there = pages.papers.get(key) if pages else None
    if pages is None or there is None:
        return ()
    return pages.labels[there.index : pages.labels.index(there.last) + 1]


def asked(pack: PackSoFar) -> list[Asked]:
    """What the meeting is asked to decide, paper by paper in the order of business; one query."""
    frozen = Publication.objects.in_bulk([each.entry.publication for each in pack.papers if each.entry.publication])
    result = []
    for line in pack.papers:
        publication = frozen.get(line.entry.publication) if line.entry.publication else None
        recommendations = document_of(publication).recommendations if publication else ()
        if recommendations:
            said = tuple(replace(each, content=quoted(each.content)) for each in recommendations)
            result.append(Asked(line, said))
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
    return f"{full_date(held_on)}{_near(held_on, today)}"


def sitting(meeting: Meeting, today: date) -> str:
    """The same with its hour: Wednesday 6 September 2017 at 5.30 pm (in 2 days)."""
    return f"{when_words(meeting)}{_near(meeting.held_on, today)}"


def _near(held_on: date, today: date) -> str:
    days = (held_on - today).days
    near = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    return f" ({near})" if days >= 0 else ""
