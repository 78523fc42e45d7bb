"""Stores the themes, priorities and actions of a version: new rows, changed rows, and rows that it lacks."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from improvement.calculations.versions.matching import Pair
from improvement.models import Action, Priority, Theme
from improvement.services.arrivals import BATCH, Arrival, write_again

Row = TypeVar("Row", Theme, Priority, Action)

UNTIL_RENAMED: Final = "~"
"""Begins the reference of an action while others take theirs: two may change places."""


@dataclass
class _Level(Generic[Row]):
    """The rows of a level: those that the version has, by its places, and what has to be written of them."""

    found: list[Row] = field(default_factory=list)
    created: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def store_levels(arrival: Arrival) -> None:
    """Store the three levels above the steps, and leave the actions in `arrival.actions`."""
    themes = _store_themes(arrival)
    priorities = _store_priorities(arrival, themes)
    arrival.actions = _store_actions(arrival, priorities)


def _store_themes(arrival: Arrival) -> list[Theme]:
    wanted = [
        Theme(plan=arrival.plan, number=each.number, title=each.title, position=at)
        for at, each in enumerate(arrival.comparison.sides.new.themes)
    ]
    columns = ("number", "title", "position")
    level = _level(wanted, arrival.comparison.sides.themes, arrival.rows.themes, arrival.stored.themes, columns)
    Theme.objects.filter(pk__in=level.lost).update(dropped_on=arrival.as_at)
    write_again(Theme, level.changed, [*columns, "dropped_on"])
    Theme.objects.bulk_create(level.created, batch_size=BATCH)
    return level.found


def _store_priorities(arrival: Arrival, themes: Sequence[Theme]) -> list[Priority]:
    new = arrival.comparison.sides.new
    wanted = [
        Priority(
            theme_id=themes[above].pk, number=each.number, title=each.title, is_inferred=each.is_inferred, position=at
        )
        for at, (above, each) in enumerate(zip(new.theme_of, new.priorities, strict=True))
    ]
    columns = ("theme_id", "number", "title", "is_inferred", "position")
    pairs, rows = arrival.comparison.sides.priorities, arrival.rows.priorities
    level = _level(wanted, pairs, rows, arrival.stored.priorities, columns)
    Priority.objects.filter(pk__in=level.lost).update(dropped_on=arrival.as_at)
    write_again(Priority, level.changed, ["theme", *columns[1:], "dropped_on"])
    Priority.objects.bulk_create(level.created, batch_size=BATCH)
    return level.found


def _store_actions(arrival: Arrival, priorities: Sequence[Priority]) -> list[Action]:
    new = arrival.comparison.sides.new
    wanted = [
        Action(
            plan=arrival.plan,
            priority_id=priorities[above].pk,
            reference=each.reference,
            printed=each.printed,
            what=each.what,
            position=at,
        )
        for at, (above, each) in enumerate(zip(new.priority_of, new.actions, strict=True))
    ]
    columns = ("priority_id", "reference", "printed", "what", "position")
    level = _level(wanted, arrival.comparison.sides.actions, arrival.rows.actions, arrival.stored.actions, columns)
    Action.objects.filter(pk__in=level.lost).update(dropped_on=arrival.as_at)
    changed = Action.objects.filter(pk__in=[each.pk for each in level.changed])
    changed.update(reference=Concat(Value(UNTIL_RENAMED), Cast("pk", CharField())))
    write_again(Action, level.changed, ["priority", *columns[1:], "dropped_on"])
    Action.objects.bulk_create(level.created, batch_size=BATCH)
    return level.found


def _level(
    wanted: Sequence[Row], pairs: Iterable[Pair], rows: Sequence[Row], every: Iterable[Row], columns: Sequence[str]
) -> _Level[Row]:
    """The stored rows with the values of the wanted ones. One that had been dropped and has the same words comes back.

    `rows` go by the places of the older side; `every` has the dropped ones too.
    """
    dropped = {_words(each): each for each in every if each.dropped_on is not None}
    level = _Level[Row]()
    for before, after in pairs:
        if after is None:
            level.lost += [] if before is None else [rows[before].pk]
            continue
        row = dropped.pop(_words(wanted[after]), None) if before is None else rows[before]
        if row is None:
            row = wanted[after]
            level.created.append(row)
        elif row.dropped_on is not None or any(getattr(row, each) != getattr(wanted[after], each) for each in columns):
            _take_over(row, wanted[after], columns)
            level.changed.append(row)
        level.found.append(row)
    return level


def _words(row: Theme | Priority | Action) -> Hashable:
    """By what a dropped row is known again."""
    return (row.reference, row.what) if isinstance(row, Action) else (row.number, row.title)


def _take_over(row: Theme | Priority | Action, wanted: object, columns: Iterable[str]) -> None:
    for each in columns:
        setattr(row, each, getattr(wanted, each))
    row.dropped_on = None
