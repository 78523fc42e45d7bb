"""Where a person is signed in, and how they end it elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.signin.agents import in_words

PAGE = "usersessions_list"


@dataclass(frozen=True)
class Device:
    """One session that is open: which it is, the browser in words, since when, and whether it is the reader's own."""

    pk: int
    words: str
    since: datetime
    is_this: bool


def devices_of(person: User, *, this: str | None) -> list[Device]:
    """The person's open sessions, the reader's own first, then the newest; `this` is the key of the reader's own.

    Three queries, however many there are.
    """
    open_ones = _open_sessions(person)
    found = [
        Device(each.pk, in_words(each.user_agent), each.created_at, each.session_key == this) for each in open_ones
    ]
    return sorted(found, key=lambda device: (not device.is_this, -device.since.timestamp(), -device.pk))


@transaction.atomic
def end_sessions(sessions: Iterable[UserSession], *, by: User) -> int:
    """Ends them at once, each recorded, and says how many there were."""
    ended = list(sessions)
    Session.objects.filter(session_key__in=[each.session_key for each in ended]).delete()
    UserSession.objects.filter(pk__in=[each.pk for each in ended]).delete()
    for each in ended:
        record(kind=RecordKind.SESSION_ENDED, person=by, about=in_words(each.user_agent))
    return len(ended)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def devices_page(request: HttpRequest) -> HttpResponse:
    """The list; a POST with `session` ends that one, a POST with `others` ends all but the reader's own.

    404 for a session that is not the reader's, and for one that has ended already.
    """
    person = request.user
    if not isinstance(person, User):
        raise Http404
    if request.method == "POST":
        return _end(request, person)
    devices = devices_of(person, this=request.session.session_key)
    others = sum(not device.is_this for device in devices)
    return render(request, "usersessions/usersession_list.html", {"devices": devices, "others": others})


def _end(request: HttpRequest, person: User) -> HttpResponse:
    others = UserSession.objects.filter(user=person).exclude(session_key=request.session.session_key)
    if "others" in request.POST:
        end_sessions(others, by=person)
        messages.success(request, "You are signed out everywhere but here.")
        return redirect(PAGE)
    wanted = request.POST.get("session", "")
    # Compared as text: what was posted may be no number, or one too long for any column.
    session = next((each for each in others if str(each.pk) == wanted), None)
    if session is None:
        raise Http404
    end_sessions([session], by=person)
    messages.success(request, f"The session is ended: {in_words(session.user_agent)}.")
    return redirect(PAGE)


def _open_sessions(person: User) -> list[UserSession]:
    """Those whose cookie still signs the person in: not run out, not ended, not from before a change of password."""
    sessions = list(UserSession.objects.filter(user=person))
    stored = Session.objects.filter(session_key__in=[each.session_key for each in sessions], expire_date__gt=Now())
    alive = {each.session_key for each in stored if _signs_in(person, each)}
    return [each for each in sessions if each.session_key in alive]


def _signs_in(person: User, stored: Session) -> bool:
    data = stored.get_decoded()
    given = str(data.get(HASH_SESSION_KEY, ""))
    hashes = [person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()]
    return data.get(SESSION_KEY) == str(person.pk) and any(constant_time_compare(given, each) for each in hashes)
