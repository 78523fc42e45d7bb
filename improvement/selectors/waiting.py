"""What waits for the lead's decision: drafts of updates, and files that were uploaded."""

from django.db.models import QuerySet

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


def returned_to(step: Step, person: User) -> QuerySet[Update]:
    """The person's updates on the step that the lead returned, newest first, with the decision."""
    found = Update.objects.filter(step=step, written_by=person, decision__is_accepted=False)
    return found.select_related("decision__decided_by").order_by("-written_at", "-pk")


def update_in(plan: Plan, pk: int) -> Update | None:
    """An owner's update of that number in the plan, with step, writer and decision."""
    found = Update.objects.filter(step__action__plan=plan, written_by__isnull=False, pk=pk)
    return found.select_related("step__action", "written_by", "decision__decided_by").first()


def waiting_import(pk: int) -> WaitingImport | None:
    """The uploaded file of that number, with its plan."""
    return WaitingImport.objects.select_related("plan").filter(pk=pk).first()
