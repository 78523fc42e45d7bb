"""Everything that is published, read again and held against what was published."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import BinaryField, F, Func, Model, TextField, Value
from django.db.models.expressions import Combinable

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.core import clock
from torbay_reports.core.formatting import count
from torbay_reports.core.progress import Progress
from torbay_reports.publishing.bundles.bundlechecks import BACKUP, check_bundle
from torbay_reports.publishing.bundles.findings import Findings
from torbay_reports.publishing.bundles.storechecks import check_locked_store, check_open_store
from torbay_reports.publishing.models import (
    Publication,
    RestrictedPdf,
    RestrictedPublication,
    UploadedPdf,
    Verification,
    bundles_of,
)
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.services import in_turn

AT_ONCE: Final = 100
OTHER_CONTENT: Final = f"What it holds is changed: its SHA-256 is not the one beside it. {BACKUP}"
_STORES: Final = 3


class Sha256(Func):
    """The checksum of bytes, reckoned by the database, so that they need not be fetched."""

    template = "encode(sha256(%(expressions)s), 'hex')"
    output_field = TextField()


_IN_BYTES: Final = Func(F("document_json"), Value("UTF8"), function="convert_to", output_field=BinaryField())
_SUMMED: Final[tuple[tuple[type[Model], Combinable], ...]] = (
    (Publication, _IN_BYTES),
    (RestrictedPublication, _IN_BYTES),
    (UploadedPdf, F("part")),
    (RestrictedPdf, F("part")),
)
"""The tables of what is frozen or brought, with the bytes of which `checksum` is."""


def verify(*, progress: Progress, by: User | None = None) -> Verification:
    """Read every file of the three stores and every row of what is published; store and record what differs.

    It changes nothing else. Of the files it holds one at a time in memory. A pack that is being published is waited
    for, and publishes no more while it is read. Raises PackFault where the style of today's pages is not built.
    """
    begun_at, found = clock.now(), Findings()
    packs = [(edition, key) for edition in Edition for key in _keys(edition)]
    rows = sum(model._default_manager.count() for model, _ in _SUMMED)
    progress.expect(rows + len(packs) + _STORES)
    for model, content in _SUMMED:
        _check_rows(model, content, found, progress)
    for edition, key in packs:
        _check_pack(edition, key, found)
        progress.advance()
    for edition in Edition:
        check_open_store(edition, found)
        progress.advance()
    check_locked_store(found)
    progress.advance()
    return _stored(found, begun_at=begun_at, by=by)


def read_words(verification: Verification) -> str:
    """What a verification has read: 3 bundles, 40 files, 12 rows."""
    return ", ".join(
        (
            count(verification.bundles, "bundle", "bundles"),
            count(verification.files, "file", "files"),
            count(verification.rows, "row", "rows"),
        )
    )


def _keys(edition: Edition) -> list[str]:
    return sorted(set(bundles_of(edition).values_list("key", flat=True)))


def _check_rows(model: type[Model], content: Combinable, found: Findings, progress: Progress) -> None:
    rows = model._default_manager.annotate(now=Sha256(content)).order_by("pk").values_list("pk", "checksum", "now")
    for number, checksum, now in rows.iterator(chunk_size=AT_ONCE):
        found.rows += 1
        if now != checksum:
            found.say(f"Row {number} of {model._meta.db_table}", OTHER_CONTENT)
        progress.advance()


def _check_pack(edition: Edition, key: str, found: Findings) -> None:
    with in_turn(key, edition):
        versions = bundles_of(edition).filter(key=key).order_by("version").values_list("pk", flat=True)
        for number in list(versions):
            check_bundle(bundles_of(edition).select_related("withdrawal").get(pk=number), found)


@transaction.atomic
def _stored(found: Findings, *, begun_at: datetime, by: User | None) -> Verification:
    made = Verification.objects.create(
        begun_at=begun_at,
        ended_at=clock.now(),
        by=by,
        bundles=found.bundles,
        files=found.files,
        rows=found.rows,
        differences=found.differences,
    )
    made.refresh_from_db()
    differ = count(len(made.differences), "thing differs", "things differ") if made.differences else "nothing differs"
    record(
        kind=RecordKind.PUBLICATIONS_VERIFIED,
        person=by,
        about=f"{read_words(made)}: {differ}",
        key=f"verification:{made.pk}",
    )
    return made
