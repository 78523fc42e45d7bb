"""What an import has to say: what was counted, what was repaired, and what a person must decide."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple, Self

import msgspec

from improvement.calculations.tracker import TrackerEntry
from improvement.kinds import Status


class NoteKind(StrEnum):
    """Whether the reader put something right by a rule, or leaves it to a person."""

    REPAIRED = "repaired"
    DECIDE = "decide"


class Place(NamedTuple):
    """Where something stands: `row` counts from 1 as the person sees it; `sheet` is empty where there is only one."""

    sheet: str
    row: int

    def __str__(self) -> str:
        return f"{self.sheet}, row {self.row}" if self.sheet else f"row {self.row}"


class Note(msgspec.Struct, frozen=True):
    """One thing that a person should know, with its place. `code` names the kind of thing: "page label"."""

    kind: NoteKind
    code: str
    sheet: str
    row: int
    sentence: str

    @property
    def place(self) -> str:
        """Where it is: "Tracker, row 12"."""
        return str(Place(self.sheet, self.row))


class ImportReport(msgspec.Struct, frozen=True):
    """What an import found: counts by level and by status, and every note in the order of the file.

    `statuses_printed` counts the status cells by their words; a blank cell counts under the empty text.
    """

    themes: int
    priorities: int
    actions: int
    steps: int
    dated_updates: int
    undated_updates: int
    statuses_printed: dict[str, int]
    statuses: dict[Status, int]
    notes: tuple[Note, ...] = ()

    @property
    def repaired(self) -> tuple[Note, ...]:
        """What was put right by a rule."""
        return tuple(note for note in self.notes if note.kind is NoteKind.REPAIRED)

    @property
    def decide(self) -> tuple[Note, ...]:
        """What a person must decide."""
        return tuple(note for note in self.notes if note.kind is NoteKind.DECIDE)

    @classmethod
    def of(cls, tracker: TrackerEntry, notes: Iterable[Note] = ()) -> Self:
        """The report on a tracker that was read."""
        priorities = [priority for theme in tracker.themes for priority in theme.priorities]
        steps = [step for _, _, _, step in tracker.steps()]
        dated = [bool(update.dated_on) for step in steps for update in step.updates]
        return cls(
            themes=len(tracker.themes),
            priorities=len(priorities),
            actions=sum(len(priority.actions) for priority in priorities),
            steps=len(steps),
            dated_updates=sum(dated),
            undated_updates=len(dated) - sum(dated),
            statuses_printed=dict(Counter(step.status_printed for step in steps).most_common()),
            statuses=dict(Counter(step.status for step in steps).most_common()),
            notes=tuple(notes),
        )

    def to_builtins(self) -> dict[str, Any]:
        """The report for a JSON column."""
        built = msgspec.to_builtins(self)
        assert isinstance(built, dict)
        return built

    @classmethod
    def from_builtins(cls, built: object) -> Self:
        """The report from a JSON column. Raises msgspec.ValidationError where it is none."""
        return msgspec.convert(built, cls)

    def lines(self) -> Iterator[str]:
        """The report for a terminal, a line at a time."""
        yield "Levels"
        for count, one, many in [
            (self.themes, "theme", "themes"),
            (self.priorities, "priority", "priorities"),
            (self.actions, "action", "actions"),
            (self.steps, "step", "steps"),
            (self.dated_updates, "dated update", "dated updates"),
            (self.undated_updates, "undated update", "undated updates"),
        ]:
            yield f"  {count:>6,} {one if count == 1 else many}"
        yield "Status as printed"
        for words, count in self.statuses_printed.items():
            yield f"  {count:>6,} {words or 'left blank'}"
        yield "Status in words"
        for status, count in self.statuses.items():
            yield f"  {count:>6,} {status.label}"
        for head, notes in [("Repaired", self.repaired), ("To decide", self.decide)]:
            yield f"{head}: {len(notes) or 'nothing'}"
            for note in notes:
                yield f"  {note.place}: {note.sentence}"


class Notes:
    """Gathers the notes of one import."""

    def __init__(self) -> None:
        self._notes: list[Note] = []
        self._sheets: dict[str, int] = {}

    def repaired(self, code: str, place: Place, sentence: str) -> None:
        """Say what was put right by a rule."""
        self._add(NoteKind.REPAIRED, code, place, sentence)

    def decide(self, code: str, place: Place, sentence: str) -> None:
        """Say what a person must decide."""
        self._add(NoteKind.DECIDE, code, place, sentence)

    def begin(self, sheet: str) -> None:
        """Take the sheets in this order."""
        self._sheets.setdefault(sheet, len(self._sheets))

    def in_order(self) -> tuple[Note, ...]:
        """All notes by sheet and row; those of one row as they came."""
        return tuple(sorted(self._notes, key=lambda note: (self._sheets[note.sheet], note.row)))

    def _add(self, kind: NoteKind, code: str, place: Place, sentence: str) -> None:
        self.begin(place.sheet)
        self._notes.append(Note(kind=kind, code=code, sheet=place.sheet, row=place.row, sentence=sentence))
