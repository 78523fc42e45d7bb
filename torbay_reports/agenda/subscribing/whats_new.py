"""What a published version of an instalment brings, in sentences: from what is published, and from no live row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from torbay_reports.agenda.changes import WHOLE
from torbay_reports.agenda.published import contents_of
from torbay_reports.core.formatting import full_date
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.models import AnyBundle
from torbay_reports.publishing.packplan import PageMap
from torbay_reports.publishing.pagemaps import from_stored


@dataclass(frozen=True)
class WhatsNew:
    """What a version brings. `title` reads "Board, Wednesday 6 September 2017: Supplement 1", of a later version with
    "Corrected: " or "Withdrawn: " before it.

    `lines` are its items with their pages; where it does nothing but withdraw papers those alone, which it does not
    name. `late` says why papers are late, `urgency` that urgency will be asked for, `to_follow` what readers still
    wait for. `changes` is how many it makes and `reason` why, of a first version 0 and "".
    """

    title: str
    published_at: datetime
    lines: tuple[str, ...]
    late: tuple[str, ...]
    urgency: str
    to_follow: tuple[str, ...]
    changes: int
    reason: str
    only_withdraws: bool


def whats_new(bundle: AnyBundle, *, name: str) -> WhatsNew:
    """What this version brings of the instalment called `name` ("Supplement 1"). Asks the database nothing."""
    items, pages = contents_of(bundle), from_stored(bundle.pages)
    withdraws = only_withdraws(bundle)
    said = (_withdrawn(item, pages) for item in items) if withdraws else (_brought(item, pages) for item in items)
    return WhatsNew(
        title=titled(bundle, name, with_kind=True),
        published_at=bundle.published_at,
        lines=tuple(line for line in said if line),
        # The agenda has neither.
        late=() if withdraws else tuple(bundle.letter.get("reasons", ())),
        urgency="" if withdraws else bundle.letter.get("urgency", ""),
        to_follow=tuple(_to_follow(items)),
        changes=len(bundle.changes),
        reason=bundle.reason,
        only_withdraws=withdraws,
    )


def titled(bundle: AnyBundle, name: str, *, with_kind: bool = False) -> str:
    """Board, Wednesday 6 September 2017: Supplement 1; with its kind a later one begins "Corrected: " or "Withdrawn: ".

    It needs no more of the version than its contents and changes.
    """
    kind = ""
    if with_kind and bundle.version > 1:
        kind = "Withdrawn: " if only_withdraws(bundle) else "Corrected: "
    return f"{kind}{bundle.committee}, {full_date(bundle.meeting_on)}: {name}"


def only_withdraws(bundle: AnyBundle) -> bool:
    """Whether a version differs from the one before in papers alone that were withdrawn."""
    gone = {entry.withdrawn for item in contents_of(bundle) for entry in item.papers if entry.withdrawn}
    return bool(bundle.changes) and all(
        change["where"] == WHOLE and change["after"] in gone for change in bundle.changes
    )


def _brought(item: ItemEntry, pages: PageMap) -> str:
    """An item with what stands under it; nothing where all of its papers are to follow."""
    papers = [each for each in item.papers if not _is_awaited(each)]
    if item.papers and not papers:
        return ""
    named = f"Item {item.number}, {item.title}"
    if [each.title for each in papers] == [item.title]:
        return f"{named}{_pages(papers[0], pages)}"
    said = [f"{_called(each)}{_pages(each, pages)}" for each in papers]
    return f"{named}: {'; '.join(said)}" if said else named


def _withdrawn(item: ItemEntry, pages: PageMap) -> str:
    said = [f"{_called(each)}{_pages(each, pages)}" for each in item.papers if each.withdrawn]
    return f"Item {item.number}: {'; '.join(said)}" if said else ""


def _to_follow(items: tuple[ItemEntry, ...]) -> Iterator[str]:
    for item in items:
        for entry in item.papers:
            if _is_awaited(entry):
                yield f"Item {item.number}, {entry.title or item.title}"


def _called(entry: PaperEntry) -> str:
    return entry.withdrawn.rstrip(".") or entry.title


def _is_awaited(entry: PaperEntry) -> bool:
    return not (entry.publication or entry.upload or entry.withdrawn)


def _pages(entry: PaperEntry, pages: PageMap) -> str:
    there = pages.papers.get(entry.key)
    return f" ({there.words})" if there else ""
