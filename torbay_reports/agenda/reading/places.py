"""Where a printed page is read, by the number that stands on it."""

import re
from typing import Final

from django.urls import reverse

from torbay_reports.agenda.models import Meeting, Paper
from torbay_reports.agenda.published import PublishedInstalment, contents_of, published_of
from torbay_reports.agenda.reading.packs import PackSoFar, paper_address
from torbay_reports.publishing.bundles.values import PaperEntry
from torbay_reports.publishing.numbering import RESTRICTED_PREFIX
from torbay_reports.publishing.packplan import Edition, PageMap
from torbay_reports.publishing.pagemaps import from_stored

LONGEST: Final = 20
_ASKED: Final = re.compile(r"(?:pages?|p)?[\s.]*([0-9A-Za-z]+)", re.IGNORECASE)
_OF_RESTRICTED: Final = re.compile(rf"{RESTRICTED_PREFIX}[1-9][0-9]*[a-z]*")


def label_asked(typed: str) -> str:
    """The page number that somebody means: "Page 14" and "14" are 14, "e3" is E3, "IV" is iv; nothing for no number."""
    found = _ASKED.fullmatch(typed[:LONGEST].strip())
    if found is None:
        return ""
    label = found[1].lower()
    restricted = f"{RESTRICTED_PREFIX}{label[1:]}"
    return restricted if _OF_RESTRICTED.fullmatch(restricted) and label[0] == RESTRICTED_PREFIX.lower() else label


def is_of_restricted(label: str) -> bool:
    """Whether it is a page that the public may not read."""
    return _OF_RESTRICTED.fullmatch(label) is not None


def place_in(pack: PackSoFar, label: str) -> str:
    """Where an open page is read, of a letter or a sheet on the pack's page; nothing for no such page."""
    for part in pack.parts:
        if label not in part.pages.labels:
            continue
        found = _entry_on(part.published, part.pages, label)
        if found is None:
            of = pack.meeting
            return f"{reverse('agenda:pack', args=[of.committee.slug, of.held_on])}#page-{label}"
        item, entry = found
        return f"{paper_address(pack.meeting, item, entry.slug)}#page-{label}"
    return ""


def restricted_paper_on(meeting: Meeting, label: str) -> Paper | None:
    """The paper that is not for publication on that page; who asks has still to be asked whether they may read it."""
    for each in published_of([meeting], Edition.RESTRICTED):
        pages = from_stored(each.bundle.pages)
        found = _entry_on(each, pages, label) if label in pages.labels else None
        if found is not None:
            papers = Paper.objects.with_content(restricted=True)
            papers = papers.select_related("item__meeting__committee", "instalment__meeting__committee")
            return papers.exclude(restriction="open").filter(pk=found[1].row).first()
    return None


def _entry_on(published: PublishedInstalment, pages: PageMap, label: str) -> tuple[str, PaperEntry] | None:
    """The paper of a page with its item's number; None for a page of the letter, and for one of which only the number
    is left."""
    place = pages.labels.index(label)
    before = [(there.index, key) for key, there in pages.papers.items() if there.index <= place]
    if not before:
        return None
    _, wanted = max(before)
    entries = ((item.number, entry) for item in contents_of(published.bundle) for entry in item.papers)
    return next(((number, entry) for number, entry in entries if entry.key == wanted), None)
