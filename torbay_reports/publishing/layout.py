"""The HTML of a pack: its cover letter; open papers in the order of business, then those not for publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

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
LETTER_ID = "letter"
_WITHHELD = "(not for publication)"
_TO_FOLLOW = "(to follow)"
_GAP = " · "


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
    document: Document
    opens_item: bool

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
                if paper.document is None or (paper.restriction is not Restriction.OPEN) is not restricted:
                    continue
                placed.append(PlacedPaper(item, paper, paper.document, opens_item))
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
    letter = {"dated": full_date(plan.letter.dated), "entries": entries, "letter_id": LETTER_ID}
    return _page(plan, letter | {"edition": _edition(plan), "gap": _GAP if _edition(plan) else ""})


def papers_html(plan: PackPlan, first_page: int) -> str:
    """All papers as one HTML page, the first on the page of that number; nothing where the plan holds none."""
    placed = placed_papers(plan)
    if not placed:
        return ""
    first_restricted = next((each for each in placed if each.is_restricted), None)
    papers = [_paper(each, plan, opens_restricted=each is first_restricted) for each in placed]
    return _page(plan, {"papers": papers, "first_page": first_page})


def _page(plan: PackPlan, context: Mapping[str, object]) -> str:
    shared = {"plan": plan, "colour": settings.COUNCIL_COLOUR, "meeting_day": full_date(plan.meeting_on)}
    return render_to_string("publishing/pack.html", {"papers": (), **shared, **context})


def _edition(plan: PackPlan) -> str:
    return "Restricted edition" if plan.edition is Edition.RESTRICTED else ""


def _paper(placed: PlacedPaper, plan: PackPlan, *, opens_restricted: bool) -> dict[str, object]:
    document = placed.document
    if lost := markup.lost_references(document):
        raise PackFault(f"The paper “{placed.paper.title}” refers to {', '.join(lost)}, which it does not have.")
    marking = f"{MARKING}: {placed.paper.restriction.value}" if placed.is_restricted else ""
    label = f"{placed.item.number}. {placed.item.title}"
    return {
        "id": placed.paper.key,
        "title": document.title,
        "item_label": f"Agenda item {placed.item.number}: {placed.item.title}",
        "bookmark": (f"{label} (not for publication)" if placed.is_restricted else label) if placed.opens_item else "",
        "marking": marking,
        "edition": "" if marking else _edition(plan),
        "gap": _GAP if marking or _edition(plan) else "",
        "prefix": RESTRICTED_PREFIX if placed.is_restricted else "",
        "opens_restricted": opens_restricted,
        "is_landscape": document.orientation == "landscape",
        "draft": f"DRAFT{_GAP}" if marking else "DRAFT" if document.draft else "",
        "language": document.language,
        "notice": "" if document.notice == plan.notice else document.notice,
        "as_at": age_sentence(document, plan.meeting_on),
        "blocks": [
            _block(block, placed.paper.key, following=following)
            for block, following in zip_longest(document.blocks, document.blocks[1:])
        ],
    }


def _block(block: Block, paper: str, *, following: Block | None) -> SafeString:
    context: dict[str, object] = {"id": markup.element_id(paper, block.anchor), "block": block}
    match block:
        case Heading():
            name = "heading"
        case Paragraph():
            name = "paragraph"
            context["content"] = markup.prose(block.content, paper)
            # What announces a table or a list stays on its page.
            context["introduces"] = isinstance(following, Table | Chart | BulletList)
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
            context["table"] = markup.table(block, paper)
        case Chart():
            name = "chart"
            if not block.svg:
                raise PackFault(f"The chart “{block.title}” of the paper “{paper}” has no drawing: publish it first.")
            context["sentence"] = markup.prose(block.sentence, paper)
            context["alternative"] = "".join(each.text for each in block.sentence)
            context["picture"] = markup.picture(block)
            context["table"] = markup.table(block.table, paper)
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
    is_plain = only is not None and (only.document is not None or only.title == item.title)
    papers = () if is_plain else tuple(_paper_entry(paper, ranges) for paper in item.papers)
    return ItemEntry(item.number, entry, papers)


def cover_lines(plan: PackPlan, ranges: Mapping[str, PageRange]) -> list[tuple[str, str, str]]:
    """The lines of the cover letter's table: title, pages in words, and the paper that they link to (or nothing)."""
    placed = placed_papers(plan)
    entries = [_item_entry(item, placed, ranges) for item in plan.items]
    lines = [entry for item in entries for entry in (item.entry, *item.papers)]
    return [(" ".join(line.title.split()), line.pages, line.target) for line in lines]


def _paper_entry(paper: PlannedPaper, ranges: Mapping[str, PageRange]) -> Entry:
    if paper.document is not None:
        return Entry(paper.title, _pages(paper.key, paper.key, ranges), paper.key)
    return Entry(paper.title, _TO_FOLLOW if paper.restriction is Restriction.OPEN else _WITHHELD, "")


def _pages(first_key: str, last_key: str, ranges: Mapping[str, PageRange]) -> str:
    if first_key not in ranges:
        # As wide as a real range, so that the first round already breaks lines where the last one will.
        return "(Pages 00 - 00)"
    return f"({page_range(ranges[first_key].first, ranges[last_key].last)})"
