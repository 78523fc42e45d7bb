"""What the monitoring officer decides about one restricted paper: whether every councillor may read it, who else is
admitted, and which of its words may be public.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.models.assignments import held_on
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.agenda.grounds import YEAR
from torbay_reports.agenda.history import note
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Admission, Paper
from torbay_reports.agenda.readers import COMMITTEE, by_the_act_alone, may_read_restricted, open_to_councillors
from torbay_reports.core import clock
from torbay_reports.core.formatting import count, long_date

OPENED: Final = "This paper is open: everybody may read it."
SETTLED: Final = "The grounds of this paper settle who may read it, so there is nothing to decide."
ONESELF: Final = "Another monitoring officer has to admit you."
READS_ALREADY: Final = "{who} may read it already."
ADMINISTRATOR: Final = "{who} is an administrator. Nobody is admitted by that role."
CLOSED: Final = "The account of {who} is closed."
LAST_DAY: Final = "Give a last day from today to {latest}."
NOT_ADMITTED: Final = "{who} is not admitted to this paper any more."


@transaction.atomic
def decide_councillors(*, paper: Paper, may_read: bool, reason: str, by: User) -> Paper:
    """Say whether every councillor may read a paper of which the Act does not say it.

    Raises ValidationError, Paper.DoesNotExist.
    """
    kept = _held(paper)
    if by_the_act_alone(kept) is not None:
        raise ValidationError(SETTLED)
    kept.held_back.every_councillor = may_read
    kept.held_back.save(update_fields=["every_councillor"])
    who = "Every councillor may read it" if may_read else "Only the committee may read it"
    note(paper=kept, kind=RecordKind.COUNCILLORS_DECIDED, says=f"{who}: {reason}", by=by)
    return kept


@transaction.atomic
def admit(*, paper: Paper, person: User, reason: str, until: date, by: User) -> Admission:
    """Open the paper to one person until that day. Raises ValidationError, Paper.DoesNotExist."""
    kept = _held(paper)
    _check_person(kept, person, by)
    latest = latest_day(kept)
    if not clock.today() <= until <= latest:
        raise ValidationError({"until": LAST_DAY.format(latest=long_date(latest))})
    values = {"reason": reason, "until": until, "admitted_at": clock.now(), "admitted_by": by}
    admission, _ = Admission.objects.update_or_create(paper=kept, person=person, defaults=values)
    whom = f"{person.full_name} until {long_date(until)}"
    note(paper=kept, kind=RecordKind.READER_ADMITTED, says=f"Admitted {whom}: {reason}", by=by, whom=whom)
    return admission


@transaction.atomic
def end_admission(*, paper: Paper, person: User, by: User) -> None:
    """Close the paper to somebody who was admitted to it. Raises ValidationError, Paper.DoesNotExist."""
    kept = _held(paper)
    deleted, _ = Admission.objects.filter(paper=kept, person=person).delete()
    if not deleted:
        raise ValidationError(NOT_ADMITTED.format(who=person.full_name))
    whom = f"{person.full_name}, ended"
    note(paper=kept, kind=RecordKind.READER_ADMITTED, says=f"Admission of {whom}.", by=by, whom=whom)


def latest_day(paper: Paper) -> date:
    """Nobody is admitted for longer than until the grounds are looked at again: today where that is overdue, and within
    a year where no grounds are given."""
    review, today = paper.held_back.review_on, clock.today()
    return max(review, today) if review else today + YEAR


def admissions_of(paper: Paper) -> list[Admission]:
    """Who is admitted today, by name; one query."""
    admissions = Admission.objects.filter(paper=paper, until__gte=clock.today())
    return list(admissions.select_related("person", "admitted_by").order_by("person__full_name", "pk"))


def may_be_admitted(paper: Paper, by: User) -> list[User]:
    """Open accounts that cannot read the paper today, by name; without whoever admits, and without those who are
    nothing but administrators. Three queries."""
    today = clock.today()
    roles = Prefetch("assignments", RoleAssignment.objects.filter(held_on(today)), to_attr="held_today")
    people = User.objects.filter(is_active=True).exclude(pk=by.pk).prefetch_related(roles)
    admitted = {each.person_id for each in admissions_of(paper)}
    open_to_all = open_to_councillors(paper)
    slug = paper.item.meeting.committee.slug
    return [
        each
        for each in people.order_by("full_name", "pk")
        if each.pk not in admitted and _is_outside(each.held_today, slug, open_to_all is True)
    ]


def _is_outside(held: list[RoleAssignment], committee: str, open_to_all: bool) -> bool:
    reads = any(
        each.role in COMMITTEE and (each.is_for("committee", committee) or (open_to_all and each.role == Role.MEMBER))
        for each in held
    )
    return not reads and not _is_administrator_alone(held)


def _is_administrator_alone(held: list[RoleAssignment]) -> bool:
    return bool(held) and all(each.role == Role.ADMINISTRATOR for each in held)


def _check_person(paper: Paper, person: User, by: User) -> None:
    today = clock.today()
    if person == by:
        raise ValidationError({"person": ONESELF})
    if not person.is_active:
        raise ValidationError({"person": CLOSED.format(who=person.full_name)})
    if may_read_restricted(person, paper, today):
        raise ValidationError({"person": READS_ALREADY.format(who=person.full_name)})
    if _is_administrator_alone(list(RoleAssignment.objects.filter(held_on(today), person=person))):
        raise ValidationError({"person": ADMINISTRATOR.format(who=person.full_name)})


@transaction.atomic
def clear_words(*, paper: Paper, words: Collection[str], reason: str, by: User) -> Paper:
    """Say which words of the paper may be public, in the place of those said before: the scan for leaks passes them.

    Raises ValidationError, Paper.DoesNotExist.
    """
    kept = _held(paper)
    cleared = list(dict.fromkeys(each.strip() for each in words if each.strip()))
    kept.held_back.public_words = "\n".join(cleared)
    kept.held_back.save(update_fields=["public_words"])
    listed = "".join(f" “{each}”" for each in cleared)
    says = f"{count(len(cleared), 'line', 'lines')} of words may be public:{listed}. {reason}"
    note(paper=kept, kind=RecordKind.WORDS_CLEARED, says=says, by=by)
    return kept


def _held(paper: Paper) -> Paper:
    kept = held_paper(paper.pk)
    if not kept.is_restricted:
        raise ValidationError(OPENED)
    return kept
