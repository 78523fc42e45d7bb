"""A version on its way into a plan: what every part of bringing it in shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar

from improvement.calculations.versions.comparing import Comparison, Difference, DifferenceKind, Level
from improvement.calculations.versions.step_differences import StepDifference
from improvement.models import Action, Change, Measure, Plan, PlanVersion, Priority, Reading, Step, Theme
from improvement.selectors.stored import StoredPlan
from improvement.selectors.trackers import RowsInPrint
from improvement.services.writing import unsaved_change
from torbay_reports.access.models import User

BATCH: Final = 1000
"""Rows in one statement."""

Row = TypeVar("Row", Theme, Priority, Action, Step, Measure, Reading)

NOTED: Final = (DifferenceKind.ADDED, DifferenceKind.DROPPED, DifferenceKind.CHANGED)
"""What becomes a Change; updates are rows of their own."""


@dataclass(kw_only=True)
class Arrival:
    """The plan, held; its rows; how the version differs from them; and, filled on the way, the rows that stand for it.

    `actions` and `steps` go by their places in the version's levels. `found` says how each step that was there before
    differs, by the same places; a step without an entry is new.
    """

    plan: Plan
    version: PlanVersion
    stored: StoredPlan
    rows: RowsInPrint
    comparison: Comparison
    moment: datetime
    by: User | None
    actions: Sequence[Action] = ()
    steps: Sequence[Step] = ()
    found: dict[int, StepDifference] = field(default_factory=dict)
    returned: list[Difference] = field(default_factory=list)
    """What is different in steps that had been dropped and come back."""

    @property
    def as_at(self) -> date:
        """The day from which the version counts."""
        return self.version.as_at

    @property
    def is_first(self) -> bool:
        """Whether the plan was empty: then nothing is a change, and nobody knows when a step began."""
        return not self.stored.themes

    def store_changes(self) -> None:
        """Note every difference that changes something."""
        if not self.is_first:
            differences = (*self.comparison.differences, *self.returned)
            changes = [self._change(each) for each in differences if each.kind in NOTED]
            Change.objects.bulk_create(changes, batch_size=BATCH)

    def _change(self, difference: Difference) -> Change:
        return unsaved_change(
            plan=self.plan,
            step=self._step_of(difference),
            about=difference.about,
            field=difference.field,
            before=difference.was,
            after=difference.becomes,
            effective_on=self.as_at,
            made_at=self.moment,
            by=self.by,
            version=self.version,
        )

    def _step_of(self, difference: Difference) -> Step | None:
        if difference.level is not Level.STEP:
            return None
        rows = self.rows.steps if difference.kind is DifferenceKind.DROPPED else self.steps
        return rows[difference.at]


def write_again(model: type[Row], rows: Iterable[Row], fields: Sequence[str]) -> None:
    """Write these fields of stored rows: as an insert that meets its own row, many times as fast as `bulk_update`."""
    model._default_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, update_fields=list(fields), unique_fields=["pk"]
    )
