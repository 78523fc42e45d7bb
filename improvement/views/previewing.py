"""What a file would change, before it does; and what was brought in, with what a person must decide."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.calculations.versions.comparing import Difference, DifferenceKind
from improvement.forms.importing import PreviewForm
from improvement.importing.report import ImportReport
from improvement.models import Plan, WaitingImport
from improvement.selectors.trackers import differences
from improvement.selectors.versions import versions
from improvement.services.versions import ImportRefused, PlanHasChanged
from improvement.services.waiting import apply_import, tracker_in
from improvement.views.keepers import kept_import, kept_plan
from torbay_reports.access.models import User
from torbay_reports.core.asking import Question, attempt, show

NOTHING_NEW: Final = "The file holds what the plan holds already. There is nothing to apply."
KINDS: Final = {
    DifferenceKind.ADDED: "Added",
    DifferenceKind.DROPPED: "Left out of the newer file: leaves the plan, its history stays",
    DifferenceKind.CHANGED: "Changed",
    DifferenceKind.UPDATE_ADDED: "New updates",
    DifferenceKind.UPDATE_KEPT: "Updates that the file lacks: they stay",
    DifferenceKind.VALUE_KEPT: "Set here for a later day than the file's: it stays",
}


@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read, what was repaired, what a person must decide, and every difference; one button applies it."""
    waiting, by = kept_import(request, pk)
    fault: ImportRefused | None = None
    form = PreviewForm(request.POST) if request.method == "POST" else PreviewForm()
    if request.method == "POST" and form.is_valid():
        try:
            said = attempt(form, lambda: _applied(waiting, form.cleaned_data["revision"], by))
        except ImportRefused as refused:
            fault = refused
        else:
            if said is not None:
                messages.success(request, "The file is brought in.")
                return redirect(said)
    return _page(request, waiting, form, fault)


def _applied(waiting: WaitingImport, revision: int, by: User) -> str:
    version = apply_import(waiting=waiting, revision=revision, by=by)
    return reverse("improvement:version", args=[waiting.slug, version.pk])


def _page(request: HttpRequest, waiting: WaitingImport, form: PreviewForm, fault: ImportRefused | None) -> HttpResponse:
    # The revision is read before the comparison: what changes between them is noticed when it is applied.
    plan = Plan.objects.filter(pk=waiting.plan_id).first() if waiting.plan_id else None
    revision = plan.revision if plan else 0
    tracker = tracker_in(waiting)
    found = differences(plan, tracker, waiting.as_at) if plan else None
    if fault is not None:
        form.add_error(None, str(fault))
    form = form.compared_with(revision)
    question = Question(
        title=f"Bring in {waiting.file_name}?",
        button="Apply",
        back=reverse("improvement:import", args=[plan.slug] if plan else []),
        back_words="Choose another file",
        refusal="" if found is None or found.changes_something else NOTHING_NEW,
        template="improvement/preview.html",
    )
    extra: dict[str, Any] = {
        "waiting": waiting,
        "plan": plan,
        "title": tracker.title or (plan.title if plan else ""),
        "report": ImportReport.from_builtins(waiting.report),
        "groups": _grouped(found.differences) if found else [],
        "number": len(found.differences) if found else 0,
        "is_compared_anew": isinstance(fault, PlanHasChanged),
    }
    return show(request, question, form, extra)


def _grouped(found: Iterable[Difference]) -> list[tuple[str, list[Difference]]]:
    order = list(KINDS)
    ordered = sorted(found, key=lambda each: order.index(each.kind))
    return [(KINDS[kind], list(each)) for kind, each in groupby(ordered, key=lambda each: each.kind)]


@never_cache
def all_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The files that were brought in, newest first."""
    plan, _ = kept_plan(request, slug)
    return render(request, "improvement/versions.html", {"plan": plan, "versions": versions(plan)})


@never_cache
def version(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One of them, with what was repaired and what a person must decide."""
    plan, _ = kept_plan(request, slug)
    found = versions(plan).filter(pk=pk).first()
    if found is None:
        raise Http404
    context = {"plan": plan, "version": found, "report": ImportReport.from_builtins(found.report)}
    return render(request, "improvement/version.html", context)
