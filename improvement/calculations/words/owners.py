"""Who answers for a step: the names in a cell that often holds several posts without anything between them.

Source of the rule: the published tracker ("Head of Service MASH/ SA Head of Service SASF", "AD/HoS/TSCB").
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class OwnersReading:
    """The names in a cell, in the order of print, each once; not sure where a person must look."""

    names: tuple[str, ...]
    is_sure: bool


_SHORT: Final = re.compile("[A-Z][A-Za-z]{1,5}")
_BULLET: Final = re.compile(r"^[\s•·▪*–—-]+")
_NOBODY: Final = frozenset({"tbc", "tba", "to be confirmed", "to be agreed", "n/a", "none", "nobody", "vacant"})
_AND: Final = re.compile(r" (?:and|&) ")
_LONGEST_NAME: Final = 12
"""Words. A longer stretch is no post that could stand in a row of posts."""


def known_owners(cells: Iterable[str]) -> frozenset[str]:
    """The names of a plan's owners: what stands alone in some cell, or as a part of a list that is plainly one.

    A cell that is itself a row of such names ("AD/HoS", "Care Leavers Practice Manager YOT Manager") is no name.
    """
    lines = {line for cell in cells for line in _lines(cell)}
    alone = {line for line in lines if "," not in line}
    names = alone | {part for line in lines - alone for part in _comma_parts(line, alone)}
    names |= {part for parts in map(_slash_parts, names) if _are_acronyms(parts) for part in parts}
    together = frozenset(names)
    rows = {name for name in together if _pieces(name, together) is not None}
    return together - rows if rows else together


def split_owners(cell: str, known: Set[str]) -> OwnersReading:
    """The owners that a cell names. `known` is what `known_owners` found in the plan; no word is lost.

    Lines, semicolons and commas part names. A slash or "and" does only where both sides are known or acronyms
    ("AD/HoS", not "MASH/ SA"), and a run of known names is cut. Whatever else looks like several stays whole, not sure.
    """
    names: list[str] = []
    is_sure = True
    for line in _lines(cell):
        for part in [line] if line in known else _comma_parts(line, known):
            pieces = _pieces(part, known)
            names += pieces or [part]
            is_sure = is_sure and (pieces is not None or not _looks_like_several(part, known))
    has_somebody = bool(names) or cell.strip(" \n\t.-–—") == ""
    return OwnersReading(tuple(dict.fromkeys(names)), is_sure and has_somebody)


def _lines(cell: str) -> list[str]:
    """The lines of a cell without bullets, nor those that say there is nobody yet."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in re.split(r"[\n;]", cell)]
    return [line for line in lines if re.search(r"\w", line) and line.casefold() not in _NOBODY]


def _comma_parts(line: str, known: Set[str]) -> list[str]:
    """The parts of a list with commas; its last "and" parts names too, but for a name that is known as a whole."""
    parts = [part.strip() for part in line.split(",")]
    if len(parts) > 1 and parts[-1] not in known:
        last = re.sub(r"^(?:and|&) ", "", parts.pop())
        parts += _AND.split(last) if last not in known else [last]
    return [part for part in parts if re.search(r"\w", part)]


def _slash_parts(name: str) -> list[str]:
    return [part.strip() for part in name.split("/")]


def _is_acronym(name: str) -> bool:
    """AD, HoS, IROs: short, and with two capitals at least."""
    return _SHORT.fullmatch(name) is not None and sum(letter.isupper() for letter in name) > 1


def _are_acronyms(parts: Sequence[str]) -> bool:
    return len(parts) > 1 and all(map(_is_acronym, parts))


@lru_cache(maxsize=4)
def _spelt(known: frozenset[str]) -> frozenset[str]:
    """The known names however they are spelt; kept, since every cell of a plan asks for the same."""
    return frozenset(each.casefold() for each in known)


def _pieces(name: str, known: Set[str]) -> list[str] | None:
    """The names of which this is a row; None where it is one name, or cannot be told."""
    spelt = _spelt(frozenset(known))
    run = _run(name.split(), spelt)
    if run is not None:
        return run
    for parts in (_slash_parts(name), _AND.split(name)):
        if len(parts) > 1 and all(part.casefold() in spelt or _is_acronym(part) for part in parts):
            return parts
    return None


def _run(words: list[str], spelt: Set[str]) -> list[str] | None:
    """The words cut into two known names or more, the longest first wherever there is a choice; else None."""
    ends = {len(words): len(words)}
    for begin in range(len(words) - 1, -1, -1):
        for end in range(min(begin + _LONGEST_NAME, len(words)), begin, -1):
            if end in ends and _is_part(words, begin, end, spelt):
                ends[begin] = end
                break
    if not words or 0 not in ends:
        return None
    names, begin = [], 0
    while begin < len(words):
        names.append(" ".join(words[begin : ends[begin]]))
        begin = ends[begin]
    return names


def _is_part(words: list[str], begin: int, end: int, spelt: Set[str]) -> bool:
    """Whether these words, but not all of the words, are a known name."""
    return end - begin < len(words) and " ".join(words[begin:end]).casefold() in spelt


def _looks_like_several(name: str, known: Set[str]) -> bool:
    """Whether it has a slash, or a known name of more than one word is a part of it."""
    words, spelt = name.split(), _spelt(frozenset(known))
    return "/" in name or any(
        _is_part(words, begin, end, spelt)
        for begin in range(len(words))
        for end in range(begin + 2, min(begin + _LONGEST_NAME, len(words)) + 1)
    )
