"""Which papers of a meeting went out in time, and the one line that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from torbay_reports.agenda.calculations.clauses import as_sentence
from torbay_reports.agenda.calculations.notice import UnknownHolidays, last_day_on_time
from torbay_reports.core.formatting import day_and_month

NO_PAPERS: Final = "No paper is out yet."
NOT_COUNTED: Final = (
    "The last day on time is not worked out: bank holidays of that time are not known to this program. {counts}"
)
ENTERED_LATE: Final = "Convened on {day}, entered on {entered} after publication: {why}"
TAKEN_BACK: Final = "That it was convened at shorter notice was taken back on {entered} after publication: {why}"


class PaperState(StrEnum):
    """How a paper went out."""

    ON_TIME = "on time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True)
class Timeliness:
    """What of a meeting's papers is on time, late and missing, as it stands on the day `today`.

    `papers` are those that have gone out or are listed as to follow, by the keys of their rows: the day, in the
    council's time, on which each was first out, or none while it is to follow. A meeting that was convened at shorter
    notice has its papers due on the day of its convening (Local Government Act 1972, s100B(3)); where that day was
    entered or taken back after something was out, the line says on which day (`entered_on`) and why (`entered_why`).
    """

    meets_on: date
    today: date
    papers: Mapping[int, date | None] = field(default_factory=dict)
    convened_on: date | None = None
    entered_on: date | None = None
    entered_why: str = ""

    @cached_property
    def last_day(self) -> date | None:
        """The last day on time by five clear days; none where the bank holidays of that time are not known."""
        try:
            return last_day_on_time(self.meets_on)
        except UnknownHolidays:
            return None

    @property
    def due_on(self) -> date | None:
        """The last day on which a paper is on time; none where it is not known."""
        return self.convened_on if self.is_at_shorter_notice else self.last_day

    @property
    def is_at_shorter_notice(self) -> bool:
        """Whether it was convened after the last day on time."""
        if self.convened_on is None:
            return False
        return self.last_day is None or self.convened_on > self.last_day

    def state_of(self, paper: int) -> PaperState:
        """How the paper of that key went out; missing for one that is not out, listed or not."""
        first_out = self.papers.get(paper)
        if first_out is None:
            return PaperState.MISSING
        is_late = self.due_on is not None and first_out > self.due_on
        return PaperState.LATE if is_late else PaperState.ON_TIME

    @property
    def on_time(self) -> int:
        """How many papers went out in time."""
        return self._count(PaperState.ON_TIME)

    @property
    def late(self) -> int:
        """How many went out after the last day on time."""
        return self._count(PaperState.LATE)

    @property
    def missing(self) -> int:
        """How many are to follow and not out."""
        return self._count(PaperState.MISSING)

    def _count(self, state: PaperState) -> int:
        return sum(self.state_of(paper) is state for paper in self.papers)

    @property
    def line(self) -> str:
        """Five clear days ended Tuesday 29 August. On time 4, late 2, missing 1."""
        return f"{self._counted} {self._entered}".strip()

    @property
    def _entered(self) -> str:
        if self.entered_on is None:
            return ""
        entered, why = day_and_month(self.entered_on), as_sentence(self.entered_why)
        if self.convened_on is None:
            return TAKEN_BACK.format(entered=entered, why=why)
        return ENTERED_LATE.format(day=day_and_month(self.convened_on), entered=entered, why=why)

    @property
    def _counted(self) -> str:
        due_on = self.due_on
        if due_on is None:
            return NOT_COUNTED.format(counts=self.counts)
        is_over = due_on < self.today
        if self.is_at_shorter_notice:
            were = "were" if is_over else "are"
            return f"Convened at shorter notice: papers {were} due on {self._day(due_on)}. {self.counts}"
        return f"Five clear days {'ended' if is_over else 'end'} {self._day(due_on)}. {self.counts}"

    @property
    def counts(self) -> str:
        """On time 4, late 2, missing 1."""
        if self.due_on is None:
            counted = {"out": self.on_time, "missing": self.missing}
        else:
            counted = {str(state): self._count(state) for state in PaperState}
        said = ", ".join(f"{name} {number}" for name, number in counted.items() if number)
        return f"{said[:1].upper()}{said[1:]}." if said else NO_PAPERS

    def _day(self, day: date) -> str:
        year = "" if day.year == self.meets_on.year else f" {day.year}"
        return f"{day:%A} {day_and_month(day)}{year}"
