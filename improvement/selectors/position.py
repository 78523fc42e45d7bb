"""A whole plan as at a day, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, OuterRef

from improvement.calculations.position import (
    ActionPosition,
    PlanPosition,
    PriorityPosition,
    StepPosition,
    ThemePosition,
)
from improvement.models import Action, Plan, Priority, Step, Theme
from improvement.selectors.standing import still_there
from improvement.selectors.steps import plan_in_full


def plan_position(plan: Plan, as_at: date) -> PlanPosition:
    """The plan with every step as it stood on that day, by what was known by then.

    What counts from a later day is left out: updates, readings and deadlines of later days, updates that were not
    accepted by then, steps that came later or had gone by then. Changes of a step that count from later are undone.
    Titles of themes, priorities and actions are those of today.
    """
    steps = plan_in_full(plan, as_at)
    return PlanPosition(title=plan.title, notice=plan.notice, as_at=as_at, themes=_themes(plan, steps, as_at))


def _themes(plan: Plan, steps: Mapping[int, list[StepPosition]], as_at: date) -> tuple[ThemePosition, ...]:
    priorities = _priorities(plan, steps, as_at)
    themes = []
    for each in Theme.objects.filter(still_there(as_at), plan=plan).order_by("position", "pk"):
        found = priorities.get(each.pk)
        if found is None or found:
            themes.append(ThemePosition(each.pk, each.number, each.title, tuple(found or ())))
    return tuple(themes)


def _priorities(
    plan: Plan, steps: Mapping[int, list[StepPosition]], as_at: date
) -> Mapping[int, list[PriorityPosition]]:
    """The priorities of each theme. One whose actions have all gone is left out; one that has none yet is there."""
    actions = _actions(plan, steps, as_at)
    priorities = defaultdict[int, list[PriorityPosition]](list)
    for each in Priority.objects.filter(still_there(as_at), theme__plan=plan).order_by("position", "pk"):
        of_theme, found = priorities[each.theme_id], actions.get(each.pk)
        if found is None or found:
            of_theme.append(PriorityPosition(each.pk, each.number, each.title, tuple(found or ()), each.is_inferred))
    return priorities


def _actions(plan: Plan, steps: Mapping[int, list[StepPosition]], as_at: date) -> Mapping[int, list[ActionPosition]]:
    """The actions of each priority. One whose steps have all gone, or are yet to come, is left out."""
    found = defaultdict[int, list[ActionPosition]](list)
    has_had_steps = Exists(Step.objects.filter(action=OuterRef("pk")))
    rows = Action.objects.filter(still_there(as_at), plan=plan).annotate(had_steps=has_had_steps)
    for each in rows.order_by("position", "pk"):
        of_priority = found[each.priority_id]
        if each.pk in steps or not each.had_steps:
            known = tuple(steps.get(each.pk, ()))
            of_priority.append(ActionPosition(each.pk, each.reference, each.printed, each.what, known))
    return found
