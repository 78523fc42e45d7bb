"""Give a role, end it, take it back, hand roles over."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from torbay_reports.access import services
from torbay_reports.access.people.forms.roles import EndForm, HandOverForm, RoleFields
from torbay_reports.access.people.notices import tell_of_power
from torbay_reports.access.people.selectors import find_role, lasting_roles, possible_holders, scope_choices, state_of
from torbay_reports.access.people.states import State
from torbay_reports.access.people.views.guard import administrator, person_or_404, role_or_404
from torbay_reports.access.people.views.questions import about
from torbay_reports.access.people.wording import role_guide, role_line
from torbay_reports.access.services.handing_over import NOT_HANDED_OVER
from torbay_reports.access.services.role_rules import ROLE_BY_ANOTHER
from torbay_reports.access.wording import given_words, names_read_once, role_words
from torbay_reports.core import clock
from torbay_reports.core.asking import GONE, bound, take
from torbay_reports.core.formatting import count, long_date

_CLOSED = "{name}'s account is closed. Open it again before giving a role."


@never_cache
def give(request: HttpRequest, person: int) -> HttpResponse:
    """A role for the person, from a day to a day."""
    by, whom = administrator(request), person_or_404(person)
    refusal = _CLOSED.format(name=whom.full_name) if state_of(whom) is State.CLOSED else ""
    question = about(
        whom,
        title=f"Give {whom.full_name} a role",
        button="Give the role",
        refusal=ROLE_BY_ANOTHER if whom.pk == by.pk else refusal,
        template="access/people/give.html",
    )
    form = RoleFields(**bound(request), scopes=scope_choices(), initial={"starts_on": clock.today()})

    def act() -> str:
        given = services.give_role(person=whom, by=by, **form.given())
        tell_of_power([given], by)
        return f"{given_words(given)}."

    return take(request, question, form, act, {"guide": role_guide()})


@never_cache
def end(request: HttpRequest, person: int, role: int) -> HttpResponse:
    """The last day of a role."""
    by, whom = administrator(request), person_or_404(person)
    if request.method == "POST" and find_role(whom, role) is None:
        return _gone(request, whom.pk)
    assignment, names = role_or_404(whom, role), names_read_once()
    question = about(
        whom,
        title=f"End a role of {whom.full_name}",
        button="End the role",
        sentences=[f"{role_line(assignment, names, clock.today())}."],
        links=[("Given by mistake? Take it back.", reverse("access:role-take-back", args=[whom.pk, role]))],
    )
    form = EndForm(**bound(request), initial={"ends_on": max(clock.today(), assignment.starts_on)})

    def act() -> str:
        ends_on = form.cleaned_data["ends_on"]
        services.end_role(assignment=assignment, ends_on=ends_on, by=by)
        return f"{whom.full_name}: the role as {role_words(assignment, names)} ends on {long_date(ends_on)}."

    return take(request, question, form, act)


@never_cache
def take_back(request: HttpRequest, person: int, role: int) -> HttpResponse:
    """Removes a role that was given by mistake."""
    by, whom = administrator(request), person_or_404(person)
    if request.method == "POST" and find_role(whom, role) is None:
        return _gone(request, whom.pk)
    assignment, names = role_or_404(whom, role), names_read_once()
    question = about(
        whom,
        title=f"Take a role of {whom.full_name} back?",
        button="Take it back",
        sentences=[
            f"{role_line(assignment, names, clock.today())}.",
            "Only for a role that was given by mistake: it is removed as if it had never been given, and nobody can "
            "see later why the person might do what they did by it. The record keeps that it was given and taken back.",
        ],
        links=[("End it on a day instead.", reverse("access:role-end", args=[whom.pk, role]))],
        warns=True,
    )

    def act() -> str:
        services.take_back_role(assignment=assignment, by=by)
        return f"{whom.full_name}: the role as {role_words(assignment, names)} is taken back."

    return take(request, question, forms.Form(**bound(request)), act)


@never_cache
def hand_over(request: HttpRequest, person: int) -> HttpResponse:
    """Several roles of the person go to somebody else on one day, all or none."""
    by, whom = administrator(request), person_or_404(person)
    today, names = clock.today(), names_read_once()
    tomorrow = today + timedelta(days=1)
    roles = {each.pk: each for each in lasting_roles(whom, today) if each.role not in NOT_HANDED_OVER}
    question = about(
        whom,
        title=f"Hand over from {whom.full_name}",
        button="Hand over",
        sentences=["Seats and the role of administrator are not handed over: end them, and give them anew."],
        refusal="" if roles else f"{whom.full_name} has no role that could be handed over.",
    )
    form = HandOverForm(
        **bound(request),
        roles=tuple(roles.values()),
        people=[each for each in possible_holders() if each.pk not in {whom.pk, by.pk}],
        names=names,
        on=today,
        initial={
            "roles": [str(pk) for pk, each in roles.items() if each.is_held_on(tomorrow)],
            "starts_on": tomorrow,
        },
    )

    def act() -> str:
        chosen = form.cleaned_data
        ticked = [roles[pk] for pk in chosen["roles"]]
        given = services.hand_over(
            holder=whom, to=chosen["to"], starts_on=chosen["starts_on"], assignments=ticked, by=by
        )
        tell_of_power(given, by)
        what = count(len(ticked), "role goes", "roles go")
        return f"{what} from {whom.full_name} to {chosen['to'].full_name} on {long_date(chosen['starts_on'])}."

    return take(request, question, form, act)


def _gone(request: HttpRequest, person: int) -> HttpResponse:
    """For a form whose role another administrator took back meanwhile."""
    messages.error(request, GONE)
    return redirect("access:person", person)
