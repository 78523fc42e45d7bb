"""What changed since the last meeting that had the tracker before it: changes and new updates, in the plan's order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from improvement.calculations.position import PlanPosition
from improvement.calculations.wording import change_words
from improvement.kinds import Flag
from improvement.models import Plan
from improvement.reports.cells import link_cell, number, sentence, short, text_cell
from improvement.selectors.papers import changes_since, last_paper, updates_since
from torbay_reports.core.formatting import count, long_date
from torbay_reports.documents.blocks import Block, Column, Paragraph, Prose, Row, Table, words

ANCHOR: Final = "changed"
NO_EARLIER: Final = "No earlier tracker has been put before a meeting here."


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that was written: `step` is its step's key, `about` the thing as a reader knows it."""

    step: int | None
    about: str
    words: str
    is_update: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """All that was written after the tracker for the meeting of `last_on` was frozen, the oldest first."""

    last_on: date
    written: tuple[Written, ...]


def since_last_meeting(plan: Plan, as_at: date, before: date | None = None) -> Since | None:
    """What is to be told as at that day; None where no paper is of a day before `before`, by default the same day.

    Three queries.
    """
    last = last_paper(plan, before or as_at)
    if last is None:
        return None
    updates = [
        Written(each.step_id, each.step.reference, each.text, is_update=True)
        for each in updates_since(plan, last.frozen_at, as_at)
    ]
    return Since(last.as_at, (*_changes(plan, last.frozen_at, as_at), *updates))


def _changes(plan: Plan, moment: datetime, as_at: date) -> Iterator[Written]:
    """Each field that is another than it was, once: from its first value to its last."""
    for each in changes_since(plan, moment, as_at):
        last = each.last
        yield Written(last.step_id, last.about, change_words(last.field, each.first.before, last.after))


def since_blocks(since: Since | None, position: PlanPosition, anchors: Mapping[int, str]) -> Iterator[Block]:
    """A sentence with the counts, then a row for every step and level of which something was written."""
    if since is None:
        yield Paragraph(anchor=f"{ANCHOR}-none", content=words(NO_EARLIER))
        return
    yield Paragraph(anchor=f"{ANCHOR}-summary", content=_summary(since, position))
    rows = tuple(_rows(since.written, position, anchors))
    if rows:
        yield Table(
            anchor=f"{ANCHOR}-rows",
            caption=f"What changed since the meeting of {long_date(since.last_on)}",
            columns=(
                Column(key="about", label="Step", width=2),
                Column(key="how", label="How?", width=7),
                Column(key="change", label="What changed", width=13),
            ),
            rows=rows,
            kind="tracker",
        )


def _summary(since: Since, position: PlanPosition) -> Prose:
    updates = sum(each.is_update for each in since.written)
    changes = len(since.written) - updates
    due = [step for step in position.steps() if Flag.OVERDUE in step.flags and _fell_due(step.due_on, since.last_on)]
    return sentence(
        f"Since the tracker for the meeting of {long_date(since.last_on)} ",
        number(updates, "since.updates", f"{count(updates, 'update was', 'updates were')} added"),
        " and ",
        number(changes, "since.changes", count(changes, "other change was made", "other changes were made")),
        "; ",
        number(len(due), "since.overdue", count(len(due), "open step", "open steps")),
        " passed its due date." if len(due) == 1 else " passed their due dates.",
    )


def _fell_due(due_on: date | None, last_on: date) -> bool:
    return due_on is not None and due_on >= last_on


def _rows(written: Sequence[Written], position: PlanPosition, anchors: Mapping[int, str]) -> Iterator[Row]:
    """First what is about a level of the plan or a step that is gone, then the steps in the order of print."""
    steps = {step.pk: step for step in position.steps()}
    apart = [each for each in written if each.step not in steps]
    for place, each in enumerate(apart, start=1):
        cells = (text_cell(each.about), text_cell(""), text_cell(_line(each)))
        yield Row(anchor=f"{ANCHOR}-apart-{place}", cells=cells)
    for pk, step in steps.items():
        lines = [_line(each) for each in written if each.step == pk]
        if lines:
            cells = (
                link_cell(step.reference, anchors[pk]),
                text_cell(short(step.how)),
                text_cell("\n".join(lines)),
            )
            yield Row(anchor=f"{ANCHOR}-{anchors[pk]}", cells=cells)


def _line(written: Written) -> str:
    line = " ".join(written.words.split())
    return f"New update: {line}" if written.is_update else f"{line[:1].upper()}{line[1:]}"
