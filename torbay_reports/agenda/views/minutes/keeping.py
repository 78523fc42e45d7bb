"""The clerk's page of a meeting's minutes: by item what was asked, decided and carried, and what can be done next."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.agenda.minutes.public import ItemMinutes, PublicMinutes, lines_for
from torbay_reports.agenda.minutes.urgency import is_urgent, with_late_papers
from torbay_reports.agenda.minutes.words import decision_sentence
from torbay_reports.agenda.models import AgendaItem, Decision, ItemKind, Meeting, Urgency
from torbay_reports.agenda.views.minutes.finding import kept_meeting
from torbay_reports.core import clock


@dataclass(frozen=True)
class ItemLine:
    """An item with what is public of its minutes, its drafts, and what can be done."""

    item: AgendaItem
    public: ItemMinutes | None
    urgency: Urgency | None
    drafts: list[tuple[Decision, str]]
    may_be_urgent: bool
    may_be_carried: bool


@require_safe
@never_cache
def minutes(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The meeting's items, each with the ways from it."""
    kept = kept_meeting(request, committee, held_on)
    public = lines_for(kept.meeting)
    context = {
        "meeting": kept.meeting,
        "public": public,
        "lines": _lines(kept.meeting, public),
        "has_begun": clock.today() >= held_on,
        "is_moved": kept.meeting.moved_to_id is not None,
    }
    return render(request, "agenda/minutes/minutes.html", context)


def _lines(meeting: Meeting, public: PublicMinutes) -> list[ItemLine]:
    drafts = list(
        Decision.objects.filter(item__meeting=meeting, published_at=None)
        .select_related("item", "to")
        .order_by("item__position", "number")
    )
    late = with_late_papers(meeting)
    items = AgendaItem.objects.filter(meeting=meeting).select_related("urgency", "carried_to").order_by("position")
    return [
        ItemLine(
            item=item,
            public=public.items.get(item.number),
            urgency=getattr(item, "urgency", None),
            drafts=[(each, decision_sentence(each)) for each in drafts if each.item_id == item.pk],
            may_be_urgent=is_urgent(item) or item.pk in late,
            may_be_carried=item.kind != ItemKind.EXCLUSION and getattr(item, "carried_to", None) is None,
        )
        for item in items
    ]
