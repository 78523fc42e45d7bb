"""Themes, priorities and actions as they are compared: what names each, its words, and its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from improvement.calculations.versions.levels import Levels
from improvement.calculations.versions.matching import Pair
from improvement.calculations.versions.pairing import SideBySide


@dataclass(frozen=True, slots=True)
class Above:
    """What an entry stands under: `place` is in the newer version, None for what is not there any more."""

    place: int | None
    about: str = field(compare=False)

    def __str__(self) -> str:
        return self.about


@dataclass(frozen=True, slots=True)
class View:
    """One entry of a level: `about` names it, `words` say it, `fields` are compared."""

    about: str
    words: str
    fields: Mapping[str, object]


Views = tuple[tuple[View, ...], tuple[View, ...]]
"""The older version's and the newer one's, each in its order."""


def theme_views(sides: SideBySide) -> Views:
    """The themes of both."""
    return _themes(sides.old), _themes(sides.new)


def priority_views(sides: SideBySide) -> Views:
    """The priorities of both."""
    return _priorities(sides.old, _followers(sides.themes)), _priorities(sides.new, _themselves(sides.themes))


def action_views(sides: SideBySide) -> Views:
    """The actions of both."""
    return _actions(sides.old, _followers(sides.priorities)), _actions(sides.new, _themselves(sides.priorities))


def _themes(version: Levels) -> tuple[View, ...]:
    return tuple(
        View(f"Theme {each.number}", each.title, {"number": each.number, "title": each.title})
        for each in version.themes
    )


def _priorities(version: Levels, places: Mapping[int, int]) -> tuple[View, ...]:
    return tuple(
        View(
            f"Priority {each.number}",
            each.title,
            {
                "theme": Above(places.get(above), f"Theme {version.themes[above].number}"),
                "number": each.number,
                "title": each.title,
                "is_inferred": each.is_inferred,
            },
        )
        for above, each in zip(version.theme_of, version.priorities, strict=True)
    )


def _actions(version: Levels, places: Mapping[int, int]) -> tuple[View, ...]:
    return tuple(
        View(
            f"Action {each.reference}",
            each.what,
            {
                "priority": Above(places.get(above), f"Priority {version.priorities[above].number}"),
                "reference": each.reference,
                "printed": each.printed,
                "what": each.what,
            },
        )
        for above, each in zip(version.priority_of, version.actions, strict=True)
    )


def _followers(pairs: Iterable[Pair]) -> dict[int, int]:
    return {old: new for old, new in pairs if old is not None and new is not None}


def _themselves(pairs: Iterable[Pair]) -> dict[int, int]:
    return {new: new for _, new in pairs if new is not None}
