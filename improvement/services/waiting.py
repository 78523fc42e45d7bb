"""Keeps an uploaded file until its uploader has looked at what it would change, and then brings it in."""

from datetime import date, timedelta
from typing import Any, Final

import msgspec
from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.calculations.tracker import TrackerEntry
from improvement.models import Plan, PlanVersion, WaitingImport
from improvement.services.versions import PlanHasChanged, bring_in
from torbay_reports.access.models import User
from torbay_reports.core import clock

KEPT_FOR: Final = timedelta(days=1)


@transaction.atomic
def hold_import(
    *,
    plan: Plan | None,
    slug: str,
    tracker: TrackerEntry,
    report: dict[str, Any],
    as_at: date,
    file_name: str,
    checksum: str,
    by: User,
) -> WaitingImport:
    """Keeps what was read of the file for a day, and removes what others left for longer. `plan` is None for a new one.

    `report` is the reading's, in builtins; `checksum` the SHA-256 of the file's bytes.
    """
    now = clock.now()
    WaitingImport.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return WaitingImport.objects.create(
        plan=plan,
        slug=slug,
        as_at=as_at,
        file_name=file_name,
        checksum=checksum,
        tracker=msgspec.json.encode(tracker).decode(),
        report=report,
        revision=plan.revision if plan else 0,
        uploaded_at=now,
        uploaded_by=by,
    )


def tracker_in(waiting: WaitingImport) -> TrackerEntry:
    """What was read of the file."""
    return msgspec.json.decode(waiting.tracker, type=TrackerEntry)


@transaction.atomic
def apply_import(*, waiting: WaitingImport, revision: int, by: User, drops: bool = False) -> PlanVersion:
    """Brings the file in as the plan's newest version; `revision` is the plan's that it was compared with;
    `drops` whether steps that it lacks are meant to leave the plan.

    Raises ValidationError when it was applied or removed already, and what `versions.bring_in` raises: PlanHasChanged
    when somebody has changed or made the plan since, StepsWouldLeave when steps leave it and `drops` is not set.
    """
    kept = WaitingImport.objects.select_for_update().filter(pk=waiting.pk).first()
    if kept is None:
        raise ValidationError("This file was applied already, or it waited for more than a day. Upload it again.")
    if kept.plan_id is None and Plan.objects.filter(slug=kept.slug).exists():
        raise PlanHasChanged(f"Somebody has made a plan “{kept.slug}” meanwhile. Upload the file again, for that plan.")
    version = bring_in(
        slug=kept.slug,
        tracker=tracker_in(kept),
        report=kept.report,
        as_at=kept.as_at,
        file_name=kept.file_name,
        checksum=kept.checksum,
        by=by,
        revision=revision if kept.plan_id is not None else 0,
        drops=drops,
    )
    kept.delete()
    return version
