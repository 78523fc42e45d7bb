"""What a "when" cell says: the day by which a step is due, or why there is none.

Source of the rule: the wordings of the published tracker. A month stands for its last day; a person decides the rest.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Final

from improvement.calculations.words.days import MONTH, month_end, month_number, quarter_of, real_day, year_number


class DueKind(StrEnum):
    """How a due date is known."""

    DATED = "dated"
    RECURRING = "recurring"
    SEVERAL = "several"
    UNCLEAR = "unclear"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class DueReading:
    """The last day on which a step is due; None where the words give no one day.

    RECURRING has no day ("From Jan 2017 and ongoing"), SEVERAL has the later of two that stand side by side without
    order, UNCLEAR has words but no day that the calendar knows.
    """

    due_on: date | None
    kind: DueKind


_NUMBERED_THING: Final = re.compile(
    r"\b(?:phase|stage|part|tranche|round|step|version|draft|wave|week|term|year|section)\.? ?[0-9]{1,3}\b"
)
_RECURRING: Final = re.compile(
    r"\b(?:on-? ?going|onwards?|(?:half[- ]?)?termly|daily|(?:bi-?)?weekly|fortnightly|(?:bi-?)?monthly|quarterly"
    r"|annual(?:ly)?|yearly|every|each|continuous(?:ly)?|continual(?:ly)?|continuing|regular(?:ly)?|rolling)\b"
)
_FROM: Final = re.compile(r"\bfrom\b")
_DAY: Final = "[0-9]{1,2}(?:st|nd|rd|th)?"
_MENTION: Final = re.compile(
    rf"(?<![0-9a-z])(?:(?P<days>{_DAY}(?: ?(?:[/,&–-]|and|to) ?{_DAY}){{0,12}})[ .]{{0,2}}(?:of )?)?"
    rf"(?<![a-z])(?P<month>{MONTH})(?![a-z])\.?,? ?(?:(?P<after>{_DAY}),? (?=20[0-9]{{2}}))?"
    r"(?:['’]?(?P<year>(?:20)?[0-9]{2})(?![0-9a-z]|[/.:–-][0-9]))?"
    r"|\b(?:q|quarter )(?P<quarter>[1-4]),? (?P<start>20[0-9]{2})[/–-](?P<end>[0-9]{2})(?![0-9])"
    r"|(?<![0-9./-])(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])"
    r"|(?<![0-9./-])(?P<numbers>[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4})(?![0-9])"
    r"|(?<![0-9./-])(?P<month_of_year>[0-9]{1,2}[./]20[0-9]{2})(?![0-9]|[./-][0-9])"
)
_LEFT_OVER: Final = re.compile(r"[0-9]{4}|[0-9][./-][0-9]{1,2}[./-][0-9]")
_JOINT: Final = re.compile(r"[ ,;]*(?:[/&–—-]|and|or|to|until|till)?[ ,;]*")
_RANGE: Final = re.compile(r" *(?:[–—-]|to|until|till) *")


def read_due(printed: str) -> DueReading:
    """The day by which a step is due, as printed. A slip such as 31/2/2017 or "Febuary 2017" is UNCLEAR."""
    words = " ".join(printed.lower().split())
    if not any(character.isalnum() for character in words):
        return DueReading(None, DueKind.BLANK)
    words = _NUMBERED_THING.sub("", words)
    matches = list(_MENTION.finditer(words))
    gaps = [words[left.end() : right.start()] for left, right in pairwise(matches)]
    if _RECURRING.search(words) or (_FROM.search(words) and not any(_RANGE.fullmatch(gap) for gap in gaps)):
        return DueReading(None, DueKind.RECURRING)
    days = _days(matches, gaps)
    if not days or None in days or _LEFT_OVER.search(_MENTION.sub(" ", words)):
        return DueReading(None, DueKind.UNCLEAR)
    known = [day for day in days if day is not None]
    is_ordered = known == sorted(known) and all(map(_are_joined, matches, gaps))
    several = not is_ordered and len(set(known)) > 1
    return DueReading(max(known), DueKind.SEVERAL if several else DueKind.DATED)


def _are_joined(left: re.Match[str], gap: str) -> bool:
    """Whether a list or range goes on after `left`: a joining word or sign, or a month that borrows its year."""
    is_short_of_year = left["month"] is not None and left["year"] is None
    return _JOINT.fullmatch(gap) is not None and (is_short_of_year or gap.strip(" ,;") != "")


def _days(matches: list[re.Match[str]], gaps: list[str]) -> list[date | None]:
    """The last day of each mention, None where it is no real day or has no year. A year is carried back to the left."""
    days: list[date | None] = []
    following: tuple[int, int] | None = None
    for number in range(len(matches) - 1, -1, -1):
        match = matches[number]
        if number < len(gaps) and _JOINT.fullmatch(gaps[number]) is None:
            following = None
        if match["month"] is None:
            day = _day_in_numbers(match)
            following = (day.year, day.month) if day else None
        else:
            month = month_number(match["month"])
            if match["year"] is not None:
                following = (year_number(match["year"]), month)
            elif following is not None:
                following = (following[0] - (month > following[1]), month)
            day = _day_in_words(match, following[0], month) if following else None
        days.append(day)
    return days[::-1]


def _day_in_words(match: re.Match[str], year: int, month: int) -> date | None:
    printed = re.findall("[0-9]+", f"{match['days'] or ''} {match['after'] or ''}")
    if not printed:
        return month_end(year, month)
    days = [real_day(year, month, int(each)) for each in printed]
    return None if None in days else max(day for day in days if day is not None)


def _day_in_numbers(match: re.Match[str]) -> date | None:
    if match["quarter"] is not None:
        quarter = quarter_of(match["quarter"], match["start"], match["end"])
        return quarter.last_day if quarter else None
    if match["iso"] is not None:
        year, month, day = match["iso"].split("-")
        return real_day(int(year), int(month), int(day))
    if match["month_of_year"] is not None:
        month, year = re.split("[./]", match["month_of_year"])
        return month_end(int(year), int(month))
    day, month, year = re.split("[./-]", match["numbers"])
    if not re.fullmatch("(?:20)?[0-9]{2}", year):
        return None
    return real_day(year_number(year), int(month), int(day))
