"""One person: who they are, what they hold, and what can be changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.decisions import answers
from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.people.forms.people import DayForm
from torbay_reports.access.people.selectors import has_second_factor, last_invitation, roles_of, state_of
from torbay_reports.access.people.states import State
from torbay_reports.access.people.views.guard import administrator, person_or_404
from torbay_reports.access.people.wording import giver_words, invitation_words, role_line
from torbay_reports.access.services.handing_over import NOT_HANDED_OVER
from torbay_reports.access.wording import Names, names_read_once
from torbay_reports.core import clock


@dataclass(frozen=True, slots=True)
class Line:
    """One role as the page shows it."""

    pk: int
    words: str
    giver: str


@never_cache
@require_safe
def person_page(request: HttpRequest, person: int) -> HttpResponse:
    """The person's account, roles of today, to come and past, and what an administrator can do about them."""
    by, whom = administrator(request), person_or_404(person)
    roles, names, state = roles_of(whom, clock.today()), names_read_once(), state_of(whom)
    context = {
        "person": whom,
        "state": state.label,
        "is_closed": state is State.CLOSED,
        "is_invited": state is State.INVITED,
        "is_oneself": whom.pk == by.pk,
        "may_hand_over": any(each.role not in NOT_HANDED_OVER for each in (*roles.held, *roles.to_come)),
        "held": _lines(roles.held, names),
        "to_come": _lines(roles.to_come, names),
        "past": _lines(roles.past, names),
        "invitation": invitation_words(last_invitation(whom), clock.now()) if state is State.INVITED else "",
        "has_second_factor": has_second_factor(whom),
    }
    return render(request, "access/people/person.html", context)


def _lines(roles: Iterable[RoleAssignment], names: Names) -> list[Line]:
    return [Line(each.pk, role_line(each, names, clock.today()), giver_words(each)) for each in roles]


@never_cache
@require_safe
def may_page(request: HttpRequest, person: int) -> HttpResponse:
    """What the person may do on a day, to which things, and why: the reasons as the person is told them."""
    administrator(request)
    whom, form = person_or_404(person), DayForm(request.GET)
    on = (form.cleaned_data["on"] or clock.today()) if form.is_valid() else None
    context = {"person": whom, "form": form, "on": on, "answers": [] if on is None else answers(whom, on)}
    return render(request, "access/people/may.html", context)
