"""Freezing Documents and storing packs: the only writes of this room."""

from django.conf import settings
from django.db import connection, transaction
from msgspec.structs import replace

from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.documents import plotting
from torbay_reports.documents.blocks import Chart, Document, to_json
from torbay_reports.publishing import checksums, pagemaps
from torbay_reports.publishing.models import Publication, StoredPack
from torbay_reports.publishing.packplan import Edition, PackPlan, Restriction
from torbay_reports.publishing.printing import render_pack
from torbay_reports.publishing.selectors import document_of


def publish(*, document: Document, restriction: Restriction, by: User) -> Publication:
    """Freeze a Document as the next version of its source and subject, its charts drawn and its draft mark gone.

    Returns the latest version instead when it already says the same. Two writers at once get two versions in turn.
    """
    # Drawing takes seconds and needs no lock; a chart that the latest version has drawn is not drawn again.
    data = to_json(_complete(document, restriction))
    checksum = checksums.of_bytes(data)
    with transaction.atomic():
        _wait_for_turn(f"publication {document.source} {document.subject} {restriction}")
        latest = _latest(document, restriction)
        if latest is not None and latest.checksum == checksum:
            return latest
        return Publication.objects.create(
            source=document.source,
            subject=document.subject,
            version=1 if latest is None else latest.version + 1,
            title=document.title,
            restriction=restriction.value,
            edition=(Edition.PUBLIC if restriction is Restriction.OPEN else Edition.RESTRICTED).value,
            document_json=data.decode(),
            checksum=checksum,
            frozen_at=clock.now(),
            frozen_by=by,
        )


def _latest(document: Document, restriction: Restriction) -> Publication | None:
    return Publication.objects.of(document.source, document.subject, restriction).first()


def _complete(document: Document, restriction: Restriction) -> Document:
    drawn: dict[str, str] = {}
    if any(not chart.svg for chart in document.charts):
        latest = _latest(document, restriction)
        if latest is not None:
            drawn = {chart.figure: chart.svg for chart in document_of(latest).charts}
    waiting = [chart.figure for chart in document.charts if not chart.svg and not drawn.get(chart.figure)]
    drawn.update(zip(waiting, plotting.draw(waiting), strict=True))
    blocks = tuple(
        replace(block, svg=drawn[block.figure]) if isinstance(block, Chart) and not block.svg else block
        for block in document.blocks
    )
    return replace(document, draft=False, blocks=blocks)


@transaction.atomic
def store_pack(*, key: str, plan: PackPlan, by: User | None) -> StoredPack:
    """Build, check and store a pack in one transaction; return the stored one when nothing it depends on changed.

    Raises PackFault, with the old pack left in place. Two builds of one pack wait for each other.
    """
    _wait_for_turn(f"pack {key} {plan.edition}")
    plan_checksum = checksums.of_plan(plan)
    stored = StoredPack.objects.filter(key=key, edition=plan.edition.value).first()
    if stored is not None and stored.plan_checksum == plan_checksum:
        return stored
    rendered = render_pack(plan, fonts=settings.FONTS_DIR)
    stored, _ = StoredPack.objects.update_or_create(
        key=key,
        edition=plan.edition.value,
        defaults={
            "pdf": rendered.pdf,
            "pages": pagemaps.to_stored(rendered.pages),
            "checksum": checksums.of_bytes(rendered.pdf),
            "plan_checksum": plan_checksum,
            "built_at": clock.now(),
            "built_by": by,
        },
    )
    return stored


def _wait_for_turn(name: str) -> None:
    """Hold a lock of this name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
