"""Who answers for each step, in the words of the plan."""

from collections.abc import Mapping

from improvement.calculations.position import ActionPosition, PlanPosition, StepPosition


def owners_in_words(position: PlanPosition) -> Mapping[int, str]:
    """By the step's key its own cell as printed, else the printed cell that it inherits inside its action."""
    return {
        step.pk: step.who.strip() or _inherited(action, step)
        for theme in position.themes
        for priority in theme.priorities
        for action in priority.actions
        for step in action.steps
    }


def _inherited(action: ActionPosition, step: StepPosition) -> str:
    """The cell of a step of the same owners, else their names; nothing where nobody is named."""
    printed = (each.who.strip() for each in action.steps if each.who.strip() and each.owners == step.owners)
    return next(printed, ", ".join(step.owners)) if step.owners else ""
