"""Committees and their meetings, added and changed."""

from dataclasses import asdict, dataclass, fields
from datetime import date, time
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.refusals import check_kept, check_seen, mark_of
from torbay_reports.agenda.desk.standing import instalments_out
from torbay_reports.agenda.models import Committee, Meeting
from torbay_reports.core import clock
from torbay_reports.core.formatting import full_date, listed

NO_LETTERS: Final = "The name has no letter that an address can be made of. Type the committee's name."
NAME_TAKEN: Final = "There is a committee of that name already: “{}”. Give this one another name, or change that one."
SHORT_NAME_TAKEN: Final = "“{short}” stands for the {name} already. Give this committee other initials."
DAY_IS_PAST: Final = "{day} is past. A meeting is put on the calendar for today or a later day."
MEETS_ALREADY: Final = (
    "The {committee} meets on {day} already. A committee has one meeting a day: open that one, or choose another day."
)
CONVENED_AFTER: Final = "It is convened before it meets, on {day} at the latest."
SAY_WHY_NOW: Final = (
    "A part of the pack is out, and the day of its convening changes which papers are late. Say why it is entered only "
    "now: everybody reads it."
)


@dataclass(frozen=True, kw_only=True)
class CommitteeFacts:
    """How a committee is called, and who answers for its meetings; `office` has a line for each of the address."""

    name: str
    short_name: str = ""
    clerk: str = ""
    telephone: str = ""
    email: str = ""
    office: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """When and where a meeting begins, who presides, and the day of its convening where that is at shorter notice."""

    starts_at: time | None = None
    place: str = ""
    presiding: str = ""
    convened_on: date | None = None


LABELS: Final = {
    "starts_at": "time",
    "place": "place",
    "presiding": "person presiding",
    "convened_on": "day of its convening",
}


@transaction.atomic
def add_committee(*, facts: CommitteeFacts, by: User) -> Committee:
    """A new committee, whose short name in addresses is made of its name and stays. Raises ValidationError."""
    slug = slugify(facts.name)[:80].strip("-")
    if not slug:
        raise ValidationError({"name": NO_LETTERS})
    _check_names(facts, slug=slug)
    return Committee.objects.create(slug=slug, **asdict(facts))


@transaction.atomic
def change_committee(*, committee: Committee, facts: CommitteeFacts, seen: str, by: User) -> Committee:
    """Other names or another clerk; what is published keeps what it says. Raises ValidationError,
    Committee.DoesNotExist."""
    kept = Committee.objects.select_for_update(no_key=True).get(pk=committee.pk)
    check_seen(seen, committee_mark(kept), asdict(committee_facts(kept)))
    _check_names(facts, but=kept)
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    kept.save()
    return kept


@transaction.atomic
def add_meeting(*, committee: Committee, held_on: date, facts: MeetingFacts, by: User) -> Meeting:
    """A new meeting of the committee, today or later. Raises ValidationError."""
    # Of two who put the same day on the calendar the second waits here, and finds the meeting.
    Committee.objects.select_for_update(no_key=True).get(pk=committee.pk)
    day = full_date(held_on)
    if held_on < clock.today():
        raise ValidationError({"held_on": DAY_IS_PAST.format(day=day)})
    if committee.meetings.filter(held_on=held_on).exists():
        raise ValidationError({"held_on": MEETS_ALREADY.format(committee=committee.name, day=day)})
    _check_convening(facts, held_on)
    meeting = Meeting.objects.create(committee=committee, held_on=held_on, **asdict(facts))
    note(meeting=meeting, says=f"The meeting of {day} is put on the calendar.", by=by)
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, facts: MeetingFacts, seen: str, by: User, why: str = "") -> Meeting:
    """Another time, place or person presiding, or day of its convening. Once a part of the pack is out, that day makes
    late papers timely, or the other way round: `why` it is entered only then stands in the history and beside the line
    of timeliness. Raises ValidationError, Meeting.DoesNotExist.
    """
    kept = held_meeting(meeting.pk)
    check_kept(kept)
    before = asdict(meeting_facts(kept))
    check_seen(seen, meeting_mark(kept), {LABELS[name]: value for name, value in before.items()})
    _check_convening(facts, kept.held_on)
    changed = [LABELS[name] for name, value in asdict(facts).items() if value != before[name]]
    if changed:
        entered = _enter_late(kept, why.strip()) if facts.convened_on != kept.convened_on else ""
        for name, value in asdict(facts).items():
            setattr(kept, name, value)
        kept.save(update_fields=[*LABELS, "convening_entered_on", "convening_why"])
        note(meeting=kept, says=f"Changed: {listed(changed)}.{entered}", by=by)
    return kept


def _enter_late(meeting: Meeting, why: str) -> str:
    """Keeps when and why the day of its convening is entered after publication; what the history says of it, nothing
    where nothing is out. Raises ValidationError without a reason."""
    if not instalments_out(meeting):
        return ""
    if not why:
        raise ValidationError({"why": SAY_WHY_NOW})
    meeting.convening_entered_on, meeting.convening_why = clock.today(), why
    return f" Why it is entered after publication: {why}"


def committee_facts(committee: Committee) -> CommitteeFacts:
    """What stands there now."""
    return CommitteeFacts(**{each.name: getattr(committee, each.name) for each in fields(CommitteeFacts)})


def meeting_facts(meeting: Meeting) -> MeetingFacts:
    """What stands there now."""
    return MeetingFacts(**{each.name: getattr(meeting, each.name) for each in fields(MeetingFacts)})


def committee_mark(committee: Committee) -> str:
    """What a form carries of the committee that was shown."""
    return mark_of(committee_facts(committee))


def meeting_mark(meeting: Meeting) -> str:
    """What a form carries of the meeting that was shown."""
    return mark_of(meeting_facts(meeting))


def _check_names(facts: CommitteeFacts, *, slug: str = "", but: Committee | None = None) -> None:
    others = Committee.objects.exclude(pk=but.pk) if but else Committee.objects.all()
    taken = others.filter(name__iexact=facts.name).first() or (slug and others.filter(slug=slug).first())
    if taken:
        raise ValidationError({"name": NAME_TAKEN.format(taken.name)})
    short = facts.short_name and others.filter(short_name__iexact=facts.short_name).first()
    if short:
        raise ValidationError({"short_name": SHORT_NAME_TAKEN.format(short=short.short_name, name=short.name)})


def _check_convening(facts: MeetingFacts, held_on: date) -> None:
    if facts.convened_on is not None and facts.convened_on > held_on:
        raise ValidationError({"convened_on": CONVENED_AFTER.format(day=full_date(held_on))})
