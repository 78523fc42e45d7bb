"""The lists of what wants a reader's eye, as at the meeting's day, each row leading to the step's own."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from improvement.calculations.position import MeasurePosition, PlanPosition, StepPosition
from improvement.calculations.wording import JUDGED, reading_words, target_words
from improvement.kinds import Flag, Judged
from improvement.reports.cells import in_lines, lined, link_cell, number, sentence, short, text_cell
from improvement.reports.owning import owners_in_words
from torbay_reports.core.formatting import ABSENT, count, long_date
from torbay_reports.documents.blocks import Block, Cell, Column, Figure, Heading, Paragraph, Prose, Row, Table, words


@dataclass(frozen=True, slots=True)
class _Listed:
    """A step on a list, with what its row is made of: the day of the paper, its owners in words, its row's anchor."""

    step: StepPosition
    as_at: date
    owners: str
    anchor: str


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of a list and what stands in it."""

    column: Column
    cell: Callable[[_Listed], Cell]


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its heading, what is said of its count (one, several, none), and its columns after step and words."""

    title: str
    one: str
    many: str
    none: str
    fields: tuple[_Field, ...]


def list_blocks(position: PlanPosition, anchors: Mapping[int, str]) -> Iterator[Block]:
    """Every list in the order of the flags: a heading, a sentence with the count, and a table where there is a row."""
    owners = owners_in_words(position)
    for flag, described in _LISTS.items():
        anchor = flag.value.replace("_", "-")
        listed = [
            _Listed(step, position.as_at, owners[step.pk], anchors[step.pk])
            for step in position.steps()
            if flag in step.flags
        ]
        yield Heading(anchor=anchor, text=described.title, level=3)
        yield Paragraph(anchor=f"{anchor}-count", content=_counted(flag, described, len(listed)))
        if listed:
            yield _table(described, listed, anchor)


def _counted(flag: Flag, described: _List, found: int) -> Prose:
    """How many there are, with what puts a step on the list."""
    if not found:
        return sentence(number(0, f"flag:{flag.value}", described.none), ".")
    definition = flag.definition[:1].lower() + flag.definition[1:]
    said = count(found, described.one, described.many)
    return sentence(number(found, f"flag:{flag.value}", said), f": {definition}")


def _table(described: _List, listed: list[_Listed], anchor: str) -> Table:
    columns = (Column(key="step", label="Step", width=16), Column(key="how", label="How?", width=103))
    return Table(
        anchor=f"{anchor}-list",
        caption=f"{described.title}: {count(len(listed), 'step', 'steps')}",
        columns=(*columns, *(field.column for field in described.fields)),
        rows=tuple(
            Row(
                anchor=f"{anchor}-{each.anchor}",
                cells=(
                    link_cell(each.step.reference, each.anchor),
                    text_cell(short(each.step.how)),
                    *(field.cell(each) for field in described.fields),
                ),
            )
            for each in listed
        ),
        kind="tracker",
    )


def _who(listed: _Listed) -> Cell:
    return text_cell(listed.owners or "no owner")


def _when(listed: _Listed) -> Cell:
    return text_cell(listed.step.when.strip() or "blank")


def _status(listed: _Listed) -> Cell:
    return text_cell(listed.step.status.label)


def _due(listed: _Listed) -> Cell:
    return _day_cell(listed.step.due_on, f"step:{listed.step.reference}.due_on")


def _days_late(listed: _Listed) -> Cell:
    return _days_cell(listed.step.due_on, listed.as_at, f"step:{listed.step.reference}.days_late")


def _updated(listed: _Listed) -> Cell:
    return _day_cell(_updated_on(listed.step), f"step:{listed.step.reference}.updated_on")


def _days_since(listed: _Listed) -> Cell:
    return _days_cell(_updated_on(listed.step), listed.as_at, f"step:{listed.step.reference}.days_since_update")


def _updated_on(step: StepPosition) -> date | None:
    return max((each.dated_on for each in step.updates if each.dated_on), default=None)


def _day_cell(day: date | None, ref: str) -> Cell:
    return Cell(content=(Figure(text=long_date(day), ref=ref, day=day),) if day else words(ABSENT))


def _days_cell(since: date | None, as_at: date, ref: str) -> Cell:
    return Cell(content=(number((as_at - since).days, ref),) if since else words(ABSENT))


def _missed(step: StepPosition) -> list[MeasurePosition]:
    return [measure for measure in step.measures if measure.is_met is False]


def _target(listed: _Listed) -> Cell:
    return Cell(content=lined([in_lines(target_words(each) or each.words)] for each in _missed(listed.step)))


def _reading(listed: _Listed) -> Cell:
    """The latest readings; where their words alone do not tell, that a person has judged them."""
    readings = [(each.latest, each.unit) for each in _missed(listed.step)]
    return Cell(
        content=lined(
            [in_lines(reading_words(latest, unit) + ("" if latest.judged is Judged.NOT else JUDGED))]
            for latest, unit in readings
            if latest
        )
    )


_WHO: Final = _Field(Column(key="who", label="Who?", width=75), _who)
_DUE: Final = _Field(Column(key="due", label="Due", width=32), _due)
_STATUS: Final = _Field(Column(key="status", label="Status", width=32), _status)

_LISTS: Final[Mapping[Flag, _List]] = {
    Flag.OVERDUE: _List(
        "Overdue",
        "step is overdue",
        "steps are overdue",
        "No step is overdue",
        (_WHO, _DUE, _Field(Column(key="days", label="Days late", numeric=True, width=24), _days_late)),
    ),
    Flag.DONE_BELOW_TARGET: _List(
        "Completed below target",
        "step was completed below its target",
        "steps were completed below their targets",
        "No step was completed below its target",
        (
            _WHO,
            _Field(Column(key="target", label="Target", width=45), _target),
            _Field(Column(key="reading", label="Latest reading", width=45), _reading),
        ),
    ),
    Flag.DONE_WITHOUT_EVIDENCE: _List(
        "Completed without evidence",
        "step was completed without evidence",
        "steps were completed without evidence",
        "No step was completed without evidence",
        (_WHO, _STATUS),
    ),
    Flag.STALE: _List(
        "No update for 90 days",
        "step has had no update for 90 days",
        "steps have had no update for 90 days",
        "Every open step has had an update within 90 days",
        (
            _WHO,
            _Field(Column(key="updated", label="Latest dated update", width=32), _updated),
            _Field(Column(key="days", label="Days since", numeric=True, width=24), _days_since),
        ),
    ),
    Flag.NO_OWNER: _List("No owner", "step has no owner", "steps have no owner", "Every step has an owner", (_STATUS,)),
    Flag.NO_DUE_DATE: _List(
        "No due date",
        "step has no due date",
        "steps have no due date",
        "Every step has a due date",
        (_WHO, _Field(Column(key="when", label="When? as printed", width=40), _when), _STATUS),
    ),
}
