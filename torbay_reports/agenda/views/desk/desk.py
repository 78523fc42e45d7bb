"""The clerk's desk of a meeting, and the buttons on it that do something by themselves."""

from datetime import date
from typing import Final

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda.builds import end_lost_builds
from torbay_reports.agenda.desk.addresses import desk_address
from torbay_reports.agenda.desk.history import newest_entries
from torbay_reports.agenda.desk.instalments import make_agenda
from torbay_reports.agenda.desk.order import move_item, move_paper
from torbay_reports.agenda.desk.overview import desk_of
from torbay_reports.agenda.desk_forms import MoveForm
from torbay_reports.agenda.forms import DAMAGED
from torbay_reports.agenda.models import Meeting
from torbay_reports.agenda.views.desk.finding import kept_item, kept_meeting
from torbay_reports.agenda.views.finding import kept_paper
from torbay_reports.core import clock
from torbay_reports.core.asking import GONE
from torbay_reports.publishing.packplan import Edition

ENTRIES_SHOWN: Final = 20


@require_safe
@never_cache
def desk(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """What is in time, the next thing to do, the parts of the pack, the agenda, and what was done to it."""
    meeting, _ = kept_meeting(request, committee, held_on)
    editions = [Edition.PUBLIC]
    if may(request.user, Permission.READ_RESTRICTED_PACK, meeting):
        # It names what is not for publication.
        require_recent(request)
        editions.append(Edition.RESTRICTED)
    for each in meeting.instalments.order_by("number"):
        end_lost_builds(of=each)
    context = {
        "meeting": meeting,
        "desk": desk_of(meeting, today=clock.today(), editions=editions),
        "entries": newest_entries(meeting, ENTRIES_SHOWN),
    }
    return render(request, "agenda/desk/desk.html", context)


@require_POST
@never_cache
def agenda_make(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """Makes the agenda before its first item is added."""
    meeting, by = kept_meeting(request, committee, held_on)
    try:
        make_agenda(meeting=meeting, by=by)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(desk_address(meeting))


@require_POST
@never_cache
def item_move(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """Moves an item one step, and leads back to it."""
    found, by = kept_item(request, committee, held_on, item)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _not_moved(request, found.meeting, DAMAGED)
    given = form.cleaned_data
    try:
        move_item(item=found, up=given["way"] == "up", past=given["past"], by=by)
    except ValidationError as error:
        return _not_moved(request, found.meeting, " ".join(error.messages))
    except ObjectDoesNotExist:
        return _not_moved(request, found.meeting, GONE)
    return redirect(desk_address(found.meeting, f"item-{found.pk}"))


@require_POST
@never_cache
def paper_move(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """Moves a paper one step under its item, and leads back to it."""
    found, by = kept_paper(request, committee, held_on, item, paper)
    meeting, form = found.item.meeting, MoveForm(request.POST)
    if not form.is_valid():
        return _not_moved(request, meeting, DAMAGED)
    given = form.cleaned_data
    try:
        move_paper(paper=found, up=given["way"] == "up", past=given["past"], by=by)
    except ValidationError as error:
        return _not_moved(request, meeting, " ".join(error.messages))
    except ObjectDoesNotExist:
        return _not_moved(request, meeting, GONE)
    return redirect(desk_address(meeting, f"paper-{found.pk}"))


def _not_moved(request: HttpRequest, meeting: Meeting, sentence: str) -> HttpResponse:
    """Its sentence stands at the top of the page, so the way back leads there."""
    messages.error(request, sentence)
    return redirect(desk_address(meeting))
