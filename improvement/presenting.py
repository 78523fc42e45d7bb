"""What the pages of a plan say of it before anything else: its news, and how many steps stand on each list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from improvement.kinds import Flag
from improvement.models import Plan
from improvement.reports.since import Since, since_last_meeting
from improvement.selectors.outline import StepOutline
from torbay_reports.core import clock
from torbay_reports.core.formatting import count

FIRST: Final = (Flag.OVERDUE, Flag.DONE_BELOW_TARGET)
"""The lists that a reader is told of before all others."""


def news_of(plan: Plan, as_at: date) -> Since | None:
    """What was written since the newest paper of that day or an earlier one; None where there is none. Three queries.

    From today on, the newest paper counts even where its meeting is still to come. The paper itself asks only of the
    papers before its own day.
    """
    return since_last_meeting(plan, as_at, date.max if as_at >= clock.today() else as_at + timedelta(days=1))


def news_words(news: Since) -> str:
    """How much that is, as the end of a sentence: "3 updates and 1 change"."""
    updates = sum(each.is_update for each in news.written)
    changes = len(news.written) - updates
    if not news.written:
        return "nothing has changed"
    return f"{count(updates, 'update', 'updates')} and {count(changes, 'change', 'changes')}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of steps: which flag, how many, and its sentence."""

    flag: Flag
    number: int

    @property
    def sentence(self) -> str:
        """The list in one sentence: "25 steps are overdue"."""
        return flag_sentence(self.flag, self.number)


_SENTENCES: Final[Mapping[Flag, tuple[str, str, str]]] = {
    Flag.OVERDUE: ("No step is overdue", "step is overdue", "steps are overdue"),
    Flag.STALE: (
        "Every open step has an update of the last 90 days",
        "open step has had no update for 90 days",
        "open steps have had no update for 90 days",
    ),
    Flag.DONE_BELOW_TARGET: (
        "No step is done below its target",
        "step is done but below its target",
        "steps are done but below their targets",
    ),
    Flag.DONE_WITHOUT_EVIDENCE: (
        "Every step that is done says what came of it",
        "step is done without evidence",
        "steps are done without evidence",
    ),
    Flag.NO_OWNER: ("Every step has an owner", "step has no owner", "steps have no owner"),
    Flag.NO_DUE_DATE: ("Every step has a due date", "step has no due date", "steps have no due date"),
}


def flag_sentence(flag: Flag, number: int) -> str:
    """How many steps stand on the list, without the full stop."""
    none, one, many = _SENTENCES[flag]
    return count(number, one, many) if number else none


def lists_of(steps: Iterable[StepOutline]) -> list[Listed]:
    """Every list with its number, those that are told first at the head."""
    numbers = dict.fromkeys([*FIRST, *(flag for flag in Flag if flag not in FIRST)], 0)
    for each in steps:
        for flag in each.flags:
            numbers[flag] += 1
    return [Listed(flag, number) for flag, number in numbers.items()]
