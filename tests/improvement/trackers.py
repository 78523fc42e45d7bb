"""Trackers as values for tests: the invented plan, small ones by a line, and a large one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Model
from msgspec.structs import replace

from improvement.calculations.tracker import (
    ActionEntry,
    PlanFile,
    PriorityEntry,
    StepEntry,
    ThemeEntry,
    TrackerEntry,
    UpdateEntry,
)
from improvement.importing.report import ImportReport
from improvement.kinds import Status
from improvement.models import (
    Action,
    Change,
    Commentary,
    Deadline,
    InspectionReference,
    Measure,
    Owner,
    Plan,
    PlanVersion,
    Priority,
    Reading,
    SmallCountDecision,
    Step,
    StepOwner,
    Theme,
    Update,
    UpdateDecision,
)
from improvement.services.versions import bring_in
from tests.access.cast import TODAY
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.demo import checksum
from torbay_reports.core.reading import read_json

PAPER = date(2017, 9, 6)
NEXT_PAPER = date(2017, 10, 4)
SLUG = "harbour-plan"
WRITE = "Write the plan of inspections"
"""The words of the first step of the invented plan."""

INVENTED = Path(__file__).parent / "invented.json"


def invented() -> PlanFile:
    """The invented harbour's plan: two priorities numbered 6, an action and a priority without anything below."""
    return read_json(INVENTED, PlanFile)


def step(number: int, how: str, **fields: Any) -> StepEntry:
    return StepEntry(number=number, how=how, **fields)


def note(text: str, dated_on: date | None = None) -> UpdateEntry:
    return UpdateEntry(text, stamp=f"({dated_on:%d.%m.%y})" if dated_on else "", dated_on=dated_on)


def one_action(*steps: StepEntry, what: str = "Do it", reference: str = "1.1", title: str = "A plan") -> TrackerEntry:
    """A tracker with these steps under one action."""
    action = ActionEntry(reference, what, steps=steps)
    return TrackerEntry(title, (ThemeEntry("1", "A theme", (PriorityEntry("1", "A priority", actions=(action,)),)),))


def actions(*entries: ActionEntry) -> TrackerEntry:
    """A tracker with these actions under one priority."""
    return TrackerEntry("A plan", (ThemeEntry("1", "A theme", (PriorityEntry("1", "A priority", actions=entries),)),))


def with_actions(tracker: TrackerEntry, change: Callable[[ActionEntry], ActionEntry]) -> TrackerEntry:
    """The tracker with every action changed."""
    return replace(
        tracker,
        themes=tuple(
            replace(
                theme,
                priorities=tuple(
                    replace(priority, actions=tuple(map(change, priority.actions))) for priority in theme.priorities
                ),
            )
            for theme in tracker.themes
        ),
    )


def with_steps(tracker: TrackerEntry, change: Callable[[StepEntry], StepEntry | None]) -> TrackerEntry:
    """The tracker with every step changed; None takes it out."""

    def of_action(action: ActionEntry) -> ActionEntry:
        return replace(action, steps=tuple(new for each in action.steps if (new := change(each)) is not None))

    return with_actions(tracker, of_action)


def changed(tracker: TrackerEntry, how: str, /, **fields: Any) -> TrackerEntry:
    """The tracker with these fields of the steps that are worded so."""
    return with_steps(tracker, lambda each: replace(each, **fields) if each.how == how else each)


def store(tracker: TrackerEntry, as_at: date = PAPER, slug: str = SLUG, **fields: Any) -> PlanVersion:
    """Bring the tracker in as a file of its own."""
    values: dict[str, Any] = {
        "report": ImportReport.of(tracker).to_builtins(),
        "file_name": "plan.xlsx",
        "checksum": checksum(repr(tracker).encode(), as_at.isoformat().encode()),
        "by": None,
        "drops": True,
    }
    return bring_in(slug=slug, tracker=tracker, as_at=as_at, **{**values, **fields})


def with_a_past(someone: User) -> Plan:
    """The invented plan in two versions, with a row of everything that is written once."""
    tracker, now = invented().tracker, clock.now()
    plan = store(tracker).plan
    store(changed(tracker, "Sweep", how="Mop"), NEXT_PAPER)
    update = Update.objects.create(
        step=the_step("Mop"), text="a", position=0, recorded_on=TODAY, written_at=now, written_by=someone
    )
    UpdateDecision.objects.create(update_decided=update, is_accepted=True, decided_at=now, decided_by=someone)
    Commentary.objects.create(plan=plan, text="a", written_on=TODAY, written_at=now)
    SmallCountDecision.objects.create(plan=plan, sentence="a", reason="b", decided_at=now, decided_by=someone)
    return plan


def large(actions: int, steps: int) -> TrackerEntry:
    """A tracker with so many actions of so many steps each, three actions to a priority and three of these a theme."""
    made = [
        ActionEntry(
            reference=f"{at // 3 + 1}.{at % 3 + 1}",
            what=f"Action {at} of the plan (Ofsted December 2016)",
            steps=tuple(_large_step(at, number) for number in range(1, steps + 1)),
        )
        for at in range(actions)
    ]
    priorities = [
        PriorityEntry(str(at + 1), f"Priority {at}", actions=tuple(made[at * 3 : at * 3 + 3]))
        for at in range((actions + 2) // 3)
    ]
    themes = [
        ThemeEntry(str(at + 1), f"Theme {at}", tuple(priorities[at * 3 : at * 3 + 3]))
        for at in range((len(priorities) + 2) // 3)
    ]
    return TrackerEntry("A large plan", tuple(themes))


def _large_step(action: int, number: int) -> StepEntry:
    return StepEntry(
        number=number,
        how=f"Step {number} of action {action}: do what has to be done",
        who=f"Officer {action % 20}",
        owners=(f"Officer {action % 20}",),
        when="31 March 2017",
        due_on=date(2017, 3, 31),
        success="90% are done in time",
        status_printed="ONGOING",
        status=Status.IN_PROGRESS,
        updates=(note(f"Done for {number}.", date(2017, 3, 1)), note("Going on.")),
    )


EVERY_MODEL: tuple[type[Model], ...] = (
    Plan,
    Theme,
    Priority,
    Action,
    Step,
    Owner,
    StepOwner,
    Measure,
    Reading,
    Update,
    Deadline,
    Change,
    PlanVersion,
    InspectionReference,
)


def rows() -> dict[str, list[Any]]:
    """Every row of the room, to say that nothing has changed."""
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in EVERY_MODEL}


def changes() -> list[tuple[str, str, str, str]]:
    """Every change, the oldest first: about what, which field, before and after."""
    return list(Change.objects.order_by("pk").values_list("about", "field", "before", "after"))


def the_step(how: str) -> Step:
    """The step that is worded so."""
    return Step.objects.get(how=how)
