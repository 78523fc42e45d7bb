"""The grid: what is entered of a quarter's services, the totals above them, and boxes where something is wanted."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from budget.calculations.lines import LineEdit
from budget.calculations.shown import cents
from budget.forms.carrying import Carried, Damaged, TooOld, packed, unpacked
from budget.forms.lines import GridForm
from budget.models import Quarter
from budget.selectors.grid import Grid, GridRow, grid
from budget.views.gridrows import heads_of, places_in, shown_rows, state_counts, words_of
from budget.views.guard import quarter_there, signed_in
from budget.views.preview import show_preview
from torbay_reports.access.models import User

MOST_BOXED: Final = 300
"""Rows with boxes on one page: more than a browser sends in one form, and than anybody types at one time."""


@never_cache
def entry(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """The grid; on POST the preview of what was typed in it, or, coming back from there, the same typed words again."""
    quarter, by = quarter_there(request, year, number), signed_in(request)
    found = grid(quarter, person=by)
    if request.method != "POST":
        return _page(request, found, GridForm(grid=found, seen=_seen(found, is_all="all" in request.GET)))
    goes_on = "again" in request.POST
    try:
        seen = _unpacked(request.POST.get("carried" if goes_on else "seen", ""), quarter, by)
    except Damaged as fault:
        messages.error(request, f"{fault} Nothing was saved.")
        return redirect(request.path)
    if goes_on:
        nets = {slug: row.position.net for slug, row in found.by_slug.items()}
        return _page(request, found, GridForm(grid=found, seen=_with_others(found, replace(seen, nets=nets))))
    form = GridForm(request.POST, grid=found, seen=seen)
    if not form.is_valid():
        return _page(request, found, form)
    back = reverse("budget:entry", args=[year, number])
    return show_preview(request, quarter, form.edits, back=back, notes=form.notes)


def asks(row: GridRow) -> bool:
    """Whether a row shows boxes by itself: unfinished, or a draft that is over the threshold or has moved."""
    return row.may_enter and (
        bool(row.wants) or (row.state == "draft" and (row.is_over or bool(row.position.movement)))
    )


def seen_by(rows: Iterable[GridRow]) -> Carried:
    """What somebody sees who is shown boxes for these rows."""
    chosen = tuple(rows)
    return Carried(
        edits=tuple(LineEdit(row.slug, row.line, row.line) for row in chosen),
        nets={row.slug: row.position.net for row in chosen},
    )


def _seen(found: Grid, *, is_all: bool) -> Carried:
    return seen_by([row for row in found.leaves if row.may_enter and (is_all or asks(row))][:MOST_BOXED])


def _with_others(found: Grid, seen: Carried) -> Carried:
    """The changes that came back from the preview, among the rows that ask by themselves."""
    typed = {each.slug for each in seen.edits}
    room = max(0, MOST_BOXED - len(typed))
    others = seen_by([row for row in found.leaves if asks(row) and row.slug not in typed][:room])
    return replace(seen, edits=(*seen.edits, *others.edits))


def _unpacked(token: str, quarter: Quarter, by: User) -> Carried:
    """What the writer saw; however old it is, since each change is held against what is stored when it is saved."""
    try:
        return unpacked(token, quarter=quarter, person=by)
    except TooOld as old:
        return old.carried


def _page(request: HttpRequest, found: Grid, form: GridForm) -> HttpResponse:
    quarter = found.quarter
    open_rows = [row for row in found.leaves if row.may_enter]
    boxed = {each.slug for each in form.seen.edits}
    heads = heads_of(found)
    context = {
        "quarter": quarter,
        "grid": found,
        "form": form,
        "heads": heads,
        "width": len(heads) + 1,
        "rows": shown_rows(found, form),
        "has_ledger_dates": len(found.ledger_dates) > 1,
        "places": places_in(found),
        "reason_from": cents(found.reason_from),
        "reason_words": words_of(found.reason_from, found.unit),
        "counts": state_counts(found),
        "wanting": sum(bool(row.wants) for row in open_rows),
        "theirs": sum(row.is_theirs for row in found.leaves),
        "waiting": [row for row in found.leaves if row.is_theirs and not row.may_enter],
        "boxed": len(boxed),
        "unboxed": sum(row.slug not in boxed for row in open_rows),
        "is_all": "all" in request.GET,
        "most": MOST_BOXED,
        "seen": packed(form.seen, quarter=quarter, person=signed_in(request)),
    }
    return render(request, "budget/grid.html", context)
