"""A step's measures: read from the words of its success, and a notation for a cell that holds them with readings.

The notation has a line for every measure and " | " before every reading:
"at least 85%: visits within five days | 31 March 2017: over 80% (below target)".
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice, pairwise
from typing import Final

from improvement.calculations.tracker import MeasureEntry, ReadingEntry
from improvement.calculations.words.days import MONTH, month_number, real_day
from improvement.calculations.words.targets import SENTENCE_END, find_targets, read_figure
from improvement.kinds import Bound, Direction, Judged
from torbay_reports.core.formatting import long_date

_JOINT: Final = re.compile(r",(?=\s)|(?<=\s)(?=(?:and|or|but|then) )|(?<=\s)(?=[–—/&])", re.I)

_DIRECTIONS: Final = {
    Direction.AT_LEAST: "at least",
    Direction.AT_MOST: "at most",
    Direction.BASELINE: "change by",
    Direction.UNKNOWN: "target",
}
_IN_WORDS: Final = "in words"
_NO_LEVEL: Final = "a level not stated"
_JUDGED: Final = {Judged.AT_TARGET: "at target", Judged.BELOW: "below target"}
_NUMBER: Final = r"-?[0-9]{1,12}(?:\.[0-9]{1,2})?"
_HEAD: Final = re.compile(
    rf"(?:(?P<direction>{'|'.join(_DIRECTIONS.values())}) (?:(?P<target>{_NUMBER})|{_NO_LEVEL})|{_IN_WORDS})"
    r"(?: ?(?P<percent>%)|(?P<none> without unit)|(?(target)| in) (?P<unit>[^:]+))?",
    re.I,
)
_DATED: Final = re.compile(rf"(?P<day>[0-9]{{1,2}}) (?P<month>{MONTH}) (?P<year>[0-9]{{4}})|undated", re.I)
_FOUND: Final = re.compile(
    rf"(?P<words>.*?)(?:(?:^| )\[=(?: (?P<bound>over|under|about))?(?: (?P<value>{_NUMBER})| no figure)\])?"
    r"(?:(?:^| )\((?P<judged>at target|below target)\))?"
)
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "p": "|", "c": ":", "s": " "}
_TO_ESCAPE: Final = re.compile(r"\\|[\n\r\t|]|\[(?==)|\((?=(?:at|below) target\))|\A | \Z")
_LONGEST_UNIT: Final = 40

MOST_TARGETS: Final = 50
"""In one cell. More are no targets but a list of results, of which nobody could say which is which."""

_HOW_TO_WRITE: Final = (
    "Write each measure on a line of its own, like this: at least 85%: visits in time | 31 March 2017: over 80%."
)


def read_measures(success: str) -> tuple[MeasureEntry, ...]:
    """One measure for every target in the words; one without a target where there is none; none for an empty cell.

    A target is a percentage ("Target – 59.1%", "90% compliance minimum"); what the words give as the state of today
    ("we achieved 21.7%") is none. The words of the measures together are the words of the cell. A cell with more than
    MOST_TARGETS of them is one measure in words only.
    """
    words = success.strip()
    if not any(character.isalnum() for character in words):
        return ()
    targets = list(islice(find_targets(words), MOST_TARGETS + 1))
    if not targets or len(targets) > MOST_TARGETS:
        return (MeasureEntry(words),)
    cuts = [0, *(_cut(words, left.end, right.begin) for left, right in pairwise(targets)), len(words)]
    return tuple(
        MeasureEntry(words[begin:end].strip(), target.direction, target.value)
        for (begin, end), target in zip(pairwise(cuts), targets, strict=True)
    )


def _cut(words: str, begin: int, end: int) -> int:
    """Where one measure ends and the next begins: the last end of a sentence between them, else the last joint."""
    for sign in (SENTENCE_END, _JOINT):
        places = [match.end() for match in sign.finditer(words, begin, end)]
        if places:
            return places[-1]
    return begin


def measures_in_words(measures: Iterable[MeasureEntry]) -> str:
    """The measures as the lines of a cell. `parse_measures` reads them back as they are.

    A reading says its figure once more, "[= over 80]", only where its words alone would not give it. Signs that have
    a meaning here are written with a backslash.
    """
    return "\n".join(_line(each) for each in measures)


def parse_measures(text: str) -> tuple[MeasureEntry, ...]:
    """The measures that `measures_in_words` wrote. Raises ValueError, with what to write, for anything else."""
    lines = enumerate(text.split("\n"), start=1)
    return tuple(_measure(line, number) for number, line in lines if line.strip())


def _line(measure: MeasureEntry) -> str:
    head = f"{_head(measure)}: {_escaped(measure.words)}".rstrip(" ")
    return " | ".join([head, *(_reading_in_words(each) for each in measure.readings)])


def _head(measure: MeasureEntry) -> str:
    unit = _escaped(measure.unit).replace(":", "\\c")
    if measure.target is not None:
        level = f"{_DIRECTIONS[measure.direction]} {_number(measure.target)}"
        return f"{level}%" if unit == "%" else f"{level} {unit}" if unit else f"{level} without unit"
    is_open = measure.direction is Direction.UNKNOWN
    level = _IN_WORDS if is_open else f"{_DIRECTIONS[measure.direction]} {_NO_LEVEL}"
    return level if unit == "%" else f"{level} in {unit}" if unit else f"{level} without unit"


def _reading_in_words(reading: ReadingEntry) -> str:
    parts = [_escaped(reading.words)] if reading.words else []
    if read_figure(reading.words) != (reading.value, reading.bound):
        value = "no figure" if reading.value is None else _number(reading.value)
        parts.append(f"[= {reading.bound.value} {value}]".replace("  ", " "))
    if reading.judged is not Judged.NOT:
        parts.append(f"({_JUDGED[reading.judged]})")
    day = long_date(reading.dated_on) if reading.dated_on else "undated"
    return f"{day}: {' '.join(parts)}".rstrip(" ")


def _measure(line: str, number: int) -> MeasureEntry:
    first, *others = line.split("|")
    head, colon, words = first.partition(":")
    match = _HEAD.fullmatch(head.strip(" "))
    if match is None or not colon:
        raise _unreadable(number, first)
    unit = _unit(match)
    if len(unit) > _LONGEST_UNIT:
        raise ValueError(f"Line {number} of the measures has a unit of more than {_LONGEST_UNIT} letters. Shorten it.")
    direction = (match["direction"] or _DIRECTIONS[Direction.UNKNOWN]).casefold()
    return MeasureEntry(
        words=_unescaped(words.strip(" ")),
        direction=next(each for each, printed in _DIRECTIONS.items() if printed == direction),
        target=Decimal(match["target"]) if match["target"] else None,
        unit=unit,
        readings=tuple(_reading(each, number) for each in others),
    )


def _unit(match: re.Match[str]) -> str:
    if match["unit"] is not None:
        return _unescaped(match["unit"])
    has_level = match["target"] is not None
    return "" if match["none"] is not None or (has_level and match["percent"] is None) else "%"


def _reading(printed: str, number: int) -> ReadingEntry:
    day, colon, rest = printed.partition(":")
    dated = _DATED.fullmatch(day.strip(" "))
    found = _FOUND.fullmatch(rest.strip(" "))
    if dated is None or found is None or not colon:
        raise _unreadable(number, printed)
    dated_on = None
    if dated["year"] is not None:
        dated_on = real_day(int(dated["year"]), month_number(dated["month"]), int(dated["day"]))
        if dated_on is None:
            raise ValueError(f"Line {number} of the measures: {day.strip()} is no day of the calendar. Correct it.")
    words = _unescaped(found["words"])
    value, bound = read_figure(words)
    if "[=" in found[0][found.end("words") :]:
        value, bound = Decimal(found["value"]) if found["value"] else None, Bound(found["bound"] or "")
    judged = next((each for each, label in _JUDGED.items() if label == found["judged"]), Judged.NOT)
    return ReadingEntry(words, dated_on, value, bound, judged)


def _unreadable(number: int, printed: str) -> ValueError:
    shown = " ".join(printed.split())[:60]
    return ValueError(f"Line {number} of the measures cannot be read: '{shown}'. {_HOW_TO_WRITE}")


def _number(value: Decimal) -> str:
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _escaped(words: str) -> str:
    letters = {sign: letter for letter, sign in _ESCAPES.items()}
    return _TO_ESCAPE.sub(lambda match: "\\" + letters.get(match[0], match[0]), words)


def _unescaped(words: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), words)
