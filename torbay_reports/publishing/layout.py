"""The HTML of a pack: its cover letter; open papers in the order of business, then those not for publication."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

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
from torbay_reports.publishing import frames, markup
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


class Line(msgspec.Struct, frozen=True, array_like=True):
    """A line of those with which a paper opens."""

    tag: str
    classes: str
    text: str
    id: str = ""


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
        lines = [line_html(line) for line in opening_of(placed, plan)]
        blocks = [block_html(each, placed.paper.key) for each in in_context(placed.document)]
        papers.append({"sheet": sheet_of(placed), "pieces": [*lines, *blocks], "is_apart": False})
    if not papers:
        return ""
    return _page(settings.COUNCIL_COLOUR, plan.language, {"papers": papers})


def pieces_html(sheet: Sheet, pieces: Iterable[SafeString], *, room: float, is_apart: bool) -> str:
    """Pieces of a paper as an HTML page, on pages that have room for so many points; each on its own if `is_apart`."""
    paper = {"sheet": sheet, "pieces": pieces, "is_apart": is_apart}
    return _page(sheet.colour, sheet.language, {"papers": [paper]}, room)


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


def opening_of(placed: PlacedPaper, plan: PackPlan) -> tuple[Line, ...]:
    """How the paper begins: its item and title, its marking, how old its figures are, its own notice."""
    document = placed.document
    lines = (
        Line("p", "item-label", f"Agenda item {placed.item.number}: {placed.item.title}", placed.paper.key),
        Line("h1", "", document.title),
        Line("p", "marking", marking_of(placed.paper)),
        Line("p", "as-at", age_sentence(document, plan.meeting_on)),
        Line("p", "notice", "" if document.notice == plan.notice else document.notice),
    )
    return tuple(line for line in lines if line.text)


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


class InContext(msgspec.Struct, frozen=True, array_like=True):
    """A block with what its neighbours make of it: a paragraph that announces a table, a chart or a list stays on its
    page (`introduces`), a band under a greater one moves up to it (`follows_band`)."""

    block: Block
    introduces: bool = False
    follows_band: bool = False


def in_context(document: Document) -> Iterator[InContext]:
    """The blocks as they are printed one after the other: the table of a chart's figures stands below it."""
    blocks = document.blocks
    for place, block in enumerate(blocks):
        before = blocks[place - 1] if place else None
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        introduces = isinstance(block, Paragraph) and isinstance(following, Table | Chart | BulletList)
        yield InContext(block, introduces, is_band(block, 3) and is_band(before, 2))
        if isinstance(block, Chart):
            yield InContext(block.table)


def is_band(block: Block | None, level: int) -> bool:
    """Whether it is a heading of that level that runs across the page."""
    return isinstance(block, Heading) and block.is_band and block.level == level


def running_head(plan: PackPlan) -> str:
    """What stands at the head of every page of a paper."""
    return f"{plan.council}{_GAP}{plan.committee}{_GAP}{full_date(plan.meeting_on)}"


def _page(colour: str, language: str, content: Mapping[str, object], room: float | None = None) -> str:
    common = {"papers": (), "colour": colour, "language": language, "frames": mark_safe(frames.rules(room=room))}
    return render_to_string("publishing/pack.html", {**common, **content})


def line_html(line: Line) -> SafeString:
    """A line of a paper's opening."""
    return mark_safe(render_to_string("publishing/line.html", {"line": line}))


def block_html(
    shown: InContext,
    paper: str,
    *,
    excerpt: markup.Excerpt | None = None,
    tall: Collection[str] = (),
    at_top: bool = False,
) -> SafeString:
    """One block of the paper of that key. `excerpt` says what of a table is at hand, `tall` names rows higher than a
    page; one that is `at_top` stands without the margin above it.

    Raises PackFault for a chart that was not drawn.
    """
    block = shown.block
    values: dict[str, object] = {"id": markup.element_id(paper, block.anchor), "block": block, "at_top": at_top}
    match block:
        case Heading():
            name = "heading"
            values["follows_band"] = shown.follows_band
        case Paragraph():
            name = "paragraph"
            values["content"] = markup.prose(block.content, paper)
            values["introduces"] = shown.introduces
        case CallOut():
            name = "call_out"
            values["content"] = markup.prose(block.content, paper)
        case BulletList():
            name = "bullet_list"
            values["items"] = [markup.prose(item, paper) for item in block.items]
        case Facts():
            name = "facts"
            values["is_tall"] = values["id"] in tall
            values["rows"] = [(label, [markup.with_links(line) for line in lines]) for label, lines in block.rows]
        case Table():
            name = "table"
            values["table"] = markup.table(block, paper, excerpt, tall)
        case Chart():
            name = "chart"
            if not block.svg:
                raise PackFault(f"The chart “{block.title}” of the paper “{paper}” has no drawing: publish it first.")
            values["sentence"] = markup.prose(block.sentence, paper)
            values["alternative"] = "".join(each.text for each in block.sentence)
            values["picture"] = markup.picture(block)
    # Our own template has escaped every value.
    return mark_safe(render_to_string(f"documents/print/{name}.html", values))


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
