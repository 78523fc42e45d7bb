"""Freezing Documents and storing packs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace as dataclass_replace
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from msgspec.structs import replace

from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.public_role import public_role
from torbay_reports.documents import plotting, soundness
from torbay_reports.documents.blocks import Chart, Document, to_json
from torbay_reports.publishing import checksums, makeup, pagemaps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import PACKS, AnyPack, AnyPublication, Publication, RestrictedPublication
from torbay_reports.publishing.packplan import Edition, PackPlan, RenderedPack, Restriction
from torbay_reports.publishing.parts.store import MEGABYTE, DatabaseStore, clean
from torbay_reports.publishing.printing import Progress, render_pack, silent
from torbay_reports.publishing.selectors import document_of

_TRIES: Final = 4


def publish(*, document: Document, restriction: Restriction, by: User) -> AnyPublication:
    """Freeze a Document as the next version of its source and subject, its charts drawn and its draft mark gone.

    Exempt and confidential ones stand in a table of their own. Returns the latest version instead when it already says
    the same. Two writers at once get two versions in turn.
    Raises PackFault for a Document whose places or links nobody could follow.
    """
    if unsound := soundness.fault(document, document.title):
        raise PackFault(unsound)
    # Drawing takes seconds and needs no lock; a chart that the latest version has drawn is not drawn again.
    data = to_json(_complete(document, restriction))
    checksum = checksums.of_bytes(data)
    with transaction.atomic():
        _wait_for_turn(f"publication {document.source} {document.subject} {restriction}")
        latest = _latest(document, restriction)
        if latest is not None and (latest.checksum, latest.restriction) == (checksum, restriction):
            return latest
        values = {
            "source": document.source,
            "subject": document.subject,
            "version": 1 if latest is None else latest.version + 1,
            "title": document.title,
            "document_json": data.decode(),
            "checksum": checksum,
            "frozen_at": clock.now(),
            "frozen_by": by,
        }
        if restriction is Restriction.OPEN:
            return Publication.objects.create(**values)
        return RestrictedPublication.objects.create(**values, restriction=restriction.value)


def _latest(document: Document, restriction: Restriction) -> AnyPublication | None:
    if restriction is Restriction.OPEN:
        return Publication.objects.of(document.source, document.subject).first()
    return RestrictedPublication.objects.of(document.source, document.subject).first()


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


def store_pack(
    *,
    key: str,
    plan: PackPlan,
    by: User | None,
    progress: Progress = silent,
    plan_now: Callable[[], PackPlan] | None = None,
) -> AnyPack:
    """Build, check and store a pack; return the stored one when nothing it depends on changed.

    `plan_now` composes the plan anew in the transaction that stores the pack, and holds its papers until then: what was
    replaced, closed or withdrawn while the pack was built never goes out. It is built again then.

    Raises PackFault, with the old pack left in place, as it is at any other end before the last moment. What is set on
    the way stays stored, so that the next build goes on from there. Two builds of one pack wait for each other.
    """
    packs = PACKS[plan.edition]._default_manager
    with in_turn(key, plan.edition):
        checksum = checksums.of_plan(plan)
        for _ in range(_TRIES):
            stored = packs.defer("pdf").filter(key=key).first()
            if stored is not None and checksum in (stored.plan_checksum, stored.again_checksum):
                return stored
            rendered = render_pack(plan, store=DatabaseStore(plan.edition), progress=progress)
            progress("store", 0, 1)
            with transaction.atomic():
                now = plan_now() if plan_now else plan
                checksum_now = checksums.of_plan(now) if plan_now else checksum
                if checksum_now == checksum:
                    stored = _stored(key, plan, rendered, checksum, by)
                    break
            plan, checksum = now, checksum_now
        else:
            raise PackFault("Its papers changed again and again while it was built. Build it once they are settled.")
        clean(settings.PARTS_MAX_MEGABYTES * MEGABYTE, plan.edition)
        progress("store", 1, 1)
        return stored


def role_of(edition: Edition) -> AbstractContextManager[None]:
    """The database role under which an edition is made: for the public one, one that reads nothing restricted."""
    return public_role() if edition is Edition.PUBLIC else nullcontext()


def drop_packs(*, key: str) -> None:
    """Delete every edition stored under this key: what they are about is gone. In the transaction that deletes that."""
    for model in PACKS.values():
        model._default_manager.filter(key=key).delete()


def _stored(key: str, plan: PackPlan, rendered: RenderedPack, plan_checksum: str, by: User | None) -> AnyPack:
    """Put the pack in the old one's place: one statement, before it the old pack stands, after it the new one."""
    packs = PACKS[plan.edition]._default_manager
    pack, _ = packs.defer("pdf").update_or_create(
        key=key,
        defaults={
            "pdf": rendered.pdf,
            "pages": pagemaps.to_stored(rendered.pages),
            "checksum": checksums.of_bytes(rendered.pdf),
            "plan_checksum": plan_checksum,
            "again_checksum": checksums.of_plan(dataclass_replace(plan, numbered=rendered.pages.numbered)),
            "made_of": makeup.to_stored(makeup.of_plan(plan)),
            "built_at": clock.now(),
            "built_by": by,
        },
    )
    return pack


@contextmanager
def in_turn(key: str, edition: Edition) -> Iterator[None]:
    """Let one build of a pack's edition go on at a time. Whoever composes the plan holds it from then on, so that of
    two builds the one that is stored last is the one that read last. It may be held within itself.

    In no transaction, so that others see what is written meanwhile. It ends with the connection too, so a process that
    is killed holds up nobody.
    """
    name = f"pack {key} {edition}"
    if connection.in_atomic_block:
        _wait_for_turn(name)
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


@contextmanager
def turn_if_free(key: str, edition: Edition) -> Iterator[bool]:
    """Hold the turn of `in_turn` where nobody does; whether it is held."""
    name = f"pack {key} {edition}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (is_free,) = cursor.fetchone()
    try:
        yield is_free
    finally:
        if is_free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def _wait_for_turn(name: str) -> None:
    """Hold a lock of this name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
