"""Take a tracker's file in: read it, and show what it would change before anything is changed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from improvement.forms.importing import TOO_LARGE, AnyPlanForm, FileForm
from improvement.importing.opening.files import LARGEST_FILE
from improvement.importing.reading import UnreadableTracker, read_tracker
from improvement.models import Plan, WaitingImport
from improvement.services.versions import ImportRefused, check_fits, check_is_newer
from improvement.services.waiting import hold_import
from improvement.views.keepers import kept_plan, person
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require

LARGEST_BODY: Final = LARGEST_FILE + 64 * 1024
"""Bytes of a request with such a file: the form's other fields need little."""

IS_THERE: Final = "There is a plan “{slug}” already. Choose it above, or type another short name."
NOT_YOURS: Final = "You are improvement lead for other plans alone. Choose one of them, or ask the administrator."
NO_TITLE: Final = "The file has no title. Type one for the new plan."


@csrf_exempt
@never_cache
def upload(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A file for the plan, or for one that is chosen or made.

    It checks the token itself, later than other pages do: to look for it reads the request, and one that is too large
    is refused unread.
    """
    if slug:
        plan, by = kept_plan(request, slug)
    else:
        require(request, Permission.KEEP_PLAN, "plans", say_why=True)
        plan, by = None, person(request)
    if request.method == "POST" and _length(request) > LARGEST_BODY:
        form = FileForm() if plan else AnyPlanForm(plans=_plans(by))
        return _page(request, plan, form, TOO_LARGE, status=413)
    return _upload(request, plan, by)


@csrf_protect
def _upload(request: HttpRequest, plan: Plan | None, by: User) -> HttpResponse:
    sent: dict[str, Any] = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = FileForm(**sent) if plan else AnyPlanForm(**sent, plans=_plans(by))
    if request.method == "POST" and form.is_valid():
        waiting = _read(form, plan, by)
        if waiting is not None:
            return redirect("improvement:import-preview", waiting.pk)
    return _page(request, plan, form)


def _read(form: FileForm, plan: Plan | None, by: User) -> WaitingImport | None:
    """The file, read and kept for its preview; None after what is wrong was put on the form."""
    wanted, file = form.cleaned_data, form.cleaned_data["file"]
    slug = plan.slug if plan else wanted["plan"] or wanted["slug"]
    stored = plan or Plan.objects.filter(slug=slug).first()
    if plan is None and not wanted["plan"]:
        is_theirs = may(by, Permission.KEEP_PLAN, stored or Plan(slug=slug))
        if stored is not None or not is_theirs:
            form.add_error("slug", IS_THERE.format(slug=slug) if is_theirs else NOT_YOURS)
            return None
    data = file.read()
    digest = sha256(data).hexdigest()
    try:
        read = read_tracker(data, file.name)
        check_fits(read.tracker)
        if stored is not None:
            check_is_newer(plan=stored, as_at=wanted["as_at"], checksum=digest)
    except (UnreadableTracker, ImportRefused) as fault:
        form.add_error("file", str(fault))
        return None
    tracker = read.tracker
    if stored is None and wanted["title"]:
        tracker = msgspec.structs.replace(tracker, title=wanted["title"])
    if stored is None and not tracker.title:
        form.add_error("title", NO_TITLE)
        return None
    return hold_import(
        plan=stored,
        slug=slug,
        tracker=tracker,
        report=read.report.to_builtins(),
        as_at=wanted["as_at"],
        file_name=file.name,
        checksum=digest,
        by=by,
    )


def _plans(by: User) -> Mapping[str, str]:
    """Short name and title of each plan that the person keeps; one query."""
    plans = Plan.objects.order_by("title")
    return {plan.slug: plan.title for plan in plans if may(by, Permission.KEEP_PLAN, plan)}


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _page(request: HttpRequest, plan: Plan | None, form: FileForm, fault: str = "", status: int = 200) -> HttpResponse:
    context = {"plan": plan, "form": form, "fault": fault}
    return render(request, "improvement/import.html", context, status=status)
