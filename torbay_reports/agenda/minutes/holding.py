"""What a writer of minutes holds: always the meeting first, several meetings in one order, so that none waits for
another for ever."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.refusals import check_kept
from torbay_reports.agenda.job_rows import UNDER_WAY
from torbay_reports.agenda.models import AgendaItem, BroughtFile, Decision, Meeting
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date

LOOKED_AT: Final = (
    "A file that was brought for one of its papers is being looked at. Wait until it stands on the check list or is "
    "refused."
)
NOT_YET: Final = "The meeting is on {day}: {what} from that day on."


def held_item(number: int) -> AgendaItem:
    """The item as it stands, its meeting held until the transaction ends.

    Raises ValidationError where the meeting was moved, AgendaItem.DoesNotExist.
    """
    meeting = held_meeting(AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=number))
    check_kept(meeting)
    item = AgendaItem.objects.get(pk=number)
    item.meeting = meeting
    return item


def held_decision(number: int) -> Decision:
    """The decision as it stands, its meeting held until the transaction ends.

    Raises ValidationError where the meeting was moved, Decision.DoesNotExist.
    """
    meeting = held_meeting(Decision.objects.values_list("item__meeting_id", flat=True).get(pk=number))
    check_kept(meeting)
    decision = Decision.objects.select_related("item", "to").get(pk=number)
    decision.item.meeting = meeting
    return decision


def held_meetings(*numbers: int) -> dict[int, Meeting]:
    """Several meetings, held until the transaction ends. Raises Meeting.DoesNotExist."""
    return {number: held_meeting(number) for number in sorted(set(numbers))}


def check_day_has_come(meeting: Meeting, what: str) -> None:
    """Raises ValidationError before the meeting's day: `what` is done from then on."""
    if sentence := not_yet(meeting.held_on, what):
        raise ValidationError(sentence)


def not_yet(held_on: date, what: str) -> str:
    """Why it cannot be done before the day; nothing from then on."""
    return NOT_YET.format(day=long_date(held_on), what=what) if clock.today() < held_on else ""


def check_no_file_on_its_way(items: list[AgendaItem]) -> None:
    """Raises ValidationError while a file for a paper of these items is being looked at; one query."""
    if BroughtFile.objects.filter(paper__item__in=items, state__in=UNDER_WAY).exists():
        raise ValidationError(LOOKED_AT)
