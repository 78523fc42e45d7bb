"""Brings a version of a tracker in: the first makes the plan, every later one changes it and keeps its history."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from improvement.calculations.tracker import TrackerEntry
from improvement.calculations.versions.difference_words import leaving
from improvement.calculations.versions.soundness import problems
from improvement.models import Plan, PlanVersion, Step
from improvement.selectors.stored import stored_plan
from improvement.selectors.trackers import compare_with_stored
from improvement.services.arrivals import Arrival
from improvement.services.inspection_rows import store_inspections
from improvement.services.level_rows import store_levels
from improvement.services.measure_rows import store_measures
from improvement.services.refusals import (
    ImportRefused,
    NothingNew,
    OlderVersion,
    PlanHasChanged,
    StepsWouldLeave,
    UnfitTracker,
)
from improvement.services.searching import index_steps
from improvement.services.step_details import store_details
from improvement.services.step_rows import store_steps
from improvement.services.writing import locked_plan
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date

__all__ = [
    "ImportRefused",
    "NothingNew",
    "OlderVersion",
    "PlanHasChanged",
    "StepsWouldLeave",
    "UnfitTracker",
    "bring_in",
    "check_day",
    "check_fits",
    "check_is_newer",
]

LONGEST_FILE_NAME = 255
FARTHEST_AHEAD = timedelta(days=31)
"""A paper is dated for the coming meeting. A slip in its month or year would keep every later version out."""


@transaction.atomic
def bring_in(
    *,
    slug: str,
    tracker: TrackerEntry,
    report: dict[str, Any],
    as_at: date,
    file_name: str,
    checksum: str,
    by: User | None,
    revision: int | None = None,
    notice: str = "",
    drops: bool = False,
) -> PlanVersion:
    """Store the tracker as the plan's newest version, all or nothing; the plan is made where there is none.

    `as_at` is the date of the paper that the file stands for, from which its changes count; `report` what the reading
    found; `checksum` the file's SHA-256; `revision` the plan's when the file was compared with it, 0 for no plan;
    `drops` whether steps that the file lacks are meant to leave the plan.
    A file without a title leaves the plan its own, or names it after `slug`.
    What was said and found here stays: an update that the file lacks, a reading, a target that a person set, and a
    value that a person set for a day after `as_at`. Every other difference is applied and noted as a Change.
    Raises an ImportRefused with a sentence: PlanHasChanged, OlderVersion, NothingNew, UnfitTracker,
    StepsWouldLeave.
    """
    check_day(as_at)
    check_fits(tracker)
    plan = _held_plan(slug, tracker.title or slug.replace("-", " ").capitalize())
    if revision is not None and revision != plan.revision:
        raise PlanHasChanged(
            f"Somebody changed “{plan.title}” since the file was compared with it. Look at the differences again."
        )
    check_is_newer(plan=plan, as_at=as_at, checksum=checksum)
    stored = stored_plan(plan)
    comparison, rows = compare_with_stored(stored, tracker, as_at)
    if stored.themes and not comparison.changes_something:
        raise NothingNew(f"“{plan.title}” holds all that is in this file already. Nothing was changed.")
    steps_leave = leaving(comparison)
    if steps_leave is not None and not drops:
        raise StepsWouldLeave(steps_leave)
    arrival = Arrival(
        plan=plan,
        version=_version(plan, as_at, file_name, checksum, report, by),
        stored=stored,
        rows=rows,
        comparison=comparison,
        moment=clock.now(),
        by=by,
    )
    _store(arrival)
    plan.title, plan.notice, plan.revision = tracker.title or plan.title, notice or plan.notice, plan.revision + 1
    plan.save(update_fields=["title", "notice", "revision"])
    return arrival.version


def check_day(as_at: date) -> None:
    """Raises UnfitTracker for a paper that is farther ahead than FARTHEST_AHEAD: every later version would be older."""
    if as_at - clock.today() > FARTHEST_AHEAD:
        raise UnfitTracker(
            f"{long_date(as_at)} is more than {FARTHEST_AHEAD.days} days ahead. A paper is dated for the coming "
            "meeting. Correct the date."
        )


def check_fits(tracker: TrackerEntry) -> None:
    """Raises UnfitTracker with the first thing that cannot be stored, and how many more there are."""
    found = list(problems(tracker))
    if found:
        more = f" So it is with {len(found) - 1} more places." if len(found) > 1 else ""
        raise UnfitTracker(f"{found[0]}{more}")


def check_is_newer(*, plan: Plan, as_at: date, checksum: str) -> None:
    """Raises NothingNew for the file that is in already, OlderVersion for one that is older than what the plan holds.

    Two to three queries.
    """
    newest = plan.versions.order_by("as_at", "pk").last()
    if newest is None:
        return
    if newest.checksum == checksum:
        raise NothingNew(f"This very file is in already, as at {long_date(newest.as_at)}. Nothing was changed.")
    if as_at < newest.as_at:
        raise OlderVersion(
            f"The newest version of “{plan.title}” is as at {long_date(newest.as_at)}, and this file is as at "
            f"{long_date(as_at)}. Bring in only newer ones, or correct the date."
        )
    of_plan = Step.objects.filter(action__plan=plan).select_related("action").order_by("pk")
    for word, steps in (
        ("added", of_plan.filter(begun_on__gt=as_at)),
        ("dropped", of_plan.filter(dropped_on__gt=as_at)),
    ):
        step = steps.first()
        if step is not None:
            raise OlderVersion(
                f"Step {step.reference} was {word} here after {long_date(as_at)}, the date of this file, which cannot "
                "know of it. Correct the file and its date."
            )


def _held_plan(slug: str, title: str) -> Plan:
    """The plan, made where there is none, held until the transaction ends."""
    made, _ = Plan.objects.get_or_create(slug=slug, defaults={"title": title})
    return locked_plan(made.pk)


def _version(
    plan: Plan, as_at: date, file_name: str, checksum: str, report: dict[str, Any], by: User | None
) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan,
        as_at=as_at,
        file_name=file_name[-LONGEST_FILE_NAME:],
        checksum=checksum,
        report=report,
        applied_at=clock.now(),
        applied_by=by,
    )


def _store(arrival: Arrival) -> None:
    """Every part in the order in which one needs the rows of another."""
    store_levels(arrival)
    store_steps(arrival)
    store_details(arrival)
    store_measures(arrival)
    store_inspections(arrival.actions, arrival.steps)
    arrival.store_changes()
    index_steps([each.pk for each in arrival.steps])
