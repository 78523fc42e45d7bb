"""A pack plan into one tagged PDF (PDF/UA-1) with its page map. The same plan gives the same bytes.

Only what is not stored is set; everything else is read, joined and checked.
"""

from collections.abc import Callable, Sequence
from typing import Final

from torbay_reports.publishing import checks, checksums, pagemaps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.pack import PaperParts, join
from torbay_reports.publishing.layout import PlacedPaper, letter_html, placed_papers
from torbay_reports.publishing.packplan import PackPlan, PageMap, PlannedUpload, RenderedPack
from torbay_reports.publishing.parts import workers
from torbay_reports.publishing.parts.flow import Flowing
from torbay_reports.publishing.parts.store import PartRow, PartStore
from torbay_reports.publishing.parts.streams import Cut
from torbay_reports.publishing.parts.units import cut
from torbay_reports.publishing.parts.values import DamagedPart, Part, from_bytes
from torbay_reports.publishing.parts.workers import READY

Progress = Callable[[str, int, int], None]
"""Told what is being done ("render", "join", "check", "store"), how much of it is done, and of how much in all."""

_ROUNDS: Final = 4
_SET_LETTER: Final = f"{READY}:set_letter"


def silent(phase: str, done: int, total: int) -> None:
    """Tell nobody."""


def render_pack(plan: PackPlan, *, store: PartStore, progress: Progress = silent) -> RenderedPack:
    """Set what is not stored of the pack, and return its checked PDF with its page map.

    What is set goes to the store at once. Raises PackFault, naming page or paper, when the plan holds what its edition
    must not, when something cannot be set, or when the finished pack fails a check.
    """
    papers = _papers(plan, store, progress)
    letter, pages = _letter(plan, papers, store)
    progress("join", 0, 1)
    pdf = join(plan, [letter], papers, pages)
    # The check needs room for the whole pack once more.
    del papers, letter
    progress("join", 1, 1)
    progress("check", 0, 1)
    checks.check(pdf, plan, pages)
    progress("check", 1, 1)
    return RenderedPack(pdf=pdf, pages=pages)


def _papers(plan: PackPlan, store: PartStore, progress: Progress) -> list[PaperParts]:
    placed = placed_papers(plan)
    built = [each for each in placed if each.paper.upload is None]
    chapters = [cut(each, plan) for each in built]
    parts = iter(
        _set(
            [(each.paper.title, chapter) for each, own in zip(built, chapters, strict=True) for chapter in own],
            store,
            progress,
        )
    )
    whole = iter([tuple(part for _ in own for part in next(parts)) for own in chapters])
    return [
        PaperParts(each, _brought(each, each.paper.upload) if each.paper.upload else next(whole)) for each in placed
    ]


def _brought(placed: PlacedPaper, upload: PlannedUpload) -> tuple[Part, ...]:
    try:
        return (from_bytes(upload.part),)
    except DamagedPart as error:
        raise PackFault(
            f"The PDF that was brought as “{placed.paper.title}” cannot be read any more: bring the file again."
        ) from error


def _set(papers: Sequence[tuple[str, Cut]], store: PartStore, progress: Progress) -> list[tuple[Part, ...]]:
    """The parts of each paper, from the store or set."""
    flow = Flowing(papers, store=store, tell=lambda done, total: progress("render", done, total))
    read: dict[str, Part] = {}
    while True:
        keys = flow.settle(workers.pool)
        wanted = {key for each in keys for key in each} - read.keys()
        stored = wanted - flow.new.keys()
        read |= _read(stored, store)
        gone = stored - read.keys()
        if not gone:
            break
        # Removed since it was looked up, or damaged.
        flow.forget(gone)
    store.touch(read.keys())
    return [tuple(read[key] if key in read else from_bytes(flow.new[key]) for key in each) for each in keys]


def _read(keys: set[str], store: PartStore) -> dict[str, Part]:
    found: dict[str, Part] = {}
    damaged = []
    for key, data in store.read(keys).items():
        try:
            found[key] = from_bytes(data)
        except DamagedPart:
            damaged.append(key)
    if damaged:
        store.drop(damaged)
    return found


def _letter(plan: PackPlan, papers: Sequence[PaperParts], store: PartStore) -> tuple[Part, PageMap]:
    """The cover letter with the pages that the papers really have, set again where it needs another number for that."""
    start = _key(letter_html(plan, {}))
    count = max((pages for pages, _ in store.starts([start]).get(start, ())), default=1)
    for _ in range(_ROUNDS):
        pages = pagemaps.read(count, papers)
        html = letter_html(plan, pages.papers)
        letter = _set_letter(html, start, store)
        if len(letter.pages) == count:
            return letter, pages
        count = len(letter.pages)
    raise PackFault(f"The page numbers on the cover letter of “{plan.title}” did not settle in {_ROUNDS} rounds.")


def _set_letter(html: str, start: str, store: PartStore) -> Part:
    key = _key(html)
    stored = _read({key}, store)
    if key in stored:
        store.touch([key])
        return stored[key]
    data = workers.one(_SET_LETTER, html)
    letter = from_bytes(data)
    # The store counts a letter's pages as its units: with so many the next one is tried first.
    store.put([PartRow(key, start, len(letter.pages), data)])
    return letter


def _key(html: str) -> str:
    return checksums.of_bytes(f"{checksums.setting()} {html}".encode())
