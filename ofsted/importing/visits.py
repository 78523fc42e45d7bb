"""Number and days of the visit, and the letter's date, out of words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ofsted.calculations.letter import VisitDays
from ofsted.importing.refusals import UnreadableLetter
from ofsted.importing.sentences import sentences_of

_ORDINAL: Final = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth"
)
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_SHORT_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_NAMED: Final = rf"(?:{_MONTH}|{_SHORT_MONTH})"
_WEEKDAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DAY: Final = rf"{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?"
_TO: Final = r"(?:,? (?:and|to|until|&) | ?[-–—] ?|, )"
_DAYS: Final = re.compile(
    rf"\b(?:{_DAY}(?:,? {_NAMED})?(?:,? \d{{4}})?{_TO}){{0,9}}{_DAY},? {_NAMED},? \d{{4}}\b",
    re.IGNORECASE,
)
_ONE: Final = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<month>{_NAMED}))?(?:,? (?P<year>\d{{4}}))?",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    rf"(?:date[d]?:? ?)?{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_NAMED}),? (?P<year>\d{{4}})",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(
    r"(?:date[d]?:? ?)?(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})", re.IGNORECASE
)
_NOT_OF_THE_VISIT: Final = re.compile(
    r"\b(?:judged|inspected|inspection|published|letter of|dated|since|previous|last)\b[^,;]*$", re.IGNORECASE
)
_NUMBER_WORD: Final = rf"(?P<number>{_ORDINAL}|[1-9]\d?(?:st|nd|rd|th))"
_NUMBERED: Final = re.compile(rf"\b{_NUMBER_WORD}(?: [\w’'-]+){{0,2}}? visit\b", re.IGNORECASE)
_IS_THE: Final = re.compile(
    rf"\b(?:was|is) (?:the|our|ofsted[’']s|your|its|a) {_NUMBER_WORD}(?: [\w’'-]+){{0,2}}? visit\b", re.IGNORECASE
)
_MONITORING: Final = re.compile(r"\bmonitoring visit", re.IGNORECASE)
_VISIT: Final = re.compile(r"\bvisit(?:ed)?\b", re.IGNORECASE)


def names_monitoring_visit(words: str) -> bool:
    """Whether the words speak of a monitoring visit."""
    return _MONITORING.search(words) is not None


def number_of(title: str, opening: Sequence[str]) -> int | None:
    """Which visit it was: "third monitoring visit", "3rd". What the opening says it was goes before the title."""
    said = [match for words in opening if (match := _IS_THE.search(words))]
    named = [match for words in (title, *opening[:1]) if (match := _NUMBERED.search(words))]
    for match in (*said, *named):
        word = match["number"].lower()
        words = _ORDINAL.split("|")
        return words.index(word) + 1 if word in words else int(word[:-2])
    return None


def days_of(paragraphs: Sequence[str]) -> VisitDays | None:
    """When the visit was, by the first sentence on the visit that has days with their year. Raises UnreadableLetter."""
    for words in paragraphs:
        for sentence in sentences_of(words):
            if _VISIT.search(sentence):
                for found in _DAYS.finditer(sentence):
                    if not _NOT_OF_THE_VISIT.search(sentence[: found.start()]):
                        return _days(found[0])
    return None


def date_of(words: str) -> date | None:
    """The date that a line by itself gives: "24 August 2017"."""
    match = _DATE.fullmatch(words.strip()) or _FIGURES.fullmatch(words.strip())
    if match is None:
        return None
    return _date(match["day"], match["month"], match["year"])


def _days(printed: str) -> VisitDays:
    days = sorted(_each(printed))
    if not days or len(printed) > 100:
        raise UnreadableLetter(
            "The sentence that says when the visit was names days that no calendar has, or too many. "
            "Write them like “25 and 26 July 2017”."
        )
    if days != list(_each(printed)):
        raise UnreadableLetter(
            "The days of the visit stand in the wrong order. Write the first before the last: “25 and 26 July 2017”."
        )
    return VisitDays(printed=printed, first=days[0], last=days[-1])


def _each(printed: str) -> Iterator[date]:
    """The days of "30 November and 1 December 2016", each with the month and year that stand next behind it."""
    matches = list(_ONE.finditer(printed))
    month = year = ""
    days: list[date] = []
    for match in reversed(matches):
        month, year = match["month"] or month, match["year"] or year
        day = _date(match["day"], month, year)
        if day is None:
            return
        days.append(day)
    yield from reversed(days)


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month) if month.isdigit() else _month(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    """Its number, from one. Raises ValueError."""
    return 1 + _MONTHS.split("|").index(word.lower()[:3])
