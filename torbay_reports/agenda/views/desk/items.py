"""The clerk adds, changes and takes away items of an agenda."""

from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from torbay_reports.agenda.desk.addresses import desk_address, item_page, supplement_address
from torbay_reports.agenda.desk.instalments import addition_refusal
from torbay_reports.agenda.desk.items import (
    add_item,
    change_item,
    item_facts,
    item_mark,
    next_number,
    removal_refusal,
    take_item_away,
)
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.desk_forms import ConfirmForm, ItemChangeForm, ItemForm
from torbay_reports.agenda.models import ItemKind
from torbay_reports.agenda.views.desk.finding import kept_item, kept_meeting
from torbay_reports.agenda.views.desk.sending import about, take_as_seen
from torbay_reports.core.asking import attempt, bound, show

OUT = "What is published keeps its number and its title. Other words below it go out with a new version."


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def item_add(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """A new item at the end of the agenda; once that is out, a supplement is made first."""
    meeting, by = kept_meeting(request, committee, held_on)
    if request.method != "POST" and (refused := addition_refusal(meeting, standing_of(meeting))):
        messages.info(request, refused)
        return redirect(supplement_address(meeting))
    form = ItemForm(**bound(request), initial={"number": next_number(meeting), "kind": ItemKind.BUSINESS.value})
    question = about(
        meeting,
        title="Add an item",
        button="Add the item",
        sentences=["It stands last on the agenda; the desk moves it up."],
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: add_item(meeting=meeting, facts=form.facts(), by=by))
        if made is not None:
            messages.success(request, f"Item {made.number} is added.")
            return redirect(desk_address(meeting, f"item-{made.pk}"))
    return show(request, question, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def item_edit(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """Another number, title or other words for an item."""
    found, by = kept_item(request, committee, held_on, item)
    is_out = standing_of(found.meeting).has_item(found)
    form = ItemChangeForm(
        **bound(request),
        is_out=is_out,
        is_resolution=found.kind == ItemKind.EXCLUSION,
        initial={**asdict(item_facts(found)), "seen": item_mark(found)},
    )
    question = about(
        found.meeting,
        title=f"Item {found.number}",
        button="Save the changes",
        anchor=f"item-{found.pk}",
        sentences=[OUT] if is_out else [],
        links=[] if is_out else [("Take it off the agenda", item_page("item-remove", found))],
    )
    return take_as_seen(
        request,
        question,
        form,
        lambda: change_item(item=found, facts=form.facts(), seen=form.cleaned_data["seen"], by=by),
        lambda changed: (f"Item {changed.number} is changed.", desk_address(found.meeting, f"item-{changed.pk}")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def item_remove(request: HttpRequest, committee: str, held_on: date, item: str) -> HttpResponse:
    """Takes an item off the agenda."""
    found, by = kept_item(request, committee, held_on, item)
    form = ConfirmForm(**bound(request), initial={"seen": item_mark(found)})
    question = about(
        found.meeting,
        title=f"Take item {found.number} off the agenda?",
        button="Take it off",
        anchor=f"item-{found.pk}",
        sentences=[f"{found.number}. {found.title}", "The numbers of the other items stay as they are."],
        warns=True,
        refusal=removal_refusal(found, standing_of(found.meeting)),
    )
    return take_as_seen(
        request,
        question,
        form,
        lambda: take_item_away(item=found, seen=form.cleaned_data["seen"], by=by),
        lambda _: (f"Item {found.number} is taken off the agenda.", desk_address(found.meeting)),
    )
