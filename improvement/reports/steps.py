"""The tracker itself: a band for each theme and priority, and a table of its steps in the source's eight columns."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from improvement.calculations.position import (
    ActionPosition,
    PlanPosition,
    PriorityPosition,
    StepPosition,
    ThemePosition,
    UpdatePosition,
)
from improvement.kinds import Flag
from improvement.reports.cells import in_lines, lined, text_cell
from improvement.reports.owning import owners_in_words
from torbay_reports.core.formatting import long_date
from torbay_reports.core.periods import FinancialYear, Quarter
from torbay_reports.documents.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Prose,
    Remark,
    Row,
    Table,
    Text,
    words,
)

COLUMNS: Final = (
    Column(key="nos", label="NOS", width=16),
    Column(key="what", label="What?", width=35),
    Column(key="who", label="Who?", width=27),
    Column(key="how", label="How?", width=44),
    Column(key="when", label="When?", width=23),
    Column(key="success", label="Success measures", width=40),
    Column(key="status", label="Current Status", width=27),
    Column(key="outcome", label="Outcome – (report for Q1, Q2, Q3, Q4)", width=55),
)
"""The columns as the source prints them; widths in millimetres of the landscape page."""


def tracker_blocks(position: PlanPosition, anchors: Mapping[int, str]) -> Iterator[Block]:
    """Every theme, priority and step in the order of print; `anchors` are those of the steps' rows by key."""
    owners = owners_in_words(position)
    for place, theme in enumerate(position.themes, start=1):
        yield Heading(anchor=f"theme-{place}", text=f"Theme {theme.number}: {theme.title}", level=2, is_band=True)
        yield from _theme(theme, f"theme-{place}", anchors, owners)


def _theme(theme: ThemePosition, anchor: str, anchors: Mapping[int, str], owners: Mapping[int, str]) -> Iterator[Block]:
    if not theme.priorities:
        yield Paragraph(anchor=f"{anchor}-empty", content=words("No priority stands under this theme."))
    for place, priority in enumerate(theme.priorities, start=1):
        named = f"{anchor}-priority-{place}"
        yield Heading(anchor=named, text=priority_title(priority), level=3, is_band=True)
        steps = list(priority.steps())
        if not steps:
            yield Paragraph(anchor=f"{named}-empty", content=words("No step stands under this priority."))
            continue
        yield Table(
            anchor=f"{named}-steps",
            caption=_caption(priority, steps),
            columns=COLUMNS,
            rows=tuple(_rows(priority, anchors, owners)),
            kind="tracker",
        )


def priority_title(priority: PriorityPosition) -> str:
    """The priority as its band says it, by the number that its steps carry even where the source leaves it out."""
    return f"Priority {priority.number}: {priority.title}"


def _caption(priority: PriorityPosition, steps: list[StepPosition]) -> str:
    named = f"Priority {priority.number}"
    if len(steps) == 1:
        return f"{named}: step {steps[0].reference}"
    return f"{named}: steps {steps[0].reference} to {steps[-1].reference}"


def _rows(priority: PriorityPosition, anchors: Mapping[int, str], owners: Mapping[int, str]) -> Iterator[Row]:
    for action in priority.actions:
        for step in action.steps:
            cells = (
                text_cell(step.reference),
                Cell(content=_what(action, step)),
                Cell(content=_who(step, owners[step.pk])),
                text_cell(step.how),
                Cell(content=_when(step)),
                text_cell(step.success),
                Cell(content=_status(step)),
                Cell(content=_outcome(step)),
            )
            yield Row(anchor=anchors[step.pk], cells=cells)


def _what(action: ActionPosition, step: StepPosition) -> Prose:
    """The action's words beside its first step; the others say where they stand."""
    first = action.steps[0]
    if step.pk != first.pk:
        return (Remark(text=f"as {first.reference}"),)
    if action.printed in ("", action.reference):
        return in_lines(action.what)
    return lined([[in_lines(action.what)], [(Remark(text=f"printed as {action.printed}"),)]])


def _who(step: StepPosition, owners: str) -> Prose:
    """The cell as printed; where it is blank the owners that the step inherits, set back."""
    return in_lines(step.who) or (Remark(text=owners or "no owner"),)


def _when(step: StepPosition) -> Prose:
    """The date as printed; beneath it the day where it was moved under the same words, and what it was before."""
    earlier = [each for each in step.deadlines[:-1] if each.when != step.when or each.due_on != step.due_on]
    lines = [[in_lines(step.when)] if step.when.strip() else [(Remark(text="no date"),)]]
    if any(each.when == step.when for each in earlier):
        lines.append([(Remark(text=f"now {_day(step.due_on)}"),)])
    for each in earlier:
        was = _day(each.due_on) if each.when == step.when else each.when or "no date"
        lines.append([(Remark(text=f"before: {was}"),)])
    return lined(lines)


def _day(day: date | None) -> str:
    return long_date(day) if day else "no date"


def _status(step: StepPosition) -> Prose:
    """The status as printed, and beneath it the word of the closed list where it is another."""
    printed = " ".join(step.status_printed.split())
    if printed.casefold() == step.status.label.casefold():
        return words(printed)
    closed: Prose = (Remark(text=step.status.label),)
    return lined([[in_lines(step.status_printed)], [closed]]) if printed else closed


def _outcome(step: StepPosition) -> Prose:
    """Every update with its stamp, then the lists that the step stands on."""
    lines: list[list[Prose]] = [[_update(each)] for each in step.updates]
    if step.flags:
        lines.append([(Remark(text=flags_in_words(step.flags), kind="mark"),)])
    return lined(lines)


def _update(update: UpdatePosition) -> Prose:
    said = in_lines(update.text)
    if update.stamp:
        return (*said, Text(text=f" {update.stamp}"))
    known = long_date(update.dated_on) if update.dated_on else _quarter(update.quarter)
    return (*said, Remark(text=f" ({known})")) if known else said


def _quarter(slug: str) -> str:
    """Quarter 1 2017/18 for 2017-18/q1; what is no quarter's slug stays as it is."""
    year, _, number = slug.partition("/q")
    try:
        return Quarter(FinancialYear.from_slug(year), int(number)).label
    except ValueError:
        return slug


def flags_in_words(flags: frozenset[Flag]) -> str:
    """The lists that a step stands on, in one line: "Overdue; no update for 90 days"."""
    line = "; ".join(flag.label for flag in Flag if flag in flags)
    return line[:1].upper() + line[1:]
