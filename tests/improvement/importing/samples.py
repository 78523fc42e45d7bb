"""Trackers to make files from: the fixture, and the published one where it is at hand; and what two of them share."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from improvement.calculations.tracker import (
    ActionEntry,
    PriorityEntry,
    StepEntry,
    ThemeEntry,
    TrackerEntry,
    UpdateEntry,
)
from improvement.calculations.words.statuses import read_status
from tests.fixtures_text.tracker import plan_file, published_themes

TITLE = "Torbay Children's Services: Improvement Action Tracker"


def fixture_tracker() -> TrackerEntry:
    """The tracker of the demonstration, in the project's own words."""
    return plan_file().tracker


def published_tracker() -> TrackerEntry:
    """The published tracker, without what is only read from its words: owners, due dates and measures."""
    return TrackerEntry(
        TITLE,
        tuple(
            ThemeEntry(theme["no"], theme["title"], tuple(map(_priority, theme["priorities"])))
            for theme in published_themes()
        ),
    )


def words_of(tracker: TrackerEntry) -> Iterator[tuple[object, ...]]:
    """What a tracker says, word for word, without what is only read from the words."""
    yield (tracker.title,)
    for theme in tracker.themes:
        yield "theme", theme.number, theme.title
        for priority in theme.priorities:
            yield "priority", priority.number, priority.title, priority.is_inferred
            for action in priority.actions:
                yield "action", action.reference, action.printed, action.what
                for step in action.steps:
                    yield action.reference, step.number, step.how, step.who, step.when, step.success
                    yield action.reference, step.number, step.status_printed, step.status, step.updates


def _priority(priority: dict[str, Any]) -> PriorityEntry:
    return PriorityEntry(
        priority["no"], priority["title"], priority["no_inferred"], tuple(map(_action, priority["actions"]))
    )


def _action(action: dict[str, Any]) -> ActionEntry:
    return ActionEntry(action["ref"], action["what"], action["ref_as_printed"], tuple(map(_step, action["steps"])))


def _step(step: dict[str, Any]) -> StepEntry:
    return StepEntry(
        number=step["n"],
        how=step["how"],
        who=step["who_as_printed"],
        when=step["when"],
        success=step["success"],
        status_printed=step["status"],
        status=read_status(step["status"]).status,
        updates=tuple(
            UpdateEntry(
                update["text"],
                update["date_printed"] or "",
                date.fromisoformat(update["date"]) if update["date"] else None,
            )
            for update in step["updates"]
        ),
    )
