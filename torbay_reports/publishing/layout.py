"""The HTML of a pack: its letter or agenda; open papers in the order of business, then those not for publication."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from torbay_reports.core.formatting import full_date
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
from torbay_reports.publishing import frames, markup, numbering
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import (
    Edition,
    GivenNumbers,
    PackPlan,
    PageRange,
    PlannedItem,
    PlannedPaper,
    Restriction,
)

MARKING = "NOT FOR PUBLICATION"
LETTER_ID = "letter"
COVER_LETTER = "Cover letter"
AGENDA = "Agenda"
_WITHHELD = "(not for publication)"
_TO_FOLLOW = "(to follow)"
_LEFT_EMPTY = "Pages left empty"
_GAP = " · "
_TALL = 1500
"""Characters below an item's title from which on they may be broken over sheets."""


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
    """One line of the table on a cover letter or an agenda: an item or, under it, one of its papers."""

    title: str
    pages: str
    target: str


@dataclass(frozen=True)
class ItemEntry:
    """An item on the cover letter or the agenda with the papers that have to be named beneath it. On an agenda `words`
    stand below its title, a text for each paragraph."""

    number: str
    entry: Entry
    papers: tuple[Entry, ...]
    words: tuple[str, ...] = ()

    @property
    def is_tall(self) -> bool:
        """Whether it may need more room than a sheet has."""
        return sum(map(len, self.words)) > _TALL


@dataclass(frozen=True)
class PlacedPaper:
    """A paper that has pages in this pack, with the item it belongs to.

    With `is_left` it stands for one that is no longer in the pack, whose pages are left empty.
    """

    item: PlannedItem
    paper: PlannedPaper
    opens_item: bool
    is_left: bool = False

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

    Raises PackFault when a public plan holds a paper that is not open, when a withdrawn one comes with its content, or
    when two papers share a key or a place.
    """
    _check_papers(plan)
    placed: list[PlacedPaper] = []
    for restricted in (False, True):
        given = numbering.earlier(plan, is_restricted=restricted)
        own: list[PlacedPaper] = []
        for item in plan.items:
            opens_item = True
            for paper in item.papers:
                if not _has_pages(paper, given) or (paper.restriction is not Restriction.OPEN) is not restricted:
                    continue
                own.append(PlacedPaper(item, paper, opens_item))
                opens_item = False
        placed.extend(_with_those_left(own, given) if plan.edition is Edition.RESTRICTED or not restricted else own)
    return tuple(placed)


def _check_papers(plan: PackPlan) -> None:
    papers = [paper for item in plan.items for paper in item.papers]
    keys = [paper.key for paper in papers]
    for key in keys:
        if keys.count(key) > 1:
            raise PackFault(f"Two papers of this pack share the key “{key}”: give each its own.")
    slots = [(paper.slot, paper.restriction is Restriction.OPEN) for paper in papers]
    for paper, slot in zip(papers, slots, strict=True):
        if slots.count(slot) > 1:
            raise PackFault(f"Two papers of this pack share the place “{paper.slot}”: give each its own.")
        if not paper.is_there:
            continue
        if paper.withdrawn:
            raise PackFault(f"The withdrawn paper “{paper.key}” came with its content: compose the pack without it.")
        if plan.edition is Edition.PUBLIC and paper.restriction is not Restriction.OPEN:
            raise PackFault(
                f"The public edition was given the paper “{paper.title}”, which is "
                f"{paper.restriction.value}: compose it without that paper's content."
            )


def _has_pages(paper: PlannedPaper, given: Sequence[GivenNumbers]) -> bool:
    return paper.is_there or (bool(paper.withdrawn) and any(each.place == paper.slot for each in given))


def _with_those_left(own: Sequence[PlacedPaper], given: Sequence[GivenNumbers]) -> list[PlacedPaper]:
    """The papers with those among them that had pages in an earlier version and have none now, each after the one that
    it stood after."""
    placed = list(own)
    place = 0
    for each in given:
        found = next((at for at, other in enumerate(placed) if other.paper.slot == each.place), None)
        if found is not None:
            place = found + 1
            continue
        opens_item = place == len(placed) or placed[place].opens_item
        key = f"left-empty-{each.labels[0]}"
        paper = PlannedPaper(key, _LEFT_EMPTY, None, each.restriction, place=each.place)
        placed.insert(place, PlacedPaper(PlannedItem("", _LEFT_EMPTY, ()), paper, opens_item, is_left=True))
        place += 1
    return placed


def letter_html(plan: PackPlan, ranges: Mapping[str, PageRange]) -> str:
    """The cover letter, or the agenda's sheets, as an HTML page. `ranges` are the pages of papers by key, empty before
    they are known."""
    placed = placed_papers(plan)
    entries = [_item_entry(plan, item, placed, ranges) for item in plan.items]
    letter = {"dated": full_date(plan.letter.dated), "entries": entries, "letter_id": LETTER_ID, "plan": plan}
    return _page(settings.COUNCIL_COLOUR, plan.language, letter)


def letter_name(plan: PackPlan) -> str:
    """What stands before the papers of a pack, as bookmarks call it."""
    return AGENDA if plan.is_agenda else COVER_LETTER


def kept_html(plan: PackPlan, placed: PlacedPaper | None, labels: Sequence[str]) -> str:
    """Pages that keep their numbers while nothing else stands on them, as an HTML page: those of a paper, of the letter
    or of the agenda, each of which says why."""
    sheet = Sheet("", _LEFT_EMPTY, plan.language, is_landscape=False, colour=settings.COUNCIL_COLOUR)
    said = (render_to_string("publishing/kept.html", {"sentence": kept_sentence(placed, label)}) for label in labels)
    return pieces_html(sheet, map(mark_safe, said), room=frames.PORTRAIT.room, is_apart=True)


def kept_sentence(placed: PlacedPaper | None, label: str) -> str:
    """What such a page says."""
    if placed is not None and placed.paper.withdrawn:
        return f"Page {label}. {placed.paper.withdrawn}"
    if placed is not None and placed.is_left:
        return f"Page {label} is left empty: the paper that stood here is not in this version."
    shorter = "paper" if placed else "agenda" if numbering.is_roman(label) else "letter"
    return f"Page {label} is left empty: the corrected {shorter} is shorter."


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
    if paper.restriction is Restriction.OPEN:
        return ""
    return paper.marking or f"{MARKING}: {paper.restriction.value}"


def short_marking_of(paper: PlannedPaper) -> str:
    """The same with labels, for a page that has no room for the Act's words."""
    return paper.short_marking or marking_of(paper)


def draft_mark(paper: PlannedPaper) -> str:
    """What the pages of a draft and those of a restricted paper say at their head; nothing for all others."""
    return "DRAFT" if paper.document is not None and paper.document.draft else ""


def foot(plan: PackPlan, paper: PlannedPaper | None, label: str) -> str:
    """The foot of a page at the right: marking or edition, and the page's number; `paper` is None on letter and
    agenda."""
    marking = MARKING if paper and paper.restriction is not Restriction.OPEN else edition_name(plan)
    return f"{marking}{_GAP if marking else ''}Page {label}"


def edition_name(plan: PackPlan) -> str:
    """What the pages of a restricted edition are called; nothing for the public's."""
    return "Restricted edition" if plan.edition is Edition.RESTRICTED else ""


def bookmark_of(placed: PlacedPaper) -> str:
    """The item's line in the outline."""
    label = placed.item.title if placed.is_left else f"{placed.item.number}. {placed.item.title}"
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


def _item_entry(
    plan: PackPlan, item: PlannedItem, placed: tuple[PlacedPaper, ...], ranges: Mapping[str, PageRange]
) -> ItemEntry:
    keys = [each.paper.key for each in placed if each.item is item and not each.is_restricted]
    if not keys:
        keys = [each.paper.key for each in placed if each.item is item]
    if keys:
        entry = Entry(item.title, _pages(keys, ranges), keys[0])
    elif item.papers and all(paper.restriction is not Restriction.OPEN for paper in item.papers):
        entry = Entry(item.title, _WITHHELD, "")
    else:
        entry = Entry(item.title, "" if all(paper.withdrawn for paper in item.papers) else _TO_FOLLOW, "")
    only = item.papers[0] if len(item.papers) == 1 else None
    is_plain = only is not None and not only.withdrawn and (only.is_there or only.title == item.title)
    there = {each.paper.key for each in placed}
    if only is not None and _is_marked(plan, only):
        is_plain = False
    papers = () if is_plain else tuple(_paper_entry(plan, paper, there, ranges) for paper in item.papers)
    return ItemEntry(item.number, entry, papers, words_of(plan, item))


def words_of(plan: PackPlan, item: PlannedItem) -> tuple[str, ...]:
    """The paragraphs below an item's title, which an agenda has and a letter has not."""
    if not plan.is_agenda:
        return ()
    return tuple(" ".join(line.split()) for line in item.words.splitlines() if line.strip())


def cover_lines(plan: PackPlan, ranges: Mapping[str, PageRange]) -> list[tuple[str, str, str]]:
    """The lines of the table on the cover letter or the agenda: title with the words below it, pages in words, and the
    paper that they link to (or nothing)."""
    placed = placed_papers(plan)
    lines: list[tuple[str, str, str]] = []
    for item in plan.items:
        found = _item_entry(plan, item, placed, ranges)
        said = " ".join(" ".join([found.entry.title, *found.words]).split())
        lines.append((said, found.entry.pages, found.entry.target))
        lines.extend((" ".join(each.title.split()), each.pages, each.target) for each in found.papers)
    return lines


def _paper_entry(plan: PackPlan, paper: PlannedPaper, there: Collection[str], ranges: Mapping[str, PageRange]) -> Entry:
    is_marked = _is_marked(plan, paper)
    title = f"{paper.called} {_WITHHELD}" if is_marked else paper.called
    if paper.key in there:
        return Entry(title, _pages([paper.key], ranges), paper.key)
    if paper.restriction is not Restriction.OPEN and not is_marked:
        return Entry(title, _WITHHELD, "")
    return Entry(title, "" if paper.withdrawn else _TO_FOLLOW, "")


def _is_marked(plan: PackPlan, paper: PlannedPaper) -> bool:
    """Whether its line says that it is not for publication: on an agenda whose reader has its pages, or will have."""
    return plan.is_agenda and plan.edition is Edition.RESTRICTED and paper.restriction is not Restriction.OPEN


def _pages(keys: Sequence[str], ranges: Mapping[str, PageRange]) -> str:
    if keys[0] not in ranges:
        # As wide as a real range, so that the first round already breaks lines where the last one will.
        return "(Pages 00 - 00)"
    return f"({numbering.joined([ranges[key] for key in keys]).words})"
