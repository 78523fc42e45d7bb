"""What a status cell says, from the closed list."""

import re
from dataclasses import dataclass
from typing import Final

from improvement.calculations.words.days import MONTH
from improvement.kinds import Status


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status, and whether the printed words are known to mean it.

    An empty cell is known to state nothing; a note is "not stated" and not known, so that a person decides.
    """

    status: Status
    is_known: bool


_UNKNOWN: Final = StatusReading(Status.NOT_STATED, False)

_STROKES: Final = re.compile(r"[\s.·…*_/–—-]*")
"""Stands for an empty cell; a tick or a coloured disc does not."""

_SEPARATOR: Final = r"\s*(?:[-–—,;:./(\[&]|\band\b|\n)"
_DATE: Final = rf"\s+(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)? ?)?(?:{MONTH})\b|[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-])"
_LINK: Final = r"\s+(?:as|at|but|by|for|from|in|on|since|to|until|with)\b"
_BEFORE: Final = r"(?:(?:action|all|already|are|fully|has been|has|is|now|step|work) ){0,3}"

_OPENINGS: Final = (
    (
        Status.NOT_STARTED,
        r"(?:not|yet)(?: yet)?(?: to)?(?: been)? (?:start(?:ed)?|begun|begin|commenced?)|to be (?:started|commenced)",
    ),
    (Status.STOPPED, r"stopped|cancelled|canceled|withdrawn|abandoned|discontinued|no longer required"),
    (
        Status.IN_PROGRESS,
        r"in progress|in process|work in progress|on ?going|on-going|on track|started|begun|commenced|under ?way"
        r"|progressing|part(?:ly|ially)?[ -]complete[d]?|continuing",
    ),
    (Status.NOT_STATED, r"not stated"),
)
_OPENING: Final = [
    (status, re.compile(rf"{_BEFORE}(?:{words})(?=\s*\Z|{_SEPARATOR}|{_DATE}|{_LINK})", re.I))
    for status, words in _OPENINGS
]
_DONE: Final = re.compile(
    rf"{_BEFORE}(?:completed?|done|closed|finished|achieved|delivered|implemented|signed off)"
    rf"(?=\s*\Z|{_SEPARATOR}|{_DATE}|\s+(?:in|on) |\s+(?:ongoing|on-going|continuing))",
    re.I,
)
_GOES_ON: Final = re.compile(r"\b(?:on-?\s?going|continuing|continues)\b", re.I)
_BIDS: Final = re.compile(r"complete (?:and|&)", re.I)
_TAKES_BACK: Final = re.compile(
    r"\b(?:aim\w*|almost|apart|await\w*|bar|but|cancel\w*|delay\w*|draft\w*|due|except\w*|exclud\w*|expect\w*|hope\w*"
    r"|however|if|incomplete|in principle|largely|mainly|mostly|nearly|needs?|never|no|not|once|only|other than"
    r"|outstanding|overdue|part|partial\w*|partly|pending|phases?|pilot\w*|planned|provided|remain\w*|re-?open\w*|requir\w*"
    r"|some|stages?|still|stopped|subject|substantially|to be|to do|to follow|unless|until|when|will|yet)\b"
    r"|%|n['’]t\b|\b[0-9]+ (?:out )?of [0-9]",
    re.I,
)


def read_status(printed: str) -> StatusReading:
    """What the printed status means. Only a cell that opens with a known wording counts.

    "Completed" followed by words that take it back ("Completed – to be reviewed", "Completed except audits") is not
    known: a step is not called done on half a promise. Neither is a colour, a note, what bids somebody to do something
    ("Complete and issue"), or anything with a question mark.
    """
    words = printed.strip()
    if not any(character.isalnum() for character in words):
        return StatusReading(Status.NOT_STATED, _STROKES.fullmatch(words) is not None)
    if "?" in words:
        return _UNKNOWN
    words = re.sub(r"[^\S\n]+", " ", words)
    done = _DONE.match(words)
    if done:
        return _UNKNOWN if _BIDS.match(words) else _how_done(words[done.end() :])
    for status, opening in _OPENING:
        if opening.match(words):
            return StatusReading(status, True)
    return _UNKNOWN


def _how_done(rest: str) -> StatusReading:
    if _TAKES_BACK.search(rest):
        return _UNKNOWN
    return StatusReading(Status.DONE_CONTINUING if _GOES_ON.search(rest) else Status.DONE, True)
