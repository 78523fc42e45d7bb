"""Findings against steps: the page, the file, and the paper as it would be."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from improvement.selectors.standing import usual_day
from improvement.views.asking import day_asked, known_since
from ofsted.calculations.answer_words import makeup_words, told
from ofsted.calculations.answering import FindingPosition, contradicted_steps
from ofsted.calculations.citing import without_finding
from ofsted.calculations.narrowing import Group, Order, grouped
from ofsted.forms.answers import FindingsForm
from ofsted.models import Inspection, Letter
from ofsted.reports.answers_export import answers_file as file_of
from ofsted.reports.answers_export import marking
from ofsted.reports.findings import findings_paper
from ofsted.selectors.answering import citations, finding_positions, published_letters, visit_positions
from ofsted.showing import shown_citations, shown_contradictions, shown_groups, themes_of
from ofsted.views.guard import held_back_for, inspection_there, shown_of
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.documents.html import render_screen
from torbay_reports.documents.subjects import subject_of
from torbay_reports.documents.tables import CONTENT_TYPES


@dataclass(frozen=True, slots=True)
class _Asked:
    """The findings that the reader may read, as at the day that is asked for; `groups` are those that the filter
    finds, None where the form does not tell."""

    inspection: Inspection
    usual: date
    as_at: date
    letters: list[Letter]
    findings: list[FindingPosition]
    form: FindingsForm
    groups: tuple[Group, ...] | None

    @property
    def shown(self) -> list[FindingPosition]:
        """The findings that the filter finds, in the order that is asked for."""
        return [finding for group in self.groups or () for finding in group.findings]


@never_cache
@require_safe
def answers(request: HttpRequest, inspection: str) -> HttpResponse:
    """What is contradicted and what is unanswered in sentences, then every finding with its steps, worst first."""
    asked = _asked(request, inspection)
    found, as_at = asked.inspection, asked.as_at
    cited = without_finding(citations(found, as_at), visit_positions(found, asked.letters), asked.findings)
    context = {
        "inspection": found,
        "plan": found.plan,
        "as_at": as_at,
        "is_usual_day": as_at == asked.usual,
        "marking": marking(asked.findings),
        "told": told(asked.findings, cited),
        "makeup": makeup_words(asked.findings) if asked.findings else "",
        "form": asked.form,
        "is_filtered": asked.form.is_filled,
        "is_worst_first": asked.groups is not None and asked.form.order_asked() is Order.WORST_FIRST,
        "groups": None if asked.groups is None else shown_groups(asked.groups),
        "number": len(asked.shown),
        "whole": len(asked.findings),
        "contradicted": shown_contradictions(contradicted_steps(asked.findings)),
        "cited": shown_citations(cited),
        "themes": themes_of(asked.findings),
    }
    return render(request, "ofsted/answers/answers.html", context)


@never_cache
@require_safe
def answers_file(request: HttpRequest, inspection: str) -> HttpResponse:
    """The findings that the filter finds as CSV or XLSX (`?as=`), a row for each finding and step.

    A filter that does not say which findings it means leads to the page, which says why.
    """
    fmt = request.GET.get("as", "")
    asked = _asked(request, inspection)
    if fmt not in CONTENT_TYPES:
        raise Http404
    if asked.groups is None:
        return redirect(f"{reverse('ofsted:answers', args=[asked.inspection.slug])}?{request.GET.urlencode()}")
    shown = asked.shown
    part = f"-{len(shown)}-of-{len(asked.findings)}" if asked.form.is_filled else ""
    held_back = "NOT-FOR-PUBLICATION-" if marking(shown) else ""
    name = f"{held_back}findings-{asked.inspection.slug}-{asked.as_at.isoformat()}{part}.{fmt}"
    response = HttpResponse(file_of(shown, fmt), content_type=CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_safe
def draft_paper(request: HttpRequest, inspection: str) -> HttpResponse:
    """The paper from the rows of this moment, as at a day, marked as a draft; of published letters only."""
    found = _inspection(request, inspection)
    usual = usual_day(found.plan)
    as_at = day_asked(request.GET, usual)
    document = findings_paper(subject_of(found.slug, as_at))
    context = {
        "inspection": found,
        "as_at": as_at,
        "is_usual_day": as_at == usual,
        "document": document,
        "body": render_screen(document),
    }
    return render(request, "ofsted/answers/draft.html", context)


def _inspection(request: HttpRequest, slug: str) -> Inspection:
    """The inspection, for who may read its plan."""
    found = inspection_there(request, slug)
    require(request, Permission.READ_PLAN, found.plan)
    return found


def _asked(request: HttpRequest, slug: str) -> _Asked:
    """What the address asks for. Reads of held-back letters are recorded; who signed in long ago proves it anew."""
    found = _inspection(request, slug)
    usual, since = usual_day(found.plan), known_since(request.GET, found.plan)
    as_at = day_asked(request.GET, usual, since)
    held_back = [each for each in held_back_for(request, found) if each.dated <= as_at]
    if held_back:
        require_recent(request)
    letters = [*published_letters(found, as_at), *shown_of(request, held_back)]
    findings = finding_positions(found, as_at, letters)
    form = FindingsForm(request.GET, findings=findings, since=since)
    groups = None
    if form.is_valid():
        wanted = form.wanted()
        groups = grouped((each for each in findings if wanted.has(each)), form.order_asked())
    return _Asked(found, usual, as_at, letters, findings, form, groups)
