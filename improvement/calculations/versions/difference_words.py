"""Differences between two versions as sentences."""

from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from improvement.calculations.versions.comparing import Comparison, Difference, DifferenceKind, Level
from improvement.calculations.wording import FIELD_LABELS, NOTHING
from torbay_reports.core.formatting import count

LONGEST_WORDS: Final = 80


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many steps leave the plan with a file, of how many that it has."""

    number: int
    of: int

    @property
    def leave(self) -> str:
        """For the person who may still choose: "164 of 172 steps leave the plan with this file"."""
        return f"{self._steps} {'leaves' if self.number == 1 else 'leave'} the plan with this file"

    @property
    def are_meant_to(self) -> str:
        """What the person says to it: "164 steps leave the plan: that is meant"."""
        return f"{count(self.number, 'step leaves', 'steps leave')} the plan: that is meant"

    @property
    def would_leave(self) -> str:
        """Why the file is refused: "164 of 172 steps are not in this file and would leave the plan."."""
        return f"{self._steps} {'is' if self.number == 1 else 'are'} not in this file and would leave the plan."

    @property
    def _steps(self) -> str:
        return f"{self.number:,} of {count(self.of, 'step', 'steps')}"


def leaving(comparison: Comparison) -> Leaving | None:
    """The steps that the newer version lacks; None where it lacks none."""
    number = sum(each.kind is DifferenceKind.DROPPED and each.level is Level.STEP for each in comparison.differences)
    return Leaving(number, len(comparison.sides.old.steps)) if number else None


def field_words(difference: Difference) -> str:
    """What of the thing is different, as a person knows it; nothing where the kind of the difference says it."""
    if difference.kind not in (DifferenceKind.CHANGED, DifferenceKind.VALUE_KEPT) or difference.field == "position":
        return ""
    return FIELD_LABELS.get(difference.field, difference.field.replace("_", " "))


def step_words(comparison: Comparison, difference: Difference) -> str:
    """The step's first words, where the difference is about one and does not hold them itself."""
    if difference.level is not Level.STEP or difference.kind in (DifferenceKind.ADDED, DifferenceKind.DROPPED):
        return ""
    return shorten(comparison.sides.new.steps[difference.at].how, LONGEST_WORDS, placeholder=" …")


def difference_words(difference: Difference) -> str:
    """One difference as a line: "2.3/3: status from “in progress” to “done”"."""
    about, before, after = difference.about, _quoted(difference.before), _quoted(difference.after)
    label = field_words(difference)
    match difference.kind:
        case DifferenceKind.ADDED:
            return f"{about} is added: {after}"
        case DifferenceKind.DROPPED:
            return f"{about} is dropped: {before}"
        case DifferenceKind.UPDATE_ADDED:
            return f"{about}: this update is added: {after}"
        case DifferenceKind.UPDATE_KEPT:
            return f"{about}: the file lacks this update, which stays: {before}"
        case DifferenceKind.VALUE_KEPT:
            return f"{about}: {label} stays {before}, which was set here later; the file has {after}"
        case DifferenceKind.CHANGED:
            if difference.field == "position":
                return f"{about} is another one"
            return f"{about}: {label} from {before} to {after}"


def _quoted(text: str) -> str:
    return f"“{text}”" if text else NOTHING
