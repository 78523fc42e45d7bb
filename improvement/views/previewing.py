"""What a file would change, before it does; and what was brought in, with what a person must decide."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from improvement.calculations.versions.comparing import Comparison, DifferenceKind
from improvement.calculations.versions.difference_words import field_words, leaving, step_words
from improvement.forms.importing import PreviewForm
from improvement.importing.report import ImportReport
from improvement.models import Plan, WaitingImport
from improvement.selectors.trackers import differences
from improvement.selectors.versions import versions
from improvement.services.versions import ImportRefused, PlanHasChanged, StepsWouldLeave
from improvement.services.waiting import apply_import, tracker_in
from improvement.views.keepers import kept_import, kept_plan
from torbay_reports.access.models import User
from torbay_reports.core.asking import Question, attempt, show

NOTHING_NEW: Final = "The file holds what the plan holds already. There is nothing to apply."
NOT_TICKED: Final = "{} Tick the box if that is meant, or choose a file that holds the whole plan."
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
            said = attempt(form, lambda: _applied(waiting, form, by))
        except ImportRefused as refused:
            fault = refused
        else:
            if said is not None:
                messages.success(request, "The file is brought in.")
                return redirect(said)
    return _page(request, waiting, form, fault)


def _applied(waiting: WaitingImport, form: PreviewForm, by: User) -> str:
    wanted = form.cleaned_data
    version = apply_import(waiting=waiting, revision=wanted["revision"], by=by, drops=wanted["drops"])
    return reverse("improvement:version", args=[waiting.slug, version.pk])


def _page(request: HttpRequest, waiting: WaitingImport, form: PreviewForm, fault: ImportRefused | None) -> HttpResponse:
    # The revision is read before the comparison: what changes between them is noticed when it is applied.
    plan = Plan.objects.filter(pk=waiting.plan_id).first() if waiting.plan_id else None
    revision = plan.revision if plan else 0
    tracker = tracker_in(waiting)
    found = differences(plan, tracker, waiting.as_at) if plan else None
    steps_leave = leaving(found) if found else None
    if isinstance(fault, StepsWouldLeave):
        form.add_error("drops", NOT_TICKED.format(fault))
    elif fault is not None:
        form.add_error(None, str(fault))
    form = form.compared_with(revision, steps_leave)
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
        "leaving": steps_leave,
        "groups": _grouped(found) if found else [],
        "number": len(found.differences) if found else 0,
        "is_compared_anew": isinstance(fault, PlanHasChanged),
    }
    return show(request, question, form, extra)


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference as the page says it; `words` are the step's first ones."""

    about: str
    words: str
    field: str
    before: str
    after: str


def _grouped(found: Comparison) -> list[tuple[str, list[Shown]]]:
    order = list(KINDS)
    ordered = sorted(found.differences, key=lambda each: order.index(each.kind))
    return [
        (
            KINDS[kind],
            [
                Shown(each.about, step_words(found, each), field_words(each), each.before, each.after)
                for each in differences_of_kind
            ],
        )
        for kind, differences_of_kind in groupby(ordered, key=lambda each: each.kind)
    ]


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
