"""The files that were brought in for a plan."""

from django.db.models import QuerySet

from improvement.models import Plan, PlanVersion


def versions(plan: Plan) -> QuerySet[PlanVersion]:
    """Every file that was brought in, newest first, with who did it."""
    return PlanVersion.objects.filter(plan=plan).select_related("applied_by").order_by("-as_at", "-pk")
