"""A tracker while it is read: its levels with their places, before anything is read from their words."""

from dataclasses import dataclass, field

from improvement.importing.report import Place
from improvement.importing.table.columns import Column, OwnColumn


@dataclass(slots=True)
class DraftStep:
    """A step with its cells as text. `own` is what our own export says of it: everything where it `is_marked`."""

    place: Place
    number: int
    cells: dict[Column, str]
    own: dict[OwnColumn, str] = field(default_factory=dict)
    is_marked: bool = False


@dataclass(slots=True)
class DraftAction:
    """An action; `printed` is what stands in its place for the reference, `numbers` are those of its steps."""

    place: Place
    reference: str
    printed: str
    what: str
    steps: list[DraftStep] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    highest: int = 0

    def add(self, step: DraftStep) -> None:
        """Put the step behind the others."""
        self.steps.append(step)
        self.numbers.add(step.number)
        self.highest = max(self.highest, step.number)


@dataclass(slots=True)
class DraftPriority:
    """A priority."""

    place: Place
    number: str
    title: str
    is_inferred: bool = False
    actions: list[DraftAction] = field(default_factory=list)


@dataclass(slots=True)
class DraftTheme:
    """A theme."""

    place: Place
    number: str
    title: str
    priorities: list[DraftPriority] = field(default_factory=list)


@dataclass(slots=True)
class DraftTracker:
    """All themes in their order."""

    title: str
    themes: list[DraftTheme] = field(default_factory=list)
