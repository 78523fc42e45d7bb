"""What stands before a letter's salutation and from its closing words on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ofsted.importing.characters import SOFT_HYPHEN
from ofsted.importing.lines import Line
from ofsted.importing.visits import date_of, names_monitoring_visit

_STAMP: Final = re.compile(
    r"(?:pre-? ?publication(?: (?:version|copy|letter))?|draft(?: letter)?|(?:strictly |private and )?confidential"
    r"|in confidence|embargoed(?: until .+)?|not for publication|restricted|official(?:[-–: ]+sensitive)?)",
    re.IGNORECASE,
)
_LETTERHEAD: Final = re.compile(
    r"ofsted|aviation house|agora|piccadilly gate|clive house|store street|125 kingsway|6 cumberland place"
    r"|(?:london,? )?wc2b 6se|(?:nottingham,? )?ng1 6hj|(?:(?:store street,? )?manchester,? )?m1 2wd"
    r"|(?:t|f|tel|telephone|fax|textphone|direct [tf]|enquiries)\b[:.]?[\s\d()+]+"
    r"|(?:(?:safeguarding|corporate|lead|ofsted)[\w .’'-]*)?\S+@\S+|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(
    r"(?:(?:our|your) ref(?:erence)?|ref(?:erence)?|urn|unique reference.*|by e-?mail|via e-?mail|sent by e-?mail)\b.*",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(r"(?:yours (?:sincerely|faithfully|truly)|kind regards|with best wishes),?", re.IGNORECASE)
_SIGNED_BY: Final = re.compile(r"(?:electronically )?signed(?: in the original)? by:? (?P<name>.+?)\.?", re.IGNORECASE)
_INSPECTOR: Final = re.compile(r"(?:\w+ )?(?:her|his) majesty[’']s inspector.*", re.IGNORECASE)
_COPIES: Final = re.compile(r"(?:cc|c\.c\.|copied to|copy to|copies to)\b[:.]?\s*(?P<names>.*)", re.IGNORECASE)
_POST: Final = re.compile(
    r"(?:her|his) majesty[’']s.*|(?:senior |lead |ofsted |regional )*(?:hmi|manager)\b.*"
    r"|.*\b(?:inspector|ofsted|director)\b.*",
    re.IGNORECASE,
)
_POST_LINES: Final = 4
_FOOT_LINES: Final = 8


@dataclass(frozen=True, slots=True)
class Head:
    """The lines before the salutation, told apart. `title` are those that name the visit."""

    dated: date | None
    addressee: tuple[str, ...]
    stamp: str
    title: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """The lines from the closing words on. `rest` is what is none of the others."""

    signed_by: str
    copied_to: tuple[str, ...]
    stamp: str
    dated: date | None
    rest: tuple[str, ...]


def is_stamp(words: str) -> bool:
    """Whether a line by itself is a stamp such as "Pre-publication"."""
    return _STAMP.fullmatch(words.rstrip(".")) is not None


def is_salutation(words: str) -> bool:
    """Whether a line is the one that greets."""
    return re.fullmatch(r"dear\b.{1,120}", words, re.IGNORECASE) is not None


def foot_begins_at(lines: Sequence[Line]) -> int:
    """The place of the closing words, or of the signature where no such words stand; the end where neither does."""
    for place, line in enumerate(lines):
        if _CLOSING.fullmatch(line.words):
            return place
    for place in range(max(len(lines) - _FOOT_LINES, 0), len(lines)):
        words = lines[place].words
        if _SIGNED_BY.fullmatch(words) and len(words) < 200:
            return place
        if _INSPECTOR.fullmatch(words) and len(words) < 80 and place:
            return place - 1 if len(lines[place - 1].words) < 60 and not lines[place - 1].words.endswith(".") else place
    return len(lines)


def head_of(lines: Sequence[Line]) -> Head:
    """The letter's date, whom it is addressed to and a stamp; letterhead and references are left out."""
    words = _words(lines)
    stamps = [each for each in words if is_stamp(each)]
    at = next((place for place, each in enumerate(words) if date_of(each)), None)
    dated = date_of(words[at]) if at is not None else None
    if at is None:
        at = -1
    title = tuple(each for each in words if names_monitoring_visit(each))
    after = _addressed(words[at + 1 :], title)
    addressee = after or _addressed(_below_letterhead(words[: max(at, 0)]), title)
    return Head(dated, addressee, stamps[0] if stamps else "", title)


def foot_of(lines: Sequence[Line]) -> Foot:
    """Who signed, with the post: "Emmy Tomsett, Her Majesty's Inspector"; copies, and what else stands there."""
    signed: list[str] = []
    copies: list[str] = []
    rest: list[str] = []
    stamp, dated, in_copies = "", None, False
    for words in _words(lines):
        if _CLOSING.fullmatch(words):
            continue
        if is_stamp(words):
            stamp = stamp or words
        elif dated is None and (found := date_of(words)) is not None:
            dated = found
        elif named := _SIGNED_BY.fullmatch(words):
            signed = [named["name"]]
        elif copied := _COPIES.fullmatch(words):
            in_copies = True
            copies += [copied["names"]] if copied["names"] else []
        elif in_copies and len(words) <= 200:
            copies.append(words)
        elif not rest and len(signed) < _POST_LINES and (not signed or _POST.fullmatch(words)) and len(words) <= 120:
            signed.append(words)
        else:
            rest.append(words)
    return Foot(", ".join(each.rstrip(",") for each in signed), tuple(copies), stamp, dated, tuple(rest))


def _words(lines: Sequence[Line]) -> list[str]:
    """The lines without the hyphens that a program set at their ends."""
    return [words for line in lines if (words := line.words.rstrip(SOFT_HYPHEN))]


def _addressed(words: Sequence[str], title: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        each
        for each in words
        if not (is_stamp(each) or _LETTERHEAD.fullmatch(each) or _REFERENCE.fullmatch(each) or each in title)
    )


def _below_letterhead(words: Sequence[str]) -> Sequence[str]:
    """The lines after the last of a letterhead."""
    last = max((place for place, each in enumerate(words) if _LETTERHEAD.fullmatch(each)), default=-1)
    return words[last + 1 :]
