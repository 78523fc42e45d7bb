"""What of a plan was known on a day, as conditions for queries: one definition for every read."""

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from improvement.models import Change, Plan, PlanVersion, Step, Update
from torbay_reports.core import clock

IN_PRINT: Final = (
    "action__priority__theme__position",
    "action__priority__position",
    "action__position",
    "number",
    "pk",
)
"""The order in which steps are printed."""


def usual_day(plan: Plan) -> date:
    """The day as at which a plan is shown unless a reader picks another: today.

    Where the newest version that was brought in stands for a paper of a later day, it is that day: what the paper
    brings counts from then. One query.
    """
    paper_on = PlanVersion.objects.filter(plan=plan).order_by("-as_at").values_list("as_at", flat=True).first()
    return max(paper_on or date.min, clock.today())


def first_day(plan: Plan) -> date | None:
    """The day from which on the plan is known: its first version's; None for a plan without one. One query."""
    return PlanVersion.objects.filter(plan=plan).order_by("as_at").values_list("as_at", flat=True).first()


def still_there(as_at: date) -> Q:
    """Steps, actions, priorities and themes that no version had dropped by that day."""
    return Q(dropped_on=None) | Q(dropped_on__gt=as_at)


def standing(as_at: date) -> Q:
    """Steps that stood in their plan on that day."""
    return (Q(begun_on=None) | Q(begun_on__lte=as_at)) & still_there(as_at)


def updates_known(as_at: date) -> QuerySet[Update]:
    """Updates that counted on that day: written by then, and accepted by then where somebody has to."""
    accepted = Q(written_by=None) | Q(decision__is_accepted=True, decision__decided_at__date__lte=as_at)
    return Update.objects.filter(accepted, recorded_on__lte=as_at)


def changes_after(as_at: date) -> QuerySet[Change]:
    """Changes of steps that count from a later day, the oldest first."""
    return Change.objects.filter(effective_on__gt=as_at, step__isnull=False).order_by("effective_on", "pk")


def steps_of(plan: Plan, as_at: date) -> QuerySet[Step]:
    """The plan's steps on that day in the order of print."""
    return Step.objects.filter(standing(as_at), action__plan=plan).order_by(*IN_PRINT)
