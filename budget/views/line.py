"""One service's line of a quarter, with all its fields, as a plain form."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from budget.calculations.lines import FIELD_WORDS, FIELDS
from budget.calculations.shown import exactly
from budget.forms.carrying import Carried, Damaged, TooOld, packed, unpacked
from budget.forms.lines import LineForm
from budget.models import Quarter
from budget.permissions import ServiceAt
from budget.selectors.grid import Grid, GridRow, grid
from budget.views.entry import seen_by
from budget.views.guard import quarter_there, signed_in
from budget.views.preview import show_preview, words_for
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require


@never_cache
def line(request: HttpRequest, year: str, number: int, service: str) -> HttpResponse:
    """The line of a service that this person answers for; on POST the preview of what was typed."""
    quarter, by = quarter_there(request, year, number), signed_in(request)
    found = grid(quarter, person=by)
    row = found.by_slug.get(service)
    if row is None or row.position.is_group:
        raise Http404
    require(request, Permission.ENTER_RETURN, ServiceAt(row.slug, row.above))
    if request.method != "POST" or not row.may_enter:
        return _page(request, found, row, LineForm(grid=found, seen=seen_by([row])))
    try:
        seen = _unpacked(request.POST.get("seen", ""), quarter, by, service)
    except Damaged as fault:
        messages.error(request, f"{fault} Nothing was saved.")
        return redirect(request.path)
    form = LineForm(request.POST, grid=found, seen=seen)
    if not form.is_valid():
        return _page(request, found, row, form)
    back = f"{reverse('budget:entry', args=[year, number])}#row-{service}"
    return show_preview(request, quarter, form.edits, back=back, notes=form.notes)


def _unpacked(token: str, quarter: Quarter, by: User, service: str) -> Carried:
    """What the writer saw of this line, however old. Raises Damaged."""
    try:
        seen = unpacked(token, quarter=quarter, person=by)
    except TooOld as old:
        seen = old.carried
    if [each.slug for each in seen.edits] != [service]:
        raise Damaged("This form was opened for another line. Open the page again.")
    return seen


def _page(request: HttpRequest, found: Grid, row: GridRow, form: LineForm) -> HttpResponse:
    position = row.position
    facts = [
        ("Original budget", exactly(position.original)),
        ("Virements", exactly(position.virements)),
        ("Current budget", exactly(position.net)),
        ("Variance now", exactly(position.variance)),
    ]
    if found.figures.has_previous:
        facts.append(("Variance of the quarter before", exactly(position.previous_variance)))
    context = {
        "quarter": found.quarter,
        "unit": found.unit,
        "row": row,
        "facts": facts,
        "entered": [(FIELD_WORDS[each].capitalize(), words_for(each, getattr(row.line, each))) for each in FIELDS],
        "form": form,
        "seen": packed(form.seen, quarter=found.quarter, person=signed_in(request)),
    }
    return render(request, "budget/line.html", context)
