"""The targets that the words of a step's success state, and the figure that a reading states.

Source of the rule: the published tracker's column "Success measures". Nothing is guessed: a direction is read only
where the words say it, since 39% may be a floor or a ceiling.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from improvement.kinds import Bound, Direction

_PER_CENT: Final = r"(?<![0-9.,])(?P<number>[0-9]{1,6}(?:\.[0-9]{1,2})?) ?(?:%|per ?cent(?![a-z]))"
_FIGURE: Final = re.compile(_PER_CENT, re.I)
_BOUNDED_FIGURE: Final = re.compile(
    r"(?:(?<![a-z])(?P<open>at least|at most|up to|(?:no|not) [a-z]{2,9} than) )?"
    r"(?:(?<![a-z])(?P<bound>over|above|more than|under|below|less than|fewer than|about|around|approximately|almost"
    r"|nearly|c\.|circa) ?)?" + _PER_CENT,
    re.I,
)
_BOUNDS: Final = {
    **dict.fromkeys(("over", "above", "more than"), Bound.OVER),
    **dict.fromkeys(("under", "below", "less than", "fewer than"), Bound.UNDER),
    **dict.fromkeys(("about", "around", "approximately", "almost", "nearly", "c.", "circa"), Bound.ABOUT),
}
_NOT_A_TARGET: Final = re.compile(
    r"(?<![a-z])(?:achieved|achieving|was|were|been|from|currently|currently at|current(?:ly)? (?:of|is)"
    r"|stands at|against|compared (?:with|to)|baseline(?: (?:of|is|at|was))?(?: [–:-])?|last year|outturn(?: of)?"
    r"|performance (?:of|is|at|was)) ?$|[0-9]%? ?(?:[–—-]|to) ?$",
    re.I,
)
_FROM_TO_BEFORE: Final = re.compile(r"(?<![a-z])from [0-9.]{1,9} ?%? to $", re.I)
_RANGE_AFTER: Final = re.compile(r" ?(?:[–—-]|to) ?[0-9]{1,3} ?%", re.I)
_AT_LEAST_BEFORE: Final = re.compile(
    r"(?:(?<![a-z])(?:at least|not? (?:less|lower) than|no fewer than|(?:a )?min(?:imum|\.)(?: target)?(?: of)?)|≥|>=)"
    r" ?[:–-]? ?$",
    re.I,
)
_AT_MOST_BEFORE: Final = re.compile(
    r"(?:(?<![a-z])(?:at most|not? (?:more|higher|greater) than|not? (?:to )?exceed(?:ing)?"
    r"|(?:a )?max(?:imum|\.)(?: target)?(?: of)?)|≤|<=) ?[:–-]? ?$",
    re.I,
)
_AT_LEAST_AFTER: Final = re.compile(
    r"\+| ?\(?(?:or (?:more|above|over|higher|better)|and (?:above|over)"
    r"|(?:[a-z]+ ){0,2}?(?:as a )?minimum)(?![a-z])",
    re.I,
)
_AT_MOST_AFTER: Final = re.compile(
    r" ?\(?(?:or (?:less|fewer|lower|below|under)|and (?:below|under)|(?:[a-z]+ ){0,2}?(?:as a )?maximum)(?![a-z])",
    re.I,
)
_CHANGE: Final = (
    "(?:decreas(?:e[ds]?|ing)|drop(?:s|ped)?|fall(?:s|ing)?|improv(?:e[ds]?|ing|ement)|increas(?:e[ds]?|ing)"
    "|lower(?:s|ed|ing)?|rais(?:e[ds]?|ing)|reduc(?:e[ds]?|ing|tion)|ris(?:es?|ing))"
)
_CHANGE_BEFORE: Final = re.compile(rf"(?<![a-z]){_CHANGE}\b[^.;\n]{{0,80}} by (?:at least |a further |up to )?$", re.I)
_CHANGE_BY_BEFORE: Final = re.compile(rf"(?<![a-z]){_CHANGE} (?:by|of) (?:at least |a further )?$", re.I)
_CHANGE_AFTER: Final = re.compile(
    r" (?:target )?(?:decrease|drop|fall|improvement|increase|reduction|rise)(?![a-z])", re.I
)
SENTENCE_END: Final = re.compile(r"[.!?](?=\s)|[;\n]")
_NEAR: Final = 120
"""Characters. What bears on a figure stands that close to it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target in the words: where its figure begins and ends."""

    begin: int
    end: int
    value: Decimal
    direction: Direction


def find_targets(words: str) -> Iterator[Target]:
    """Every percentage in the words that is a target, in their order; what describes the state of today is none."""
    for match in _FIGURE.finditer(words):
        near = SENTENCE_END.split(words[max(0, match.start() - _NEAR) : match.start()])[-1]
        before = re.sub(r"\s+", " ", near)
        after = words[match.end() : match.end() + _NEAR]
        if _is_target(before, after):
            yield Target(match.start(), match.end(), Decimal(match["number"]), _direction(before, after))


def _is_target(before: str, after: str) -> bool:
    if _RANGE_AFTER.match(after):
        return False
    return _FROM_TO_BEFORE.search(before) is not None or not _NOT_A_TARGET.search(before)


def _direction(before: str, after: str) -> Direction:
    """What the words next to a figure say of it; UNKNOWN leaves it to a person."""
    if _CHANGE_BEFORE.search(before) or _CHANGE_BY_BEFORE.search(before) or _CHANGE_AFTER.match(after):
        return Direction.BASELINE
    if _AT_LEAST_BEFORE.search(before) or _AT_LEAST_AFTER.match(after):
        return Direction.AT_LEAST
    if _AT_MOST_BEFORE.search(before) or _AT_MOST_AFTER.match(after):
        return Direction.AT_MOST
    return Direction.UNKNOWN


def read_figure(words: str) -> tuple[Decimal | None, Bound]:
    """The percentage that a reading's words give, and how exactly: 80 and OVER for "over 80% had one".

    None where they give no percentage, or more than one, or "at least" one.
    """
    found = list(_BOUNDED_FIGURE.finditer(words))
    if len(found) != 1 or found[0]["open"] is not None:
        return None, Bound.EXACT
    return Decimal(found[0]["number"]), _BOUNDS.get((found[0]["bound"] or "").lower(), Bound.EXACT)
