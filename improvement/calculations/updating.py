"""What an update has to be before anybody may send it: one list of rules for the form and for what stores it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import category

from improvement.kinds import Status
from torbay_reports.core.formatting import long_date

LONGEST_TEXT: Final = 10_000
PROPOSABLE: Final = tuple(status for status in Status if status is not Status.NOT_STATED)
"""What a step can be said to be. That nobody states its status is no news."""

_BLANK_LETTERS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by Unicode's classes that show nothing: the fillers of Hangul, and the blank of Braille."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An update as its writer means it. Without `proposed_status` the step stays what it is."""

    text: str
    dated_on: date
    proposed_status: Status | None = None
    completed_on: date | None = None
    evidence: str = ""

    @property
    def says_done(self) -> bool:
        """Whether it would make the step done."""
        return self.proposed_status is not None and self.proposed_status.is_done


def stamp_of(day: date) -> str:
    """The day as it stands behind an update in print: (31 March 2017)."""
    return f"({long_date(day)})"


def tidy(text: str) -> str:
    """The words as they are stored: one kind of line break, no blanks at either end; nothing where none can be seen."""
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return words if any(map(_can_be_seen, words)) else ""


def _can_be_seen(character: str) -> bool:
    """Not a blank, a control, or a mark that needs a letter: evidence of these alone would be none."""
    return category(character)[0] not in "CMZ" and character not in _BLANK_LETTERS


def problems(draft: Draft, today: date) -> Mapping[str, str]:
    """What is wrong with it: a sentence for each field that has to be put right."""
    found: dict[str, str] = {}
    if not draft.text:
        found["text"] = "Write what was done, or what came of it."
    elif len(draft.text) > LONGEST_TEXT:
        found["text"] = f"This update is too long. Write at most {LONGEST_TEXT:,} characters."
    if draft.dated_on > today:
        found["dated_on"] = f"{long_date(draft.dated_on)} is still to come. Type the day by which this was so."
    if draft.proposed_status is not None and draft.proposed_status not in PROPOSABLE:
        found["proposed_status"] = "A step cannot be said to have no status. Choose one from the list."
    if draft.says_done and not draft.evidence:
        found["evidence"] = "A step is done only with evidence. Say what shows it, or choose another status."
    if draft.completed_on is not None:
        found.update(_about_completion(draft, draft.completed_on, today))
    return found


def _about_completion(draft: Draft, completed_on: date, today: date) -> Mapping[str, str]:
    if not draft.says_done:
        return {"completed_on": "Only a step that is done has a day on which it was. Choose such a status, or no day."}
    if completed_on > today:
        return {"completed_on": f"{long_date(completed_on)} is still to come. Type the day on which it was done."}
    return {}
