"""Two versions of a tracker laid side by side, level by level."""

from collections.abc import Sequence
from dataclasses import dataclass

from improvement.calculations.tracker import StepEntry, ThemeEntry
from improvement.calculations.versions.levels import Levels
from improvement.calculations.versions.matching import Labelled, Pair, match_levels, match_references, match_steps


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What goes on from what: pairs of places in the levels of the older and the newer version."""

    old: Levels
    new: Levels
    themes: tuple[Pair, ...]
    priorities: tuple[Pair, ...]
    actions: tuple[Pair, ...]
    steps: tuple[Pair, ...]


def side_by_side(old: Levels, new: Levels) -> SideBySide:
    """The pairs of every level; what stands under one pair is looked for there first."""
    themes = match_levels(_themes(old), _themes(new))
    old_themes, new_themes = _groups(themes)
    priorities = match_levels(_priorities(old, old_themes), _priorities(new, new_themes))
    old_priorities, new_priorities = _groups(priorities)
    actions = match_references(_actions(old, old_priorities), _actions(new, new_priorities))
    old_actions, new_actions = _groups(actions)
    steps = match_steps(_steps(old, old_actions), _steps(new, new_actions))
    return SideBySide(old, new, themes, priorities, actions, steps)


def _groups(pairs: Sequence[Pair]) -> tuple[dict[int, int], dict[int, int]]:
    """The number of the pair by the place in the older, and by the place in the newer version."""
    return (
        {old: number for number, (old, _) in enumerate(pairs) if old is not None},
        {new: number for number, (_, new) in enumerate(pairs) if new is not None},
    )


def _themes(version: Levels) -> list[Labelled]:
    return [Labelled(0, each.number, each.title, _titles(each)) for each in version.themes]


def _titles(theme: ThemeEntry) -> frozenset[str]:
    return frozenset(each.title for each in theme.priorities if each.title)


def _priorities(version: Levels, group: dict[int, int]) -> list[Labelled]:
    return [
        Labelled(
            group[above], each.number, each.title, frozenset(action.what for action in each.actions if action.what)
        )
        for above, each in zip(version.theme_of, version.priorities, strict=True)
    ]


def _actions(version: Levels, group: dict[int, int]) -> list[Labelled]:
    return [
        Labelled(group[above], each.reference, each.what, frozenset(step.how for step in each.steps if step.how))
        for above, each in zip(version.priority_of, version.actions, strict=True)
    ]


def _steps(version: Levels, group: dict[int, int]) -> list[Labelled]:
    return [
        Labelled(group[above], str(each.number), each.how, _notes(each))
        for above, each in zip(version.action_of, version.steps, strict=True)
    ]


def _notes(step: StepEntry) -> frozenset[str]:
    return frozenset(" ".join(each.text.split()) for each in step.updates if each.text)
