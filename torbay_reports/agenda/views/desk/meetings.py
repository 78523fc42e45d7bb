"""The clerk puts meetings on the calendar, and says when and where they begin."""

from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.access.decisions import holds_for_all, may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import there
from torbay_reports.access.roles import Role
from torbay_reports.agenda.desk.addresses import desk_address
from torbay_reports.agenda.desk.meetings import add_meeting, change_meeting, meeting_facts, meeting_mark
from torbay_reports.agenda.desk.standing import instalments_out
from torbay_reports.agenda.desk_forms import MeetingChangeForm, MeetingForm
from torbay_reports.agenda.models import Committee, Meeting
from torbay_reports.agenda.views.desk.finding import kept_meeting, signed_in
from torbay_reports.agenda.views.desk.sending import about, take_as_seen
from torbay_reports.core import clock
from torbay_reports.core.asking import Question, attempt, bound, show
from torbay_reports.core.formatting import full_date

NO_COMMITTEE = "There is no committee yet. An administrator adds it, and its meetings are put down here then."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meeting_add(request: HttpRequest) -> HttpResponse:
    """A new meeting of one of the committees that the clerk keeps."""
    kept = _committees(request)
    by = signed_in(request)
    form = MeetingForm(**bound(request), committees=kept, initial={"committee": request.GET.get("committee", "")})
    question = Question(
        title="New meeting",
        button="Put it on the calendar",
        back=reverse("agenda:meetings"),
        back_words="Meetings",
        refusal="" if kept else NO_COMMITTEE,
    )
    if request.method == "POST" and kept and form.is_valid():
        given = form.cleaned_data
        committee = next(each for each in kept if each.slug == given["committee"])
        made = attempt(
            form, lambda: add_meeting(committee=committee, held_on=given["held_on"], facts=form.facts(), by=by)
        )
        if made is not None:
            messages.success(request, f"The {committee.name} meets on {full_date(made.held_on)}.")
            return redirect(desk_address(made))
    return show(request, question, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def meeting_edit(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """Another time, place or person presiding."""
    meeting, by = kept_meeting(request, committee, held_on)
    form = MeetingChangeForm(
        **bound(request),
        is_out=bool(instalments_out(meeting)),
        initial={**asdict(meeting_facts(meeting)), "seen": meeting_mark(meeting)},
    )
    question = about(meeting, title="Time, place and person presiding", button="Save the changes")
    return take_as_seen(
        request,
        question,
        form,
        lambda: change_meeting(
            meeting=meeting,
            facts=form.facts(),
            seen=form.cleaned_data["seen"],
            why=form.cleaned_data.get("why", ""),
            by=by,
        ),
        lambda changed: ("The meeting is changed.", desk_address(changed)),
    )


def _committees(request: HttpRequest) -> list[Committee]:
    """The committees whose meetings the visitor keeps, by name. Raises what `there` raises for who keeps none."""
    everyone = Committee.objects.order_by("name")
    kept = [each for each in everyone if may(request.user, Permission.KEEP_PAPERS, Meeting(committee=each))]
    is_clerk = bool(kept) or bool(holds_for_all(request.user, (Role.CLERK,), clock.today()))
    return there(request, kept if is_clerk else None)
