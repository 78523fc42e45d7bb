"""The tracker's fixture beside the published tracker, cell by cell."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from improvement.calculations.tracker import ActionEntry, PlanFile, StepEntry
from tests.fixtures_text.prose import CHECKOUT, FIXTURES
from torbay_reports.core.reading import read_json

PUBLISHED = CHECKOUT.parent / "shared" / "seeds" / "tracker.json"

MONTHS = (
    "January|February|March|April|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
FIGURE = re.compile(
    rf"\d+(?:[.,:/-]\d+)*%?|\b(?:{MONTHS}|{MONTHS.upper()})(?![A-Za-z])|(?<=\d )May\b|(?<=\d\w\w )May\b|\bMay(?= ?\d)"
)
"""A number, a percentage, a date or a month; "May" is a month where a figure stands beside it."""

needs_published = pytest.mark.skipif(
    not PUBLISHED.is_file(), reason="The published tracker is not at hand: ../shared/seeds is absent."
)


class Cell(NamedTuple):
    """One text of ours and the published text that it stands for."""

    place: str
    ours: str
    published: str


class Pair(NamedTuple):
    """One step of ours and the published one; `action` is the step's action on each side."""

    place: str
    action: ActionEntry
    ours: StepEntry
    published_action: dict[str, Any]
    published: dict[str, Any]


def plan_file(path: Path = FIXTURES / "improvement.json") -> PlanFile:
    """The fixture of the improvement tracker."""
    return read_json(path, PlanFile)


def published_themes() -> list[dict[str, Any]]:
    """The published tracker's themes."""
    themes: list[dict[str, Any]] = json.loads(PUBLISHED.read_text(encoding="utf-8"))["sections"]
    return themes


def published_actions() -> list[dict[str, Any]]:
    """The published tracker's actions, in the order of print."""
    return [
        action for theme in published_themes() for priority in theme["priorities"] for action in priority["actions"]
    ]


def published_steps() -> list[dict[str, Any]]:
    """The published tracker's steps, in the order of print."""
    return [step for action in published_actions() for step in action["steps"]]


def pairs() -> Iterator[Pair]:
    """Every step beside the published one, in the order of print; steps missing at the end are left out."""
    published = [(action, step) for action in published_actions() for step in action["steps"]]
    for (_, _, action, step), (their_action, their_step) in zip(plan_file().tracker.steps(), published, strict=False):
        yield Pair(their_step["id"], action, step, their_action, their_step)


def published_texts() -> Iterator[str]:
    """Every text of the published tracker that ours puts in other words."""
    for action in published_actions():
        yield action["what"]
        for step in action["steps"]:
            yield from (step["how"], step["success"], *(update["text"] for update in step["updates"]))


def cells() -> Iterator[Cell]:
    """Every text that we have put into our own words, beside the published one."""
    for pair in pairs():
        if pair.ours.number == 1:
            yield Cell(f"{pair.action.reference} what", pair.action.what, pair.published_action["what"])
        yield Cell(f"{pair.place} how", pair.ours.how, pair.published["how"])
        yield Cell(f"{pair.place} success", pair.ours.success, pair.published["success"])
        for number, (update, theirs) in enumerate(
            zip(pair.ours.updates, pair.published["updates"], strict=False), start=1
        ):
            yield Cell(f"{pair.place} update {number}", update.text, theirs["text"])


def figures(text: str) -> Counter[str]:
    """Every number, percentage, date and month in the text, and how often it stands there."""
    return Counter(FIGURE.findall(re.sub(r"(?<=\d) +%", "%", text)))
