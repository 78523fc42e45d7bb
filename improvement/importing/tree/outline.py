"""The tree of a tracker while it grows: where the next row goes, and which references are taken."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from improvement.importing.report import Notes, Place
from improvement.importing.table.rows import TrackerRow
from improvement.importing.tree.drafts import DraftAction, DraftPriority, DraftStep, DraftTheme

NO_TITLE: Final = "(no title)"


@dataclass(slots=True)
class Outline:
    """The themes so far. `counts` has the last action's count by the number of its priority.

    `used` and `numbers` say where a reference or a priority's number stands first.
    """

    notes: Notes
    themes: list[DraftTheme] = field(default_factory=list)
    used: dict[str, Place] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    numbers: dict[str, Place] = field(default_factory=dict)

    @property
    def theme(self) -> DraftTheme | None:
        """The theme that is open."""
        return self.themes[-1] if self.themes else None

    @property
    def priority(self) -> DraftPriority | None:
        """The priority that is open."""
        theme = self.theme
        return theme.priorities[-1] if theme and theme.priorities else None

    @property
    def action(self) -> DraftAction | None:
        """The action that is open."""
        priority = self.priority
        return priority.actions[-1] if priority and priority.actions else None

    def add_theme(self, theme: DraftTheme) -> None:
        """Open a theme."""
        self.themes.append(theme)

    def add_priority(self, priority: DraftPriority) -> None:
        """Open a priority, in a theme without a title where there is none."""
        if self.theme is None:
            self.notes.decide(
                "theme missing",
                priority.place,
                f"No theme stands above the first priority; it was put under the theme “1 {NO_TITLE}”. Give it one.",
            )
            self.add_theme(DraftTheme(priority.place, "1", NO_TITLE))
        self.themes[-1].priorities.append(priority)
        self.numbers.setdefault(priority.number, priority.place)

    def add_nameless_priority(self, place: Place, number: str) -> None:
        """Open a priority without a title, for an action above which there is none."""
        self.notes.decide(
            "priority missing",
            place,
            f"No priority stands above this action; it was put under “{number} {NO_TITLE}”. Give it one.",
        )
        self.add_priority(DraftPriority(place, number, NO_TITLE, is_inferred=True))

    def add_action(self, action: DraftAction) -> None:
        """Open an action in the open priority."""
        assert self.priority is not None
        self.priority.actions.append(action)
        self.used[action.reference] = action.place

    def add_step(self, row: TrackerRow, number: int | None = None) -> DraftStep:
        """Add a step to the open action, numbered after its highest unless a number is given."""
        assert self.action is not None
        if number is None:
            number = self.action.highest + 1
        step = DraftStep(row.place, number, dict(row.cells), dict(row.own), row.is_marked)
        self.action.add(step)
        return step
