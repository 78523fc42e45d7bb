"""Asking for messages by e-mail, confirming that, and ending them."""

from http import HTTPStatus
from typing import Final

from allauth.core import ratelimit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from torbay_reports.access.models import User
from torbay_reports.access.reach import there
from torbay_reports.agenda.models import Committee
from torbay_reports.agenda.subscribing import links, mails, subscriptions
from torbay_reports.agenda.subscribing.committees import committee as committee_of
from torbay_reports.agenda.subscription_forms import SubscribeForm
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.mailing import post

# The same whoever it is and whether the address is known: who is subscribed is nobody's business.
ASKED: Final = (
    f"A message is on its way to that address. Nothing else is sent there until its link is used, within "
    f"{subscriptions.DAYS_TO_CONFIRM} days. If none comes, look among what was sorted out as unwanted, or ask again in "
    "an hour."
)
WHAT: Final = (
    "You get one message when an agenda or a supplement goes out, and one when something of it is corrected or "
    "withdrawn. Each says what is new and where it stands, and has a link by which the messages end."
)
DEAD: Final = (
    f"This link does not work any more: it was used already, it is older than {subscriptions.DAYS_TO_CONFIRM} days, or "
    "a part of it is missing. If no messages come, ask for them anew on the committee's page."
)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def subscribe(request: HttpRequest, committee: str) -> HttpResponse:
    """The form for an address; for who is signed in a button, which has the messages sent to the account's."""
    found = there(request, committee_of(committee))
    own = request.user.email if isinstance(request.user, User) else ""
    question = Question(
        title=f"Messages about the {found.name}",
        button="Send me the messages",
        back=reverse("agenda:committee", args=[found.slug]),
        back_words=found.name,
        sentences=[WHAT, f"They go to your own address, {own}."] if own else [WHAT],
        links=[("What is kept of you", reverse("core:privacy"))],
    )
    form = forms.Form(**bound(request)) if own else SubscribeForm(**bound(request))

    def act() -> str:
        if own:
            subscriptions.subscribe(committee=found, email=own)
            return f"Messages about the {found.name} go to {own} from now on."
        _ask(request, found, form.cleaned_data["email"])
        return ASKED

    return take(request, question, form, act)


def _ask(request: HttpRequest, committee: Committee, email: str) -> None:
    """Mails the link, unless too many were asked for within the hour: for this address, or from the visitor's."""
    if not ratelimit.consume(request, action="subscribe", key=email):
        return
    asked = subscriptions.ask(committee=committee, email=email)
    site = request.build_absolute_uri("/").rstrip("/")
    post(mails.confirmation(asked, site=site), about="the confirmation of a subscription")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def subscription_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A button, because mail programs look at links before people do."""
    found = links.to_confirm(token)
    if found is None or not subscriptions.may_be_confirmed(found):
        return render(request, "agenda/subscribing/dead_link.html", {"sentence": DEAD}, status=HTTPStatus.GONE)
    name = found.committee.name
    question = Question(
        title=f"Do you want messages about the {name}?",
        button="Yes, send me the messages",
        back=reverse("agenda:committee", args=[found.committee.slug]),
        back_words=name,
        sentences=[WHAT],
    )

    def act() -> str:
        subscriptions.confirm(subscription=found)
        return f"Messages about the {name} go to your address from now on."

    return take(request, question, forms.Form(**bound(request)), act)


# The link itself is the secret, and a mail program that posts to it has neither session nor token (RFC 8058).
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def subscription_end(request: HttpRequest, token: str) -> HttpResponse:
    """A button that ends the messages; posted to by a mail program it answers without a redirect."""
    found = links.to_end(token)
    if request.method == "POST" and found is not None:
        subscriptions.end(subscription=found)
    is_over = request.method == "POST" or found is None
    return render(request, "agenda/subscribing/end.html", {"subscription": found, "is_over": is_over})
