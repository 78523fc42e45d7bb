"""A tracker's four levels as lists in the order of print, each entry with the place of what it stands under."""

from dataclasses import dataclass

from improvement.calculations.tracker import ActionEntry, PriorityEntry, StepEntry, ThemeEntry, TrackerEntry
from improvement.references import step_reference


@dataclass(frozen=True, slots=True)
class Levels:
    """The entries of each level; `theme_of[3]` is the place, among `themes`, of what the priority at 3 stands under."""

    themes: tuple[ThemeEntry, ...]
    priorities: tuple[PriorityEntry, ...]
    theme_of: tuple[int, ...]
    actions: tuple[ActionEntry, ...]
    priority_of: tuple[int, ...]
    steps: tuple[StepEntry, ...]
    action_of: tuple[int, ...]

    def step_reference(self, at: int) -> str:
        """The reference of the step at that place: "2.3/3"."""
        return step_reference(self.actions[self.action_of[at]].reference, self.steps[at].number)


def levels(tracker: TrackerEntry) -> Levels:
    """The tracker's levels."""
    priorities = [(at, each) for at, theme in enumerate(tracker.themes) for each in theme.priorities]
    actions = [(at, each) for at, (_, priority) in enumerate(priorities) for each in priority.actions]
    steps = [(at, each) for at, (_, action) in enumerate(actions) for each in action.steps]
    return Levels(
        themes=tracker.themes,
        priorities=tuple(each for _, each in priorities),
        theme_of=tuple(at for at, _ in priorities),
        actions=tuple(each for _, each in actions),
        priority_of=tuple(at for at, _ in actions),
        steps=tuple(each for _, each in steps),
        action_of=tuple(at for at, _ in steps),
    )
