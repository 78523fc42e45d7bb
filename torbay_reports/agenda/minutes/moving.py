"""Writes: a meeting moved to another day.

While nothing of it is out its day changes, and that is all. Afterwards the old meeting stays with what was published,
and says where it went; a new one has its items and papers, and its notice counts anew. Moved back to a day from which
it was moved, the meeting of that day is taken up again (`returning`).
"""

from contextlib import ExitStack
from datetime import date, time
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.builds import end_lost_builds
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.instalments import make_agenda
from torbay_reports.agenda.desk.standing import instalments_out, standing_of
from torbay_reports.agenda.job_rows import UNDER_WAY
from torbay_reports.agenda.minutes.holding import check_no_file_on_its_way, held_meetings
from torbay_reports.agenda.minutes.placing import bring_along, papers_of
from torbay_reports.agenda.minutes.returning import earlier_on, take_up_again
from torbay_reports.agenda.models import AgendaItem, Committee, Decision, Instalment, ItemKind, Meeting, PackBuild
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date
from torbay_reports.publishing.models import bundles_of
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.services import drop_packs, turn_if_free

SAY_WHY: Final = "Say why it is moved."
SAME_DAY: Final = "It is on {day} already. Choose another day, or change its hour on its desk."
DAY_PAST: Final = "{day} is past. Choose a day to come."
DAY_TAKEN: Final = "The {committee} meets on {day} already. Choose another day, or carry the items to that meeting."
MOVED_MEANWHILE: Final = "Meanwhile somebody else has moved this meeting to {day}. Go there and look."
MOVED_ALREADY: Final = "This meeting was moved already, to {day}. Move that one."
WAS_HELD: Final = "The meeting of {day} is past. Carry what it did not reach to a later meeting."
DECIDED: Final = "This meeting has published decisions, so it was held. Carry what it did not reach to a later meeting."
BEFORE_CONVENED: Final = "It is convened on {day}. Choose that day or a later one."
BUILDING: Final = (
    "A pack of this meeting is being built or published, or somebody else is moving it. Wait until that has ended, and "
    "look at this page again."
)


def refusal(meeting: Meeting) -> str:
    """Why the meeting cannot be moved, whatever the day; nothing where it can be. Two queries at most."""
    if meeting.moved_to is not None:
        return MOVED_ALREADY.format(day=long_date(meeting.moved_to.held_on))
    if meeting.held_on < clock.today():
        return WAS_HELD.format(day=long_date(meeting.held_on))
    if Decision.objects.filter(item__meeting=meeting, published_at__isnull=False).exists():
        return DECIDED
    return ""


def is_anything_out(meeting: Meeting) -> bool:
    """Whether a version of any part of its pack, of either edition, was published; two queries."""
    return bool(instalments_out(meeting))


def move_meeting(*, meeting: Meeting, held_on: date, starts_at: time | None, why: str, by: User) -> Meeting:
    """Move the meeting to another day; the meeting on that day, which is the same one while nothing of it is out.

    `meeting` is as the person saw it: one that was moved meanwhile stays where it is. Raises ValidationError,
    Meeting.DoesNotExist.
    """
    with ExitStack() as turns:
        # A build holds its turn from its plan to the stored pack, under a name that the day is a part of.
        earlier = earlier_on(meeting, held_on)
        both = Instalment.objects.filter(meeting__in=[each.pk for each in (meeting, earlier) if each is not None])
        keys = [pack_key(each) for each in both.select_related("meeting__committee").order_by("meeting", "number")]
        # None is taken after one that is not free: else of two who move it each could be in the other's way.
        if not all(turns.enter_context(turn_if_free(key, edition)) for key in keys for edition in Edition):
            raise ValidationError(BUILDING)
        with transaction.atomic():
            return _move(meeting, held_on, starts_at, why.strip(), by)


def _move(seen: Meeting, held_on: date, starts_at: time | None, why: str, by: User) -> Meeting:
    # Of two who want a meeting of the committee on one day the second waits here, and finds it.
    Committee.objects.select_for_update(no_key=True).get(pk=seen.committee_id)
    earlier = earlier_on(seen, held_on)
    held = held_meetings(seen.pk, *([earlier.pk] if earlier is not None else []))
    kept, earlier = held[seen.pk], held[earlier.pk] if earlier is not None else None
    if kept.held_on != seen.held_on:
        raise ValidationError(MOVED_MEANWHILE.format(day=long_date(kept.held_on)))
    if not why:
        raise ValidationError({"why": SAY_WHY})
    if sentence := refusal(kept):
        raise ValidationError(sentence)
    _check_day(kept, held_on, earlier)
    was = long_date(kept.held_on)
    for each in (kept, earlier):
        if each is not None:
            _check_no_build(each)
    if earlier is not None:
        take_up_again(old=kept, to=earlier, starts_at=starts_at, by=by)
        moved = earlier
    else:
        moved = _in_its_place(kept, held_on, starts_at, by) if is_anything_out(kept) else kept
    if moved == kept:
        _change_day(kept, held_on, starts_at)
    note(meeting=kept, says=f"Moved from {was} to {long_date(held_on)}. Why: {why}", by=by)
    if moved != kept:
        note(meeting=moved, says=f"In the place of the meeting of {was}. Why: {why}", by=by)
    return moved


def _check_day(meeting: Meeting, held_on: date, earlier: Meeting | None) -> None:
    if held_on == meeting.held_on:
        raise ValidationError({"held_on": SAME_DAY.format(day=long_date(held_on))})
    if held_on < clock.today():
        raise ValidationError({"held_on": DAY_PAST.format(day=long_date(held_on))})
    if meeting.convened_on is not None and held_on < meeting.convened_on:
        raise ValidationError({"held_on": BEFORE_CONVENED.format(day=long_date(meeting.convened_on))})
    if earlier is None and Meeting.objects.filter(committee=meeting.committee, held_on=held_on).exists():
        raise ValidationError({"held_on": DAY_TAKEN.format(committee=meeting.committee, day=long_date(held_on))})


def _check_no_build(meeting: Meeting) -> None:
    """Raises ValidationError while something of the meeting is built, waits to be, or is half published."""
    instalments = list(meeting.instalments.select_related("meeting__committee"))
    for instalment in instalments:
        end_lost_builds(of=instalment)
    keys = [pack_key(each) for each in instalments]
    is_half_out = any(bundles_of(each).unfinished().filter(key__in=keys).exists() for each in Edition)
    if is_half_out or PackBuild.objects.filter(instalment__in=instalments, state__in=UNDER_WAY).exists():
        raise ValidationError(BUILDING)


def _change_day(meeting: Meeting, held_on: date, starts_at: time | None) -> None:
    for instalment in meeting.instalments.select_related("meeting__committee"):
        drop_packs(key=pack_key(instalment))
        if instalment.dated > held_on:
            # No letter goes out after its meeting.
            instalment.dated = held_on
            instalment.save(update_fields=["dated"])
    meeting.held_on, meeting.starts_at = held_on, starts_at
    meeting.save(update_fields=["held_on", "starts_at"])


def _in_its_place(old: Meeting, held_on: date, starts_at: time | None, by: User) -> Meeting:
    # What was carried on from here already has its place.
    items = list(old.items.filter(carried_to=None).order_by("position"))
    check_no_file_on_its_way(items)
    standing = standing_of(old)
    new = Meeting.objects.create(
        committee=old.committee,
        held_on=held_on,
        starts_at=starts_at,
        place=old.place,
        presiding=old.presiding,
        notice=old.notice,
    )
    agenda = make_agenda(meeting=new, by=by)
    under = {item.pk: _carried(item, new) for item in items}
    bring_along(papers=papers_of(items), under=under, place=agenda, out=standing.listed, by=by)
    for item in items:
        # What was drafted beforehand, and what brought the item here.
        Decision.objects.filter(item=item).update(item=under[item.pk])
        Decision.objects.filter(carried_item=item).update(carried_item=under[item.pk])
    old.moved_to = new
    old.save(update_fields=["moved_to"])
    return new


def _carried(item: AgendaItem, new: Meeting) -> AgendaItem:
    """The item as the new agenda has it, which lists in time what was urgent on the old one."""
    kind = ItemKind.BUSINESS if item.kind == ItemKind.URGENT else ItemKind(item.kind)
    return AgendaItem.objects.create(
        meeting=new,
        number=item.number,
        title=item.title,
        words=item.words,
        kind=kind.value,
        carried_from=item,
        position=item.position,
    )
