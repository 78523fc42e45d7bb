"""The HTML of a pack: its cover letter; open papers in the order of business, then those not for publication."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

import msgspec
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from torbay_reports.core.formatting import full_date, page_range
from torbay_reports.documents.blocks import (
    Block,
    BulletList,
    CallOut,
    Chart,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)
from torbay_reports.documents.dating import age_sentence
from torbay_reports.publishing import markup
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition, PackPlan, PageRange, PlannedItem, PlannedPaper, Restriction

MARKING = "NOT FOR PUBLICATION"
RESTRICTED_PREFIX = "E"
"""What the numbers of pages that the public may not read begin with."""
LETTER_ID = "letter"
_WITHHELD = "(not for publication)"
_TO_FOLLOW = "(to follow)"
_GAP = " · "


class Sheet(msgspec.Struct, frozen=True):
    """What is the same on every page of a paper: nothing of it tells of the meeting, the edition or page numbers, which
    are stamped when a pack is joined, so that several packs share the pages of a paper."""

    key: str
    title: str
    language: str
    is_landscape: bool
    colour: str


class Opening(msgspec.Struct, frozen=True):
    """How a paper begins: its item and title, its marking, how old its figures are, its own notice."""

    item_label: str
    title: str
    marking: str
    as_at: str
    notice: str


@dataclass(frozen=True)
class Entry:
    """One line of the cover letter's table: an item or, under it, one of its papers."""

    title: str
    pages: str
    target: str


@dataclass(frozen=True)
class ItemEntry:
    """An item on the cover letter with the papers that have to be named beneath it."""

    number: str
    entry: Entry
    papers: tuple[Entry, ...]


@dataclass(frozen=True)
class PlacedPaper:
    """A paper that has pages in this pack, with the item it belongs to."""

    item: PlannedItem
    paper: PlannedPaper
    opens_item: bool

    @property
    def document(self) -> Document:
        """What it was built from; a brought PDF has none."""
        assert self.paper.document is not None
        return self.paper.document

    @property
    def is_restricted(self) -> bool:
        return self.paper.restriction is not Restriction.OPEN


def placed_papers(plan: PackPlan) -> tuple[PlacedPaper, ...]:
    """The papers in the order of their pages: those not for publication after all others.

    Raises PackFault when a public plan holds a paper that is not open, or when two papers share a key.
    """
    keys = [paper.key for item in plan.items for paper in item.papers]
    for key in keys:
        if keys.count(key) > 1:
            raise PackFault(f"Two papers of this pack share the key “{key}”: give each its own.")
    placed = []
    for restricted in (False, True):
        for item in plan.items:
            opens_item = True
            for paper in item.papers:
                if not paper.is_there or (paper.restriction is not Restriction.OPEN) is not restricted:
                    continue
                placed.append(PlacedPaper(item, paper, opens_item))
                opens_item = False
    if plan.edition is Edition.PUBLIC:
        for each in placed:
            if each.is_restricted:
                raise PackFault(
                    f"The public edition was given the paper “{each.paper.title}”, which is "
                    f"{each.paper.restriction.value}: compose it without that paper's content."
                )
    return tuple(placed)


def letter_html(plan: PackPlan, ranges: Mapping[str, PageRange]) -> str:
    """The cover letter as an HTML page. `ranges` are the pages of papers by key, empty before they are known."""
    placed = placed_papers(plan)
    entries = [_item_entry(item, placed, ranges) for item in plan.items]
    letter = {"dated": full_date(plan.letter.dated), "entries": entries, "letter_id": LETTER_ID, "plan": plan}
    return _page(settings.COUNCIL_COLOUR, plan.language, letter)


def papers_html(plan: PackPlan) -> str:
    """All built papers as one HTML page, as other programs print them in one run; nothing where there are none."""
    papers = []
    for placed in placed_papers(plan):
        if placed.paper.document is None:
            continue
        blocks = placed.document.blocks
        slices = [
            (block, introduces(block, following))
            for block, following in zip_longest(blocks, blocks[1:])
            if block is not None
        ]
        rendered = [block_html(block, placed.paper.key, introduces=keeps) for block, keeps in slices]
        papers.append(_paper(sheet_of(placed), opening_of(placed, plan), rendered))
    if not papers:
        return ""
    return _page(settings.COUNCIL_COLOUR, plan.language, {"papers": papers})


def run_html(sheet: Sheet, opening: Opening | None, blocks: Iterable[SafeString]) -> str:
    """A run of one paper's pages as an HTML page."""
    return _page(sheet.colour, sheet.language, {"papers": [_paper(sheet, opening, blocks)]})


def sheet_of(placed: PlacedPaper) -> Sheet:
    """What stands on every page of the paper."""
    document = placed.document
    return Sheet(
        key=placed.paper.key,
        title=placed.paper.title,
        language=document.language,
        is_landscape=document.orientation == "landscape",
        colour=settings.COUNCIL_COLOUR,
    )


def opening_of(placed: PlacedPaper, plan: PackPlan) -> Opening:
    """How the paper begins."""
    document = placed.document
    return Opening(
        item_label=f"Agenda item {placed.item.number}: {placed.item.title}",
        title=document.title,
        marking=marking_of(placed.paper),
        as_at=age_sentence(document, plan.meeting_on),
        notice="" if document.notice == plan.notice else document.notice,
    )


def marking_of(paper: PlannedPaper) -> str:
    """What every page of a paper that the public may not read says; nothing for an open one."""
    return "" if paper.restriction is Restriction.OPEN else f"{MARKING}: {paper.restriction.value}"


def draft_mark(paper: PlannedPaper) -> str:
    """What the pages of a draft and those of a restricted paper say at their head; nothing for all others."""
    words = ("DRAFT" if paper.document is not None and paper.document.draft else "", marking_of(paper))
    return _GAP.join(filter(None, words))


def foot(plan: PackPlan, paper: PlannedPaper | None, label: str) -> str:
    """The foot of a page at the right: marking or edition, and the page's number; `paper` is None on the letter."""
    marking = (marking_of(paper) if paper else "") or edition_name(plan)
    return f"{marking}{_GAP if marking else ''}Page {label}"


def edition_name(plan: PackPlan) -> str:
    """What the pages of a restricted edition are called; nothing for the public's."""
    return "Restricted edition" if plan.edition is Edition.RESTRICTED else ""


def bookmark_of(placed: PlacedPaper) -> str:
    """The item's line in the outline."""
    label = f"{placed.item.number}. {placed.item.title}"
    return f"{label} (not for publication)" if placed.is_restricted else label


def introduces(block: Block, following: Block | None) -> bool:
    """Whether a paragraph announces a table, a chart or a list and so stays on its page."""
    return isinstance(block, Paragraph) and isinstance(following, Table | Chart | BulletList)


def running_head(plan: PackPlan) -> str:
    """What stands at the head of every page of a paper."""
    return f"{plan.council}{_GAP}{plan.committee}{_GAP}{full_date(plan.meeting_on)}"


def _page(colour: str, language: str, content: Mapping[str, object]) -> str:
    return render_to_string("publishing/pack.html", {"papers": (), "colour": colour, "language": language, **content})


def _paper(sheet: Sheet, opening: Opening | None, blocks: Iterable[SafeString]) -> dict[str, object]:
    return {"sheet": sheet, "opening": opening, "blocks": blocks}


def block_html(
    block: Block,
    paper: str,
    *,
    introduces: bool,
    rows: markup.Rows | None = None,
    tall: Collection[str] = (),
    is_resumed: bool = False,
) -> SafeString:
    """One block of the paper of that key. `rows` says which of a table's rows are at hand, `tall` names those higher
    than a page; one that `is_resumed` stands first on the first page of a run, where the margin above it is dropped
    as at the top of any later page.

    Raises PackFault for a chart that was not drawn.
    """
    context: dict[str, object] = {
        "id": markup.element_id(paper, block.anchor),
        "block": block,
        "is_resumed": is_resumed,
    }
    match block:
        case Heading():
            name = "heading"
        case Paragraph():
            name = "paragraph"
            context["content"] = markup.prose(block.content, paper)
            context["introduces"] = introduces
        case CallOut():
            name = "call_out"
            context["content"] = markup.prose(block.content, paper)
        case BulletList():
            name = "bullet_list"
            context["items"] = [markup.prose(item, paper) for item in block.items]
        case Facts():
            name = "facts"
            context["rows"] = [(label, [markup.with_links(line) for line in lines]) for label, lines in block.rows]
        case Table():
            name = "table"
            context["table"] = markup.table(block, paper, rows, tall)
        case Chart():
            name = "chart"
            if not block.svg:
                raise PackFault(f"The chart “{block.title}” of the paper “{paper}” has no drawing: publish it first.")
            context["sentence"] = markup.prose(block.sentence, paper)
            context["alternative"] = "".join(each.text for each in block.sentence)
            context["picture"] = markup.picture(block)
            context["table"] = markup.table(block.table, paper, tall=tall)
    # Our own template has escaped every value.
    return mark_safe(render_to_string(f"documents/print/{name}.html", context))


def _item_entry(item: PlannedItem, placed: tuple[PlacedPaper, ...], ranges: Mapping[str, PageRange]) -> ItemEntry:
    keys = [each.paper.key for each in placed if each.item is item and not each.is_restricted]
    if not keys:
        keys = [each.paper.key for each in placed if each.item is item]
    if keys:
        entry = Entry(item.title, _pages(keys[0], keys[-1], ranges), keys[0])
    elif item.papers and all(paper.restriction is not Restriction.OPEN for paper in item.papers):
        entry = Entry(item.title, _WITHHELD, "")
    else:
        entry = Entry(item.title, _TO_FOLLOW if item.papers else "", "")
    only = item.papers[0] if len(item.papers) == 1 else None
    is_plain = only is not None and (only.is_there or only.title == item.title)
    papers = () if is_plain else tuple(_paper_entry(paper, ranges) for paper in item.papers)
    return ItemEntry(item.number, entry, papers)


def cover_lines(plan: PackPlan, ranges: Mapping[str, PageRange]) -> list[tuple[str, str, str]]:
    """The lines of the cover letter's table: title, pages in words, and the paper that they link to (or nothing)."""
    placed = placed_papers(plan)
    entries = [_item_entry(item, placed, ranges) for item in plan.items]
    lines = [entry for item in entries for entry in (item.entry, *item.papers)]
    return [(" ".join(line.title.split()), line.pages, line.target) for line in lines]


def _paper_entry(paper: PlannedPaper, ranges: Mapping[str, PageRange]) -> Entry:
    if paper.is_there:
        return Entry(paper.title, _pages(paper.key, paper.key, ranges), paper.key)
    return Entry(paper.title, _TO_FOLLOW if paper.restriction is Restriction.OPEN else _WITHHELD, "")


def _pages(first_key: str, last_key: str, ranges: Mapping[str, PageRange]) -> str:
    if first_key not in ranges:
        # As wide as a real range, so that the first round already breaks lines where the last one will.
        return "(Pages 00 - 00)"
    return f"({page_range(ranges[first_key].first, ranges[last_key].last)})"
