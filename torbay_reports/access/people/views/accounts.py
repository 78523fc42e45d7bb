"""A person's name and address, their account and their second factor."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from torbay_reports.access import services
from torbay_reports.access.models import User
from torbay_reports.access.people.forms.people import PersonForm
from torbay_reports.access.people.selectors import has_second_factor, held_by_nobody_else, state_of
from torbay_reports.access.people.states import State
from torbay_reports.access.people.views.guard import administrator, person_or_404
from torbay_reports.access.people.views.steps import Step, bound, take
from torbay_reports.access.people.wording import vacancy_words
from torbay_reports.access.wording import names_read_once
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date

_LINK_IS_DEAD = " The link that went to the old address no longer works: send a new one."


@never_cache
def change(request: HttpRequest, person: int) -> HttpResponse:
    """Another name or address."""
    by, whom = administrator(request), person_or_404(person)
    step = _step(
        whom,
        title=f"Change {whom.full_name}'s name or address",
        button="Save",
        sentences=["The name is changed everywhere it is shown, in the record too. They sign in with the new address."],
        refusal=_forgotten(whom),
    )
    old = whom.email
    form = PersonForm(**bound(request), initial={"full_name": whom.full_name, "email": whom.email})

    def act() -> str:
        services.change_person(
            person=whom, full_name=form.cleaned_data["full_name"], email=form.cleaned_data["email"], by=by
        )
        is_moved = whom.email != old and state_of(whom) is State.INVITED
        return "The name and the address are saved." + (_LINK_IS_DEAD if is_moved else "")

    return take(request, step, form, act)


@never_cache
def close(request: HttpRequest, person: int) -> HttpResponse:
    """Closes the account, after a list of what nobody answers for then."""
    by, whom = administrator(request), person_or_404(person)
    after = clock.today() + timedelta(days=1)
    names = names_read_once()
    step = _step(
        whom,
        title=f"Close {whom.full_name}'s account?",
        button="Close the account",
        sentences=[
            "They are signed out everywhere at once and cannot sign in any more. Their roles end today, and those to "
            "come are taken back. The name stays wherever it stands in history.",
        ],
        refusal=f"{whom.full_name}'s account is closed already." if state_of(whom) is State.CLOSED else "",
        warns=True,
        template="access/people/close.html",
    )

    def act() -> str:
        services.close_account(person=whom, by=by)
        return f"{whom.full_name}'s account is closed."

    vacant = [vacancy_words(each, names, after) for each in held_by_nobody_else(whom, after)]
    return take(request, step, forms.Form(**bound(request)), act, {"vacant": vacant, "person": whom})


@never_cache
def reopen(request: HttpRequest, person: int) -> HttpResponse:
    """Opens a closed account again."""
    by, whom = administrator(request), person_or_404(person)
    step = _step(
        whom,
        title=f"Open {whom.full_name}'s account again?",
        button="Open it again",
        sentences=["They can sign in as before. Roles that ended do not come back: give them anew."],
        refusal=_forgotten(whom) if state_of(whom) is State.CLOSED else f"{whom.full_name}'s account is open.",
    )

    def act() -> str:
        services.reopen_account(person=whom, by=by)
        return f"{whom.full_name}'s account is open again."

    return take(request, step, forms.Form(**bound(request)), act)


@never_cache
def second_factor(request: HttpRequest, person: int) -> HttpResponse:
    """Removes the second factor of somebody who has lost it."""
    by, whom = administrator(request), person_or_404(person)
    step = _step(
        whom,
        title=f"Remove {whom.full_name}'s second factor?",
        button="Remove it",
        sentences=[
            "For somebody who has lost their telephone or their key. Make sure, by telephone or face to face, that it "
            "is they who ask.",
            "They are signed out everywhere at once. Where their role wants a second factor, they set up a new one at "
            "their next sign-in.",
        ],
        refusal="" if has_second_factor(whom) else f"{whom.full_name} has no second factor.",
        warns=True,
    )

    def act() -> str:
        services.remove_second_factor(person=whom, by=by)
        return f"{whom.full_name}'s second factor is removed."

    return take(request, step, forms.Form(**bound(request)), act)


def _forgotten(person: User) -> str:
    if person.forgotten_on is None:
        return ""
    return f"What was personal in this account was removed on {long_date(person.forgotten_on)}. Invite them anew."


def _step(
    person: User,
    *,
    title: str,
    button: str,
    sentences: list[str],
    refusal: str = "",
    warns: bool = False,
    template: str = "access/people/step.html",
) -> Step:
    return Step(
        title=title,
        button=button,
        back=reverse("access:person", args=[person.pk]),
        back_words=person.full_name,
        sentences=sentences,
        refusal=refusal,
        warns=warns,
        template=template,
    )
