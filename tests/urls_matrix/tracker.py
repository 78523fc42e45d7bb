"""What of the improvement plan the table names: it exists while the table is tried, by numbers read when asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from improvement.models import (
    Measure,
    Owner,
    Plan,
    PlanVersion,
    Step,
    Update,
    UpdateRequest,
    WaitingImport,
)
from improvement.selectors.commentaries import SmallCount
from improvement.selectors.meanwhile import seen_of
from improvement.selectors.trackers import tracker_of
from improvement.services.chasing import ask_for_updates
from improvement.services.updates import write_update
from improvement.services.waiting import hold_import
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.core import clock

PLAN: Final = "childrens-services"


class Number:
    """The number of a row, read when it is asked for."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = find

    def __str__(self) -> str:
        return str(self._find())


DRAFT: Final = Number(lambda: Update.objects.drafts().values_list("pk", flat=True)[0])
MEASURE: Final = Number(lambda: Measure.objects.filter(step__dropped_on=None).values_list("pk", flat=True)[0])
OWNER: Final = Number(lambda: Owner.objects.values_list("pk", flat=True)[0])
ROUND: Final = Number(lambda: UpdateRequest.objects.values_list("pk", flat=True)[0])
VERSION: Final = Number(lambda: PlanVersion.objects.values_list("pk", flat=True)[0])
WAITING: Final = Number(lambda: WaitingImport.objects.values_list("pk", flat=True)[0])
FEW: Final = "Two children moved home."
SMALL_COUNT: Final = SmallCount(FEW, "", "").key


def add_to_plan(cast: dict[Role, User]) -> None:
    """A draft of the action owner's, an update that counts few children, a round of asking and a file that waits."""
    plan, lead, owner = Plan.objects.get(slug=PLAN), cast[Role.IMPROVEMENT_LEAD], cast[Role.ACTION_OWNER]
    steps = Step.objects.filter(action__plan=plan).select_related("action__plan").order_by("pk")
    own, first = steps.filter(owners__people=owner)[0], steps[0]
    write_update(step=own, text="It goes on.", by=owner, seen=seen_of(own))
    write_update(step=first, text=FEW, by=lead, seen=seen_of(first))
    ask_for_updates(plan=plan, answer_by=clock.today(), message="", by=lead)
    report = PlanVersion.objects.filter(plan=plan)[0].report
    hold_import(
        plan=plan,
        slug=PLAN,
        tracker=tracker_of(plan),
        report=report,
        as_at=date(2017, 11, 1),
        file_name="tracker.csv",
        checksum="0" * 64,
        by=lead,
    )
