"""Inspections, and one of them: its judgement, visits and themes, and what is found in its letters."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from ofsted import presenting
from ofsted.calculations.places import place_words
from ofsted.forms.searching import SearchForm
from ofsted.models import Letter
from ofsted.selectors import public, reading
from ofsted.selectors.rows import FoundFinding, VisitRow, inspection_row, visit_row
from ofsted.views.guard import held_back_for, inspection_there, shown_of
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission


@require_safe
@login_not_required
def inspections(request: HttpRequest) -> HttpResponse:
    """Every inspection with its judgement and visits; where there is one alone, that one."""
    found = public.inspections()
    if len(found) == 1:
        return redirect("ofsted:inspection", found[0].inspection.slug)
    lines = [
        (each.inspection, presenting.judgement_sentence(each.inspection), presenting.visit_sentences(each.visits))
        for each in found
    ]
    return render(request, "ofsted/read/inspections.html", {"lines": lines})


@require_safe
@login_not_required
def inspection(request: HttpRequest, inspection: str) -> HttpResponse:
    """One inspection; `?words=` looks for words in the findings of its letters.

    What is held back stands apart, and only for who may read it.
    """
    found = inspection_there(request, inspection)
    row = inspection_row(found)
    held_back = held_back_for(request, found)
    form = SearchForm(request.GET) if "words" in request.GET else SearchForm()
    search = _search(request, found.slug, form, held_back)
    outline = public.inspection(row) if search is None else None
    context = {
        "inspection": row,
        "judgement": presenting.judgement_sentence(row),
        "visits": presenting.visit_sentences(outline.visits) if outline else (),
        "themes": presenting.standings(outline.themes, outline.visits) if outline else (),
        "held_back": _held_back_lines(held_back),
        "form": form,
        "search": search,
        "plan": found.plan,
        "may_read_plan": bool(may(request.user, Permission.READ_PLAN, found.plan)),
        "may_keep": bool(may(request.user, Permission.KEEP_LETTERS, found)),
    }
    response = render(request, "ofsted/read/inspection.html", context)
    if held_back:
        add_never_cache_headers(response)
    return response


def _held_back_lines(letters: list[Letter]) -> list[tuple[str, str, date]]:
    """Each with its visit's slug, the visit in words, and its date."""
    visits = [visit_row(each.visit) for each in letters]
    return [
        (visit.slug, presenting.visit_words(visit), each.dated) for visit, each in zip(visits, letters, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Result:
    """A finding that was looked for, as the page shows it."""

    found: FoundFinding
    visit: VisitRow
    visit_words: str
    place: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Search:
    """What the search found; `leaves_out` where held-back letters were not looked into for want of a fresh proof."""

    published: list[Result]
    held_back: list[Result]
    leaves_out: bool


def _search(request: HttpRequest, inspection: str, form: SearchForm, held_back: list[Letter]) -> Search | None:
    """The findings that are looked for; None where nothing is. Each held-back letter is recorded as read before."""
    words = form.cleaned_data["words"] if form.is_valid() else ""
    if not words:
        return None
    shown = shown_of(request, held_back)
    return Search(
        published=_results(public.found_findings(inspection, words)),
        held_back=_results(reading.found_findings(inspection, words, [each.pk for each in shown])) if shown else [],
        leaves_out=len(shown) < len(held_back),
    )


def _results(found: list[FoundFinding]) -> list[Result]:
    return [
        Result(
            found=each,
            visit=each.visit,
            visit_words=presenting.visit_words(each.visit),
            place=place_words(each.section, each.number),
            pieces=list(presenting.pieces(each)),
        )
        for each in found
    ]
