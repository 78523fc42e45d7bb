"""What changes of services' lines do to the totals above them: the totals before and after, by the one roll-up.

Pure functions; amounts in the year's unit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from budget.calculations.lines import LineEdit
from budget.calculations.position import Position, ServiceFigures, roll_up


@dataclass(frozen=True)
class Effect:
    """One line's position before and after the changes."""

    before: Position
    after: Position

    @property
    def slug(self) -> str:
        return self.after.slug

    @property
    def name(self) -> str:
        return self.after.name

    @property
    def is_felt(self) -> bool:
        """Whether any figure of it changes."""
        return self.before != self.after


def effect(lines: Sequence[ServiceFigures], edits: Iterable[LineEdit]) -> tuple[Effect, ...]:
    """Every group of the tree, in print order, before and after these changes; `lines` are the quarter's figures.

    Only what a writer changed counts: a field that they left alone stays as it is in `lines`. Lines that the tree has
    not are passed over.
    """
    return tuple(each for each in effect_on_lines(lines, edits) if each.after.is_group)


def effect_on_lines(lines: Sequence[ServiceFigures], edits: Iterable[LineEdit]) -> tuple[Effect, ...]:
    """The same for every line, services too."""
    by_slug = {each.slug: each for each in edits}
    changed = [_with(line, by_slug[line.slug]) if line.slug in by_slug else line for line in lines]
    return tuple(Effect(*pair) for pair in zip(roll_up(lines), roll_up(changed), strict=True))


def _with(line: ServiceFigures, edit: LineEdit) -> ServiceFigures:
    return replace(
        line,
        forecast_net=edit.wanted.forecast if "forecast" in edit.changed else line.forecast_net,
        actual=edit.wanted.actual if "actual" in edit.changed else line.actual,
    )
