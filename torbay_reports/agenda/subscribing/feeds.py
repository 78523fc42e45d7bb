"""What went out for a committee's meetings as an Atom 1.0 feed (RFC 4287), and as its page lists it."""

import re
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from torbay_reports.agenda.models import Committee
from torbay_reports.agenda.published import contents_of
from torbay_reports.agenda.subscribing.whats_new import titled
from torbay_reports.publishing.bundles.feeds import NEWEST, Entry
from torbay_reports.publishing.bundles.pointers import day
from torbay_reports.publishing.models import AnyBundle, bundles_of
from torbay_reports.publishing.packplan import Edition

BEFORE_ALL: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, not even escaped (XML 1.0, section 2.2)."""
_UNREAD: Final = ("files", "letter", "pages", "papers", "publications", "uploads")
"""What of a version can be long, and stands in no feed."""


def entries(committee: Committee, *, most: int = NEWEST) -> list[Entry]:
    """What was published and withdrawn of its public packs, the newest first; one query. A withdrawn version says that
    it is withdrawn and no title of what stood in it; addresses are below the site."""
    versions = (
        bundles_of(Edition.PUBLIC)
        .written()
        .filter(key__startswith=f"{committee.slug}/")
        .select_related("withdrawal")
        .defer("words", *_UNREAD)
        .order_by(Coalesce("withdrawal__at", "published_at").desc(), "-pk")
    )
    return [_entry(each) for each in versions[:most]]


def feed(committee: Committee, found: list[Entry], *, site: str) -> bytes:
    """`feed.xml` of these entries. Ids are given under FEED_AUTHORITY (RFC 4151); `site` is where the pages stand."""
    said = {
        "id": f"tag:{settings.FEED_AUTHORITY},2026:committees/{committee.slug}",
        "committee": committee,
        "council": settings.COUNCIL_NAME,
        "language": "en-GB",
        "site": site,
        "updated": found[0].updated if found else _stamp(BEFORE_ALL),
        "entries": found,
    }
    return _NOT_XML.sub("", render_to_string("agenda/subscribing/feed.xml", said)).encode()


def _entry(bundle: AnyBundle) -> Entry:
    address = reverse("agenda:meeting", args=[bundle.key.partition("/")[0], bundle.meeting_on])
    name = bundle.key.rpartition("/")[2].replace("-", " ").capitalize()
    if hasattr(bundle, "withdrawal"):
        at, by = bundle.withdrawal.at, bundle.withdrawal.office
        return Entry(
            id=_id(at, f"{bundle.key}/{bundle.version}/withdrawn"),
            title=f"Withdrawn: {titled(bundle, name)}, version {bundle.version}",
            happened_at=at,
            address=address,
            summary=f"Version {bundle.version} was withdrawn on {day(at)} by {by}.",
        )
    return Entry(
        id=_id(bundle.published_at, f"{bundle.key}/{bundle.version}"),
        title=titled(bundle, name, with_kind=True),
        happened_at=bundle.published_at,
        address=address,
        summary=_summary(bundle),
    )


def _summary(bundle: AnyBundle) -> str:
    said = f"Version {bundle.version}, published on {day(bundle.published_at)}."
    if bundle.reason:
        return f"{said} Why: {bundle.reason}"
    items = "; ".join(f"item {item.number}, {item.title}" for item in contents_of(bundle))
    return f"{said} On it: {items}." if items else said


def _id(moment: datetime, name: str) -> str:
    on = timezone.localtime(moment, timezone.get_default_timezone()).date()
    return f"tag:{settings.FEED_AUTHORITY},{on.isoformat()}:committees/{name}"


def _stamp(moment: datetime) -> str:
    return timezone.localtime(moment, timezone.get_default_timezone()).isoformat(timespec="seconds")
