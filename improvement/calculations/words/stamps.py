"""The notes in an outcome cell. A note is closed by its stamp: "Template now live. (31 March 2017)".

Source of the rule: the published tracker, where every date stands behind its note. A date inside a sentence
("will be launched on 13.12.16") is part of the note.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from improvement.calculations.tracker import UpdateEntry
from improvement.calculations.words.days import MONTH, month_number, quarter_of, quarter_slug, real_day, year_number

_WORDED: Final = rf"[0-9]{{1,2}}(?:st|nd|rd|th)?[\s.]{{1,3}}(?:{MONTH})[\s.]{{1,3}}"
_STAMP: Final = re.compile(
    r"(?<!\S)(?P<escape>\\*)(?P<stamp>"
    r"(?P<bracketed>\(\s?(?:"
    rf"(?P<numbers>[0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:20)?[0-9]{{2}})|(?P<worded>{_WORDED}(?:20)?[0-9]{{2}})"
    r"|(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})"
    r"|(?:Q|Quarter\s)(?P<quarter>[1-4]),?\s(?P<start>20[0-9]{2})[/–-](?P<end>[0-9]{2})"
    r")\s?\)\.?)"
    r"|(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.(?:20)?[0-9]{2})\.?"
    rf"|(?P<alone>{_WORDED}20[0-9]{{2}})\.?"
    r"|\[(?P<none>undated)?(?:dated\s(?P<dated>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
    r"(?:;?\s?quarter\s(?P<slug>[0-9]{4}-[0-9]{2}/q[1-4]))?"
    r"(?:;\sprinted\s\"(?P<printed>(?:[^\"\\\n]|\\[\"\\n])*)\")?\]"
    r")(?=\s|\Z)",
    re.I,
)
_GOES_ON: Final = re.compile(r"[^\S\n]*(\S?)")
_BELONGS: Final = re.compile(
    r"\(?(?:about|after|and|as|at|before|begin(?:s|ning)?|begun|between|by|commenc(?:es|ing)|dated|due|during|for|from"
    r"|goes|going|in|launch(?:e[ds]|ing)?|live|of|on|or|since|start(?:s|ed|ing)?|than|the|till|to|until|w/c|w/e|was"
    r"|week|with)|.*[:,–—-]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A stamp that closes a note, or, `is_literal`, what would be one but for the backslash before it."""

    match: re.Match[str]
    dated_on: date | None
    quarter: str
    is_literal: bool


def split_updates(outcome: str) -> tuple[UpdateEntry, ...]:
    """The notes of an outcome, in the order of print; what follows the last stamp is a note without a date.

    A stamp that the calendar does not know ("31.2.17") stays in the words. A backslash before a stamp makes it a
    part of the words, and "[undated]", "[dated 2017-03-31]" close a note too: `join_updates` writes them.
    """
    updates: list[UpdateEntry] = []
    begin = 0
    literal: list[int] = []
    for found in _stamps(outcome):
        if found.is_literal:
            literal.append(found.match.start())
            continue
        text = _without(outcome, begin, found.match.start(), literal)
        updates.append(UpdateEntry(text, _printed(found.match), found.dated_on, found.quarter))
        begin, literal = found.match.end(), []
    text = _without(outcome, begin, len(outcome), literal)
    if text:
        updates.append(UpdateEntry(text))
    return tuple(updates)


def join_updates(updates: Iterable[UpdateEntry]) -> str:
    """The outcome cell that `split_updates` reads as these notes, one after another, each from a new line.

    Where a note in the plain form would be read as something else it is closed by a bracket that says all:
    "[undated]", "[dated 2016-12-09]", '[dated 2016-12-09; printed "9/12"]'. Texts are expected without blanks
    at either end, as they are read and stored.
    """
    notes = list(updates)
    return "\n".join(_note(each, is_last=number == len(notes)) for number, each in enumerate(notes, start=1))


def _note(update: UpdateEntry, *, is_last: bool) -> str:
    text = _escaped(update.text)
    for plain in (f"{text} {update.stamp}".strip(), f"{text}\n{update.stamp}"):
        if (update.stamp or is_last) and split_updates(plain) == (update,):
            return plain
    return f"{text} {_full_stamp(update)}".strip()


def _full_stamp(update: UpdateEntry) -> str:
    parts = [f"dated {update.dated_on.isoformat()}"] if update.dated_on else []
    if update.quarter:
        parts.append(f"quarter {update.quarter}")
    if not parts:
        parts.append("undated")
    if update.stamp:
        quoted = update.stamp.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        parts.append(f'printed "{quoted}"')
    return f"[{'; '.join(parts)}]"


def _escaped(text: str) -> str:
    """The text with a backslash before whatever would be taken for a stamp, even where one stands there already."""
    pieces, begin = [], 0
    for start in _places(text):
        pieces += [text[begin:start], "\\"]
        begin = start
    return "".join([*pieces, text[begin:]])


def _places(text: str) -> Iterator[int]:
    """Where the text has something that would be a stamp if nothing in it were one."""
    for match in _STAMP.finditer(text):
        if _closes(text, 0, match) and _value(match) is not None:
            yield match.start()


def _stamps(outcome: str) -> Iterator[_Found]:
    begin = 0
    for match in _STAMP.finditer(outcome):
        value = _value(match) if _closes(outcome, begin, match) else None
        if value is None:
            continue
        is_literal = match["escape"] != ""
        if not is_literal:
            begin = match.end()
        yield _Found(match, *value, is_literal)


def _closes(outcome: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the date stands behind a note that begins at `begin`, not inside one of its sentences."""
    follows = _GOES_ON.match(outcome, match.end())
    if follows is not None and follows[1].islower():
        return False
    before = outcome[max(begin, match.start() - 40) : match.start()]
    if match["alone"] is not None:
        return before.rstrip(" ")[-1:] in ("", "\n", ".", "!", "?", ")", '"', "”")
    if match["dotted"] is not None:
        last = before.split()[-1:]
        return not last or _BELONGS.fullmatch(last[0]) is None
    return True


def _value(match: re.Match[str]) -> tuple[date | None, str] | None:
    """Day and quarter of a stamp; None where the calendar knows no such day, or the bracket says nothing."""
    if match["quarter"] is not None:
        quarter = quarter_of(match["quarter"], match["start"], match["end"])
        return (None, quarter_slug(quarter)) if quarter else None
    if match["stamp"].startswith("["):
        return _value_in_full(match)
    if match["iso"] is not None:
        day = real_day(*map(int, match["iso"].split("-")))
    else:
        printed = match["numbers"] or match["dotted"] or match["worded"] or match["alone"]
        number, month, year = (each for each in re.split(r"[\s./-]+", printed) if each)
        in_digits = int(month) if month.isdecimal() else month_number(month)
        day = real_day(year_number(year), in_digits, int(re.sub("[^0-9]", "", number)))
    return (day, "") if day else None


def _value_in_full(match: re.Match[str]) -> tuple[date | None, str] | None:
    has_value = match["dated"] is not None or match["slug"] is not None
    if has_value == (match["none"] is not None):
        return None
    if match["dated"] is None:
        return None, (match["slug"] or "").lower()
    day = real_day(*map(int, match["dated"].split("-")))
    return (day, (match["slug"] or "").lower()) if day else None


def _printed(match: re.Match[str]) -> str:
    if not match["stamp"].startswith("["):
        return match["stamp"]
    return re.sub(r"\\(.)", lambda each: "\n" if each[1] == "n" else each[1], match["printed"] or "")


def _without(outcome: str, begin: int, end: int, literal: list[int]) -> str:
    """What stands from `begin` to `end`, without one backslash at each of these places, and without outer blanks."""
    pieces = []
    for place in literal:
        pieces.append(outcome[begin:place])
        begin = place + 1
    return "".join([*pieces, outcome[begin:end]]).strip()
