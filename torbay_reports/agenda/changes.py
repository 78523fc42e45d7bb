"""What a later version of a pack changes, paper by paper."""

from collections.abc import Iterator, Sequence
from typing import Final

from torbay_reports.agenda.published import contents_of
from torbay_reports.publishing import differences
from torbay_reports.publishing.bundles.values import ItemEntry, PaperEntry
from torbay_reports.publishing.differences import Change
from torbay_reports.publishing.models import (
    AnyBundle,
    AnyPdf,
    AnyPublication,
    Publication,
    RestrictedPdf,
    RestrictedPublication,
    UploadedPdf,
)
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.selectors import document_of

WHOLE: Final = "The whole paper"
ADDED: Final = "Added."
GONE: Final = "Taken out."
MADE_ANEW: Final = "Another document stands for it."
COVER: Final = Change("The agenda and the clerk's letter", "The whole letter", "", "Made anew.")


StandsFor = tuple[str, int | None, int | None]
"""On which ground, and what was frozen or brought."""
NOTHING: Final[StandsFor] = ("", None, None)


def stands_for(entry: PaperEntry) -> StandsFor:
    """What stands for a paper in a version; NOTHING for one that is to follow or withdrawn."""
    if entry.publication is None and entry.upload is None:
        return NOTHING
    return entry.restriction, entry.publication, entry.upload


def stood_for(bundle: AnyBundle) -> dict[int, StandsFor]:
    """What stands for each paper in a version, by the key of its row."""
    return {entry.row: stands_for(entry) for item in contents_of(bundle) for entry in item.papers}


def has_more(before: AnyBundle, contents: Sequence[ItemEntry]) -> bool:
    """Whether something stands in these contents that did not stand in the version before."""
    given = stood_for(before)
    entries = (entry for item in contents for entry in item.papers)
    return any(stands_for(each) not in (NOTHING, given.get(each.row, NOTHING)) for each in entries)


def changes_between(before: AnyBundle, contents: Sequence[ItemEntry]) -> tuple[Change, ...]:
    """What has changed since a version, in the order of business; a withdrawn version or paper is not quoted."""
    is_quoted = not hasattr(before, "withdrawal")
    old = {entry.row: (item, entry) for item in contents_of(before) for entry in item.papers}
    changes: list[Change] = []
    for item in contents:
        for entry in item.papers:
            item_before = old.pop(entry.row, None)
            changes += _changes(item, entry, item_before[1] if item_before else None, is_quoted)
    changes += [
        Change(_name(item, entry) if is_quoted else _place(item), WHOLE, "", GONE) for item, entry in old.values()
    ]
    # A version differs from the one before: where no paper does, the letter or the order of business does.
    return tuple(changes) or (COVER,)


def _changes(item: ItemEntry, now: PaperEntry, before: PaperEntry | None, is_quoted: bool) -> Iterator[Change]:
    name = _name(item, now)
    if now.withdrawn:
        if before is None or not before.withdrawn:
            yield Change(name, WHOLE, "", now.withdrawn)
    elif before is None or not (before.publication or before.upload):
        if now.publication or now.upload:
            yield Change(name, WHOLE, "", ADDED)
    elif (now.publication, now.upload) != (before.publication, before.upload):
        yield from _inside(name, before, now) if is_quoted else [Change(name, WHOLE, "", MADE_ANEW)]
    elif now.title != before.title:
        yield Change(name, "Title", before.title if is_quoted else "", now.title)


def _inside(name: str, before: PaperEntry, now: PaperEntry) -> Sequence[Change]:
    if before.publication and now.publication:
        return differences.between(document_of(_publication(before)), document_of(_publication(now)))
    if before.upload and now.upload:
        return differences.uploads_between(name, _upload(before).texts, _upload(now).texts)
    return [Change(name, WHOLE, "", MADE_ANEW)]


def _publication(entry: PaperEntry) -> AnyPublication:
    number = entry.publication or 0
    if entry.restriction == Restriction.OPEN:
        return Publication.objects.get(pk=number)
    return RestrictedPublication.objects.get(pk=number)


def _upload(entry: PaperEntry) -> AnyPdf:
    number = entry.upload or 0
    if entry.restriction == Restriction.OPEN:
        return UploadedPdf.objects.defer("part", "findings").get(pk=number)
    return RestrictedPdf.objects.defer("part", "findings").get(pk=number)


def _name(item: ItemEntry, entry: PaperEntry) -> str:
    return entry.title or _place(item)


def _place(item: ItemEntry) -> str:
    return f"Item {item.number}"
