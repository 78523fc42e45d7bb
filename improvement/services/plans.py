"""Removes a plan that was only made to try things out."""

from django.db import connection, transaction

from improvement.models import Plan, StepOwner


@transaction.atomic
def remove_plan(*, plan: Plan) -> None:
    """Delete the plan with its whole history, for the demonstration alone; any other plan keeps its history for ever.

    The history's triggers let nothing go but what goes with a plan, and only in the transaction that says so.
    """
    _let_history_go("yes")
    StepOwner.objects.filter(step__action__plan=plan).delete()
    plan.delete()
    _let_history_go("")


def _let_history_go(answer: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('improvement.plan_goes', %s, true)", [answer])
