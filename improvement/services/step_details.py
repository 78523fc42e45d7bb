"""Stores what hangs on the steps of a version: owners, deadlines, updates."""

from collections.abc import Iterable, Iterator

from django.db.models import Max

from improvement.calculations.tracker import StepEntry, UpdateEntry
from improvement.calculations.versions.step_differences import StepDifference
from improvement.models import Deadline, Owner, Step, StepOwner, Update
from improvement.services.arrivals import BATCH, Arrival


def store_details(arrival: Arrival) -> None:
    """Store owners, deadlines and updates, once the steps are stored."""
    _store_owners(arrival)
    _store_deadlines(arrival)
    _store_updates(arrival)


def placed(arrival: Arrival) -> Iterator[tuple[Step, StepEntry, StepDifference | None]]:
    """Each step of the version as stored and as the file has it; what differs is None for a new step."""
    for at, (row, entry) in enumerate(zip(arrival.steps, arrival.comparison.sides.new.steps, strict=True)):
        yield row, entry, arrival.found.get(at)


def _store_owners(arrival: Arrival) -> None:
    """Put the names of a step in the place of those that it had; a name that no step has any more stays known."""
    names: dict[int, tuple[str, ...]] = {}
    for row, entry, found in placed(arrival):
        if found is None:
            names[row.pk] = entry.owners
        for change in found.applied if found else ():
            if change.field == "owners":
                names[row.pk] = entry.owners
    owners = _owners(arrival, dict.fromkeys(name for each in names.values() for name in each))
    StepOwner.objects.filter(step__in=names).delete()
    StepOwner.objects.bulk_create(
        (
            StepOwner(step_id=step, owner=owners[name], position=at)
            for step, each in names.items()
            for at, name in enumerate(dict.fromkeys(each))
        ),
        batch_size=BATCH,
    )


def _owners(arrival: Arrival, names: Iterable[str]) -> dict[str, Owner]:
    known = {each.name: each for each in Owner.objects.filter(plan=arrival.plan)}
    created = [Owner(plan=arrival.plan, name=name) for name in names if name not in known]
    known.update((each.name, each) for each in Owner.objects.bulk_create(created, batch_size=BATCH))
    return known


def _store_deadlines(arrival: Arrival) -> None:
    """Add the due date that a step has from the version's day on; those that it had stay."""
    moved = [row for row, _, found in placed(arrival) if _has_moved(row, found)]
    Deadline.objects.bulk_create(
        (
            Deadline(step=row, when=row.when, due_on=row.due_on, set_on=arrival.as_at, set_by=arrival.by)
            for row in moved
        ),
        batch_size=BATCH,
    )


def _has_moved(row: Step, found: StepDifference | None) -> bool:
    if found is None:
        return bool(row.when) or row.due_on is not None
    return any(change.field in ("when", "due_on") for change in found.applied)


def _store_updates(arrival: Arrival) -> None:
    """Add the updates that are not stored yet after every one that is, drafts included."""
    added = [(row, entry.updates if found is None else found.updates_added) for row, entry, found in placed(arrival)]
    last = dict(
        Update.objects.filter(step__action__plan=arrival.plan)
        .order_by()
        .values_list("step")
        .annotate(last=Max("position"))
    )
    Update.objects.bulk_create(
        (
            _update(arrival, row, update, last.get(row.pk, -1) + place)
            for row, updates in added
            for place, update in enumerate(updates, start=1)
        ),
        batch_size=BATCH,
    )


def _update(arrival: Arrival, row: Step, update: UpdateEntry, position: int) -> Update:
    return Update(
        step=row,
        text=update.text,
        stamp=update.stamp,
        dated_on=update.dated_on,
        quarter=update.quarter,
        position=position,
        recorded_on=arrival.as_at,
        written_at=arrival.moment,
    )
