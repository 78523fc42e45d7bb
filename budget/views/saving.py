"""Saves what a preview has shown; where somebody else was there meanwhile, both values are shown and one is chosen."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from budget.calculations.lines import FIELD_WORDS, Clash, LineEdit
from budget.forms.carrying import Carried, Damaged, TooOld, packed, unpacked
from budget.forms.saving import ClashForm, WhyForm
from budget.models import Quarter
from budget.selectors.entering import books_of
from budget.selectors.lastchanges import LastChange, last_changes
from budget.services.entry import Clashed, Saved, save_lines
from budget.views.guard import quarter_there, signed_in
from budget.views.preview import show_preview, words_for
from torbay_reports.access.models import User
from torbay_reports.core.formatting import count, listed

DAY_OLD: Final = "These changes were looked at more than a day ago. Look again before you save them."
NOTHING: Final = "Nothing was saved, because nothing is different."


@dataclass(frozen=True)
class ShownClash:
    """A field with both values, who stored the other one and when, and the choice between them."""

    name: str
    mine: str
    theirs: str
    last: LastChange | None
    field: BoundField


@never_cache
def save(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """Saves the changes that the form carries, all or none. Who comes here by a link is sent to the grid."""
    quarter, by = quarter_there(request, year, number), signed_in(request)
    grid = reverse("budget:entry", args=[year, number])
    if request.method != "POST":
        return redirect(grid)
    try:
        carried = unpacked(request.POST.get("carried", ""), quarter=quarter, person=by)
    except Damaged as fault:
        messages.error(request, f"{fault} Nothing was saved.")
        return redirect(grid)
    except TooOld as old:
        again = old.carried
        return show_preview(request, quarter, again.edits, back=again.back, notes=[DAY_OLD], why=again.why)
    if carried.asked:
        form = _clash_form(quarter, carried, data=request.POST)
        if not form.is_valid():
            return _clash_page(request, quarter, carried, form)
        return _save(request, quarter, form.chosen(carried), by)
    why = WhyForm(request.POST)
    if not why.is_valid():
        faults = [str(sentence) for errors in why.errors.values() for sentence in errors]
        return show_preview(request, quarter, carried.edits, back=carried.back, faults=faults)
    return _save(request, quarter, replace(carried, why=why.cleaned_data["why"]), by)


def _save(request: HttpRequest, quarter: Quarter, carried: Carried, by: User) -> HttpResponse:
    try:
        saved = save_lines(quarter=quarter, edits=carried.edits, by=by, why=carried.why)
    except Clashed as met:
        asking = _asking(carried, met.clashes)
        return _clash_page(request, quarter, asking, _clash_form(quarter, asking))
    except ValidationError as refusal:
        return show_preview(
            request, quarter, carried.edits, back=carried.back, why=carried.why, faults=refusal.messages
        )
    messages.success(request, _said(quarter, saved))
    return redirect(carried.back)


def _asking(carried: Carried, clashes: tuple[Clash, ...]) -> Carried:
    """The changes with what is stored as what was seen, so that "mine" is chosen over it knowingly."""
    edits = []
    for edit in carried.edits:
        stored: dict[str, Any] = {clash.field: clash.stored for clash in clashes if clash.slug == edit.slug}
        edits.append(LineEdit(edit.slug, replace(edit.seen, **stored), edit.wanted))
    return replace(carried, edits=tuple(edits), asked=tuple((clash.slug, clash.field) for clash in clashes))


def _clash_form(quarter: Quarter, carried: Carried, **sent: Any) -> ClashForm:
    books = books_of(quarter)
    names = [f"{books.name(slug)}, {FIELD_WORDS[field]}" for slug, field in carried.asked]
    return ClashForm(**sent, asked=carried.asked, names=names)


def _clash_page(request: HttpRequest, quarter: Quarter, carried: Carried, form: ClashForm) -> HttpResponse:
    by_slug = {each.slug: each for each in carried.edits}
    last = last_changes(quarter, carried.asked)
    clashes = [
        ShownClash(
            name=str(field.label),
            mine=words_for(what, getattr(by_slug[slug].wanted, what)),
            theirs=words_for(what, getattr(by_slug[slug].seen, what)),
            last=last.get((slug, what)),
            field=field,
        )
        for (slug, what), field in zip(carried.asked, form.visible_fields(), strict=True)
    ]
    changed = sum(len(each.changed) for each in carried.edits)
    context = {
        "quarter": quarter,
        "form": form,
        "clashes": clashes,
        "number": count(len(clashes), "value", "values"),
        "others": changed - len(clashes),
        "back": carried.back,
        "carried": packed(carried, quarter=quarter, person=signed_in(request)),
    }
    return render(request, "budget/clash.html", context, status=200 if form.is_bound else 409)


def _said(quarter: Quarter, saved: Saved) -> str:
    if not saved.number:
        return NOTHING
    said = f"{count(saved.number, 'change', 'changes')} saved."
    if saved.to_agree_again:
        books = books_of(quarter)
        names = listed([books.name(slug) for slug in saved.to_agree_again])
        said += f" To be agreed again: {names}."
    return said
