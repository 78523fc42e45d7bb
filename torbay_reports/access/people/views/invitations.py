"""Invite somebody, send the link again, withdraw the invitation."""

from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access import services
from torbay_reports.access.models import Invitation, User
from torbay_reports.access.people.forms.people import InvitationForm
from torbay_reports.access.people.mail import send_invitation
from torbay_reports.access.people.notices import tell_of_power
from torbay_reports.access.people.selectors import scope_choices, state_of
from torbay_reports.access.people.states import State
from torbay_reports.access.people.views.guard import administrator, person_or_404
from torbay_reports.access.people.views.questions import about
from torbay_reports.access.people.wording import role_guide
from torbay_reports.access.selectors import find_invitation
from torbay_reports.core import clock
from torbay_reports.core.asking import attempt, bound, show, take

_NOT_NEEDED = "{name} has signed in already and needs no invitation."
_CLOSED = "{name}'s account is closed. Open it again first."


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation with its secret, which is stored nowhere and shown nowhere but in the mail."""

    invitation: Invitation
    secret: str = field(repr=False)


@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """A new person with, where wanted, a first role: all of it or nothing. The link is mailed once that is stored."""
    by = administrator(request)
    asked = {name: request.GET[name] for name in ("role", "scope") if name in request.GET}
    form = InvitationForm(**bound(request), scopes=scope_choices(), initial={"starts_on": clock.today(), **asked})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _invited(form, by))
        if made is not None:
            tell_of_power(made.invitation.person.assignments.all(), by)
            return _mailed(request, made)
    return render(request, "access/people/invite.html", {"form": form, "guide": role_guide()})


@transaction.atomic
def _invited(form: InvitationForm, by: User) -> Link:
    wanted = form.cleaned_data
    person = services.invite(email=wanted["email"], full_name=wanted["full_name"], by=by)
    if wanted["role"]:
        services.give_role(person=person, by=by, **form.given())
    return _linked(person, by)


@sensitive_variables("secret")
@transaction.atomic
def _linked(person: User, by: User) -> Link:
    secret = services.make_link(person=person, by=by)
    return Link(find_invitation(secret), secret)


def _mailed(request: HttpRequest, link: Link) -> HttpResponse:
    """Mails the link and goes to the person's page, which says whether the mail went out."""
    person = link.invitation.person
    if send_invitation(request=request, invitation=link.invitation, secret=link.secret):
        messages.success(request, f"{person.full_name} is invited. The link is on its way to {person.email}.")
    else:
        messages.error(
            request,
            f"The invitation of {person.full_name} is saved, but the mail to {person.email} could not be sent. "
            "Choose “Send again” below once mail works, or change the address if it is wrong.",
        )
    return redirect("access:person", person.pk)


@never_cache
def send_again(request: HttpRequest, person: int) -> HttpResponse:
    """A new link by mail; the one before stops working."""
    by, whom = administrator(request), person_or_404(person)
    question = about(
        whom,
        title=f"Send {whom.full_name} a new link?",
        button="Send again",
        sentences=[f"A new link goes to {whom.email}. A link that was sent before stops working."],
        refusal=_refusal(whom),
    )
    form = forms.Form(**bound(request))
    if request.method == "POST" and not question.refusal and form.is_valid():
        made = attempt(form, lambda: _linked(whom, by))
        if made is not None:
            return _mailed(request, made)
    return show(request, question, form)


@never_cache
def withdraw(request: HttpRequest, person: int) -> HttpResponse:
    """Takes an invitation back that nobody used, with the person where no history names them."""
    by, whom = administrator(request), person_or_404(person)
    question = about(
        whom,
        title=f"Withdraw the invitation of {whom.full_name}?",
        button="Withdraw the invitation",
        done=reverse("access:people"),
        sentences=[
            "The link stops working and the roles are taken back, as if they had never been given.",
            f"{whom.full_name} stands among the people no longer; where history names them, the account is closed.",
        ],
        refusal=_refusal(whom),
        warns=True,
    )

    def act() -> str:
        services.withdraw_invitation(person=whom, by=by)
        return f"The invitation of {whom.full_name} is withdrawn."

    return take(request, question, forms.Form(**bound(request)), act)


def _refusal(person: User) -> str:
    state = state_of(person)
    if state is State.INVITED:
        return ""
    return (_CLOSED if state is State.CLOSED else _NOT_NEEDED).format(name=person.full_name)
