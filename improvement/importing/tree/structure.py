"""The tree of a tracker, from its rows: themes, priorities, actions, steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from improvement.importing.marked import take_marked
from improvement.importing.report import Notes
from improvement.importing.table.columns import COLUMNS, Column
from improvement.importing.table.rows import TrackerRow, TrackerRows, without_page_label
from improvement.importing.table.shifting import put_back
from improvement.importing.texts import on_one_line, shortened
from improvement.importing.tree.actions import begins_action, find_reference, place_action, printed_references
from improvement.importing.tree.drafts import DraftPriority, DraftTheme
from improvement.importing.tree.headings import Heading, Level, levels, read_heading
from improvement.importing.tree.joining import Joint, join, joint
from improvement.importing.tree.outline import Outline
from improvement.importing.tree.references import cleaned, is_reference, priority_of
from torbay_reports.core.formatting import listed


def grown(source: TrackerRows, notes: Notes) -> Outline:
    """The tree that the rows make. Raises UnreadableTracker with the row."""
    for row in source.rows:
        if not row.is_marked:
            without_page_label(row, notes)
            if source.may_be_shifted:
                put_back(row, notes)
            find_reference(row, notes)
    rows = [row for row in source.rows if row.filled or row.is_marked]
    growing = _Growing(rows, _headings(rows, notes), Outline(notes), notes)
    for at in range(len(rows)):
        growing.take(at)
    return growing.outline


def _headings(rows: Sequence[TrackerRow], notes: Notes) -> dict[int, tuple[Heading, Level]]:
    """The headings among the rows, by their place in the list."""
    found = {at: heading for at, row in enumerate(rows) if not row.is_marked and (heading := read_heading(row))}
    followed = [at + 1 in found for at in found]
    return dict(zip(found, zip(found.values(), levels([*found.values()], followed, notes), strict=True), strict=True))


@dataclass(slots=True)
class _Growing:
    """The tree, grown a row at a time."""

    rows: Sequence[TrackerRow]
    headings: dict[int, tuple[Heading, Level]]
    outline: Outline
    notes: Notes
    all_printed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.all_printed = printed_references(self.rows)

    def take(self, at: int) -> None:
        row = self.rows[at]
        if row.is_marked:
            take_marked(row, self.outline)
        elif at in self.headings:
            heading, level = self.headings[at]
            if level is Level.THEME:
                self._theme(heading)
            else:
                self._priority(heading, at)
        elif not self._is_lone_number(row):
            self._row(row, at)

    def _theme(self, heading: Heading) -> None:
        number = heading.number
        if not number:
            number = _after(self.outline.theme.number if self.outline.theme else "0")
            self.notes.decide(
                "theme number missing",
                heading.place,
                f"No number is printed for the theme “{shortened(heading.title)}”; {number} was taken from its place.",
            )
        self.outline.add_theme(DraftTheme(heading.place, number, heading.title))

    def _priority(self, heading: Heading, at: int) -> None:
        number = heading.number or self._number_of_actions(at)
        title = shortened(heading.title)
        if not heading.number:
            self.notes.repaired(
                "priority number missing",
                heading.place,
                f"No number is printed for the priority “{title}”; {number} was taken from its actions.",
            )
        earlier = self.outline.numbers.get(number)
        if earlier is not None:
            self.notes.decide(
                "priority number doubled",
                heading.place,
                f"The number {number} of “{title}” is also that of the priority in {earlier}.",
            )
        self.outline.add_priority(DraftPriority(heading.place, number, heading.title, is_inferred=not heading.number))

    def _number_of_actions(self, at: int) -> str:
        """The number that the actions below a heading name; else the one after the last priority."""
        for below in range(at + 1, len(self.rows)):
            if below in self.headings or self.rows[below].is_marked:
                break
            reference = cleaned(self.rows[below].cells[Column.NOS])
            if is_reference(reference):
                return priority_of(reference)
        return _after(next(reversed(self.outline.numbers), "0"))

    def _is_lone_number(self, row: TrackerRow) -> bool:
        """Name and leave out a number that stands in the first column with nothing beside it."""
        if row.filled != (Column.NOS,):
            return False
        words = on_one_line(row.cells[Column.NOS])
        self.notes.decide("left out", row.place, f"“{words}” stands alone in the row and is left out.")
        return True

    def _row(self, row: TrackerRow, at: int) -> None:
        action = self.outline.action
        how = joint(row, action)
        if begins_action(row, how, action):
            if self.outline.priority is None:
                self.outline.add_nameless_priority(row.place, self._number_of_actions(at - 1))
            place_action(row, self.outline, self.all_printed, self.notes)
        elif how is not Joint.NONE and action is not None:
            self._join(row, how)
            if how is not Joint.WHAT_ALONE:
                return
        if set(row.filled) - {Column.NOS, Column.WHAT}:
            self._step(row)

    def _join(self, row: TrackerRow, how: Joint) -> None:
        action = self.outline.action
        assert action is not None
        columns = (Column.WHAT,) if how is Joint.WHAT_ALONE else row.filled
        join(row, action, columns)
        heads = listed([f"“{column.value}”" for column in columns])
        if how is Joint.WHAT_ALONE:
            self.notes.repaired(
                "What split over a page",
                row.place,
                f"“{shortened(row.cells[Column.WHAT])}” goes on with “{Column.WHAT}” of action {action.reference}.",
            )
            return
        step = f"step {action.reference}/{action.steps[-1].number}"
        if how is Joint.DOUBTFUL:
            self.notes.decide(
                "row split over a page",
                row.place,
                f"{heads} seem to go on with {step}, which broke off on the page before, and were joined to it. "
                "If this is a step of its own, give it a status or a success measure.",
            )
        else:
            self.notes.repaired(
                "row split over a page",
                row.place,
                f"{heads} {'was' if len(columns) == 1 else 'were'} joined to {step}, the row before.",
            )

    def _step(self, row: TrackerRow) -> None:
        step = self.outline.add_step(row)
        action = self.outline.action
        assert action is not None
        if not row.cells[Column.HOW]:
            self.notes.repaired(
                "kept as its own step",
                row.place,
                f"The row says nothing under “{Column.HOW}” but has more to say; "
                f"it was kept as step {action.reference}/{step.number}.",
            )
        if action.steps[0] is not step and any(row.cells[column] for column in COLUMNS[:1]):
            self.notes.repaired(
                "reference repeated", row.place, f"The reference {action.reference} is repeated for each of its steps."
            )


def _after(number: str) -> str:
    """The number after this one; the same where it is no number."""
    return str(int(number) + 1) if number.isdecimal() else number
