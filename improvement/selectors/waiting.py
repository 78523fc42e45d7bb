"""What waits for the lead's decision: drafts of updates, and files that were uploaded."""

from collections.abc import Collection
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from improvement.models import Plan, Step, Update, WaitingImport
from torbay_reports.access.models import User


def drafts(plan: Plan) -> QuerySet[Update]:
    """The owners' updates on which nobody has decided, the oldest first, with step and writer."""
    found = Update.objects.drafts().filter(step__action__plan=plan)
    return found.select_related("step__action", "written_by").order_by("written_at", "pk")


def drafts_for(step: Step, person: User, *, is_keeper: bool) -> QuerySet[Update]:
    """The drafts on the step that the person may see: the lead all of them, everybody else their own."""
    found = Update.objects.drafts().filter(step=step).select_related("written_by").order_by("written_at", "pk")
    return found if is_keeper else found.filter(written_by=person)


def drafts_by(person: User, steps: Collection[int]) -> dict[int, tuple[Update, ...]]:
    """The person's own drafts on these steps, by step, the oldest first; one query."""
    found = Update.objects.drafts().filter(step__in=steps, written_by=person).order_by("step", "written_at", "pk")
    return {step: tuple(updates) for step, updates in groupby(found, key=lambda each: each.step_id)}


def returned_to(step: Step, person: User) -> QuerySet[Update]:
    """The person's updates on the step that the lead returned, newest first, with the decision."""
    found = Update.objects.filter(step=step, written_by=person, decision__is_accepted=False)
    return found.select_related("decision__decided_by").order_by("-written_at", "-pk")


def returned_still() -> QuerySet[Update]:
    """The updates that were returned and whose writer has written no other on the step since then."""
    anew = Update.objects.filter(
        step=OuterRef("step"),
        written_by=OuterRef("written_by"),
        pk__gt=OuterRef("pk"),
        written_at__gte=OuterRef("decision__decided_at"),
    )
    return Update.objects.filter(~Exists(anew), decision__is_accepted=False)


def returned_for(step: Step, person: User, *, is_keeper: bool) -> QuerySet[Update]:
    """Those of the step that the person may see: the lead all of them, everybody else their own, newest first."""
    found = returned_still().filter(step=step).select_related("decision", "written_by").order_by("-written_at", "-pk")
    return found if is_keeper else found.filter(written_by=person)


def update_in(plan: Plan, pk: int) -> Update | None:
    """An owner's update of that number in the plan, with step, writer and decision."""
    found = Update.objects.filter(step__action__plan=plan, written_by__isnull=False, pk=pk)
    return found.select_related("step__action", "written_by", "decision__decided_by").first()


def waiting_import(pk: int) -> WaitingImport | None:
    """The uploaded file of that number, with its plan."""
    return WaitingImport.objects.select_related("plan").filter(pk=pk).first()
