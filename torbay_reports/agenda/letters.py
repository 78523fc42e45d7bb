"""What the agenda and the letters of its supplements say by themselves: when it meets, why papers are late, that
urgency will be asked."""

from collections.abc import Collection
from typing import Final

from django.utils import timezone

from torbay_reports.agenda.business import Business
from torbay_reports.agenda.calculations.clauses import as_clause, as_sentence
from torbay_reports.agenda.models import Instalment, Meeting, Urgency
from torbay_reports.core.formatting import full_date, listed

OPENING: Final = (
    "Please find with this letter the papers listed below, which {committee} will consider when it meets on {day}."
)
ASKED: Final = (
    "{presiding} will be asked to take {taken} (Local Government Act 1972, section 100B(4)(b)), because {because}."
)
NOBODY_NAMED: Final = "The person presiding"


def when_words(meeting: Meeting) -> str:
    """The day and the hour: "Wednesday 6 September 2017 at 5.30 pm"."""
    day = full_date(meeting.held_on)
    if meeting.starts_at is None:
        return day
    hour = f"{meeting.starts_at:%-I.%M %p}".lower().replace(".00", "")
    return f"{day} at {hour}"


def opening_for(instalment: Instalment) -> str:
    """What the letter of a new supplement says first: what is enclosed, and for which meeting. Nothing for an agenda,
    which has no letter."""
    if not instalment.number:
        return ""
    meeting = instalment.meeting
    return OPENING.format(committee=with_article(meeting.committee.name), day=full_date(meeting.held_on))


def with_article(committee: str) -> str:
    """A body's name inside a sentence: the Council, the Overview and Scrutiny Board."""
    return committee if committee.casefold().startswith("the ") else f"the {committee}"


def items_named(numbers: Collection[str]) -> str:
    """item 5; items 5 and 6."""
    return f"item{'s' if len(numbers) > 1 else ''} {listed(list(numbers))}"


def reasons(business: Collection[Business]) -> tuple[str, ...]:
    """Why papers of this business are late, a sentence for each reason, with the items that it is given for.

    A paper that only is to follow has its reason in the letter that brings it; one that was withdrawn has none.
    """
    given: dict[str, dict[str, None]] = {}
    for each in business:
        for paper in each.papers:
            why = as_sentence(paper.why_late)
            if why and not paper.is_listed_only and not paper.is_withdrawn:
                given.setdefault(why, {})[each.item.number] = None
    return tuple(f"{_capital(items_named(numbers))}: {why}" for why, numbers in given.items())


def urgency_sentence(business: Collection[Business], meeting: Meeting) -> str:
    """That the person presiding will be asked to take items as urgent; nothing where none is to be. One query.

    What was decided before the meeting is asked no more. What was decided at it or after it the letter still asks: it
    went out before, and stays as it is.
    """
    numbers = {each.item.pk: each.item.number for each in business}
    by_item = {each.item_id: each for each in Urgency.objects.filter(item__in=numbers) if _was_open(each, meeting)}
    asked = {number: as_clause(by_item[key].because) for key, number in numbers.items() if key in by_item}
    if not asked:
        return ""
    several = len(asked) > 1
    because = [f"item {number}: {why}" for number, why in asked.items()] if several else list(asked.values())
    return ASKED.format(
        presiding=_presiding(meeting),
        taken=f"{items_named(asked)} as {'matters' if several else 'a matter'} of urgency",
        because="; ".join(because),
    )


def _was_open(urgency: Urgency, meeting: Meeting) -> bool:
    """Whether nothing was decided when the letter went out."""
    return urgency.recorded_at is None or timezone.localtime(urgency.recorded_at).date() >= meeting.held_on


def _presiding(meeting: Meeting) -> str:
    return f"{NOBODY_NAMED}, {meeting.presiding}," if meeting.presiding else NOBODY_NAMED


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
