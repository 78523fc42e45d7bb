"""The closed lists of the tracker, each word with the definition that is printed with it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a step stands. What was printed stays beside it; the definitions are printed with every list."""

    DONE = "done"
    DONE_CONTINUING = "done_continuing"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    STOPPED = "stopped"
    NOT_STATED = "not_stated"

    @property
    def label(self) -> str:
        """The status as it is read: "done, continuing"."""
        return STATUS_LABELS[self]

    @property
    def definition(self) -> str:
        """What the status means, in one sentence."""
        return STATUS_DEFINITIONS[self]

    @property
    def is_done(self) -> bool:
        """Whether the step counts as done, which says nothing of what it achieved."""
        return self in (Status.DONE, Status.DONE_CONTINUING)

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes something; a step whose status nobody states is open."""
        return self in (Status.IN_PROGRESS, Status.NOT_STARTED, Status.NOT_STATED)


STATUS_LABELS: Final[Mapping[Status, str]] = {
    Status.DONE: "done",
    Status.DONE_CONTINUING: "done, continuing",
    Status.IN_PROGRESS: "in progress",
    Status.NOT_STARTED: "not started",
    Status.STOPPED: "stopped",
    Status.NOT_STATED: "not stated",
}

STATUS_DEFINITIONS: Final[Mapping[Status, str]] = {
    Status.DONE: "What the step says has been carried out. Whether it worked is a separate question.",
    Status.DONE_CONTINUING: "What the step says has been carried out and now goes on as everyday work.",
    Status.IN_PROGRESS: "Work on the step has begun and is not finished.",
    Status.NOT_STARTED: "Work on the step has not begun.",
    Status.STOPPED: "The step will not be carried out.",
    Status.NOT_STATED: "The tracker gives no status for the step.",
}


class Direction(StrEnum):
    """Which way a measure has to go."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BASELINE = "baseline"
    UNKNOWN = "unknown"


class Bound(StrEnum):
    """How exactly a reading is known: "over 80%" is not 80%."""

    EXACT = ""
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"


class Judged(StrEnum):
    """What a person has said of a reading whose words alone do not tell."""

    NOT = ""
    AT_TARGET = "at_target"
    BELOW = "below"


class Outcome(StrEnum):
    """What is known of whether a step worked, from its measures and their latest readings."""

    AT_TARGET = "at_target"
    BELOW = "below"
    NOT_READ = "not_read"
    NOT_MEASURABLE = "not_measurable"
    NO_MEASURE = "no_measure"

    @property
    def label(self) -> str:
        """The outcome as it is read."""
        return OUTCOME_LABELS[self]


OUTCOME_LABELS: Final[Mapping[Outcome, str]] = {
    Outcome.AT_TARGET: "at target",
    Outcome.BELOW: "below target",
    Outcome.NOT_READ: "target set, no reading that tells",
    Outcome.NOT_MEASURABLE: "a measure in words only",
    Outcome.NO_MEASURE: "no measure",
}


class Flag(StrEnum):
    """What a reader wants listed; every flag is counted as at a day."""

    OVERDUE = "overdue"
    STALE = "stale"
    DONE_BELOW_TARGET = "done_below_target"
    DONE_WITHOUT_EVIDENCE = "done_without_evidence"
    NO_OWNER = "no_owner"
    NO_DUE_DATE = "no_due_date"

    @property
    def label(self) -> str:
        """The flag as it is read."""
        return FLAG_LABELS[self]

    @property
    def definition(self) -> str:
        """What puts a step on the list, in one sentence."""
        return FLAG_DEFINITIONS[self]


FLAG_LABELS: Final[Mapping[Flag, str]] = {
    Flag.OVERDUE: "overdue",
    Flag.STALE: "no update for 90 days",
    Flag.DONE_BELOW_TARGET: "completed below target",
    Flag.DONE_WITHOUT_EVIDENCE: "completed without evidence",
    Flag.NO_OWNER: "no owner",
    Flag.NO_DUE_DATE: "no due date",
}

FLAG_DEFINITIONS: Final[Mapping[Flag, str]] = {
    Flag.OVERDUE: "The step is open and its due date is past.",
    Flag.STALE: "The step is open and its latest dated update is more than 90 days old, or it has none.",
    Flag.DONE_BELOW_TARGET: "The step is done and the latest reading of a measure misses its target.",
    Flag.DONE_WITHOUT_EVIDENCE: "The step is done and nothing says what came of it.",
    Flag.NO_OWNER: "Nobody is named for the step.",
    Flag.NO_DUE_DATE: "The step has no date by which it is due.",
}
