"""A pack plan into one tagged PDF (PDF/UA-1) with its page map. The same plan gives the same bytes.

Only what is not stored is set; everything else is read, joined and checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from torbay_reports.publishing import checks, checksums, pagemaps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.pack import PaperParts, join
from torbay_reports.publishing.layout import PlacedPaper, kept_html, letter_html, letter_name, placed_papers
from torbay_reports.publishing.numbering import LETTER_PLACE, Numbers
from torbay_reports.publishing.packplan import PackPlan, PageMap, PlannedUpload, RenderedPack
from torbay_reports.publishing.parts import workers
from torbay_reports.publishing.parts.composing import read
from torbay_reports.publishing.parts.making import Making
from torbay_reports.publishing.parts.pieces import cut
from torbay_reports.publishing.parts.store import PartRow, PartStore
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
    pdf = join(plan, letter, papers, pages)
    # The check needs room for the whole pack once more.
    del papers, letter
    progress("join", 1, 1)
    progress("check", 0, 1)
    checks.check(pdf, plan, pages)
    progress("check", 1, 1)
    return RenderedPack(pdf=pdf, pages=pages)


def _papers(plan: PackPlan, store: PartStore, progress: Progress) -> list[PaperParts]:
    placed = placed_papers(plan)
    built = [each for each in placed if each.paper.document is not None]
    chapters = [cut(each, plan) for each in built]
    making = Making(
        [chapter for own in chapters for chapter in own],
        store=store,
        pool=workers.pool,
        tell=lambda done, total: progress("render", done, total),
    )
    parts = iter(making.parts())
    whole = [tuple(part for _ in own for part in next(parts)) for own in chapters]
    found = {each.paper.key: own for each, own in zip(built, whole, strict=True)}
    found |= {each.paper.key: _brought(each, each.paper.upload) for each in placed if each.paper.upload}
    return [_with_its_numbers(PaperParts(each, found.get(each.paper.key, ())), plan, store) for each in placed]


def _with_its_numbers(paper: PaperParts, plan: PackPlan, store: PartStore) -> PaperParts:
    """The paper with a page for every number that it was given and does not need any more."""
    placed = paper.placed
    given = Numbers(plan.numbered).given(placed.paper.slot, is_restricted=placed.is_restricted)
    left = given[paper.pages :]
    return replace(paper, kept=_set(kept_html(plan, placed, left), store)) if left else paper


def _brought(placed: PlacedPaper, upload: PlannedUpload) -> tuple[Part, ...]:
    try:
        return (from_bytes(upload.part),)
    except DamagedPart as error:
        raise PackFault(
            f"The PDF that was brought as “{placed.paper.title}” cannot be read any more: bring the file again."
        ) from error


def _letter(plan: PackPlan, papers: Sequence[PaperParts], store: PartStore) -> tuple[list[Part], PageMap]:
    """The cover letter, or the agenda's sheets, with the pages that the papers really have, set again where it needs
    another number for that."""
    given = Numbers(plan.numbered).given(LETTER_PLACE)
    count = max(1, len(given))
    for _ in range(_ROUNDS):
        pages = pagemaps.read(count, papers, plan.numbered, reached=plan.reached, is_agenda=plan.is_agenda)
        letter = _set(letter_html(plan, pages.papers), store)
        needed = max(len(letter.pages), len(given))
        if needed == count:
            left = given[len(letter.pages) :]
            return [letter, *([_set(kept_html(plan, None, left), store)] if left else [])], pages
        count = needed
    raise PackFault(
        f"The page numbers on the {letter_name(plan).lower()} of “{plan.title}” did not settle in {_ROUNDS} rounds."
    )


def _set(html: str, store: PartStore) -> Part:
    """A part set from HTML that no paper's pieces make: letter or agenda, or pages that keep their numbers."""
    key = checksums.of_bytes(f"{checksums.setting()} {html}".encode())
    stored = read(store, [key], from_bytes)
    if stored:
        store.touch([key])
        return stored[key]
    data = workers.one(_SET_LETTER, html)
    store.put([PartRow(key, data)])
    return from_bytes(data)
