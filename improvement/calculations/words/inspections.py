"""Where words refer to an inspection: "(Ofsted December 2016)"."""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import Final

from improvement.calculations.words.days import MONTH, month_number, real_day, year_number


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to an inspection: its words without brackets, and the first day of the month that they name."""

    words: str
    month: date


_MONTH_AND_YEAR: Final = rf"(?P<month>{MONTH})(?![a-z])\.? ?(?P<year>(?:20)?[0-9]{{2}})(?![0-9])"
_KIND: Final = "(?:inspection|letter|monitoring|report|review|visit)"
_NAMED: Final = re.compile(
    rf"(?<![a-z])(?:ofsted|cqc|hmicfrs|hmip|ilacs|jtai)(?:['’]s)?(?: (?:{_KIND}|dated|from|in|of|on|the)){{0,5}}"
    rf"[ ,(–-]{{1,3}}(?:[0-9]{{1,2}}(?:st|nd|rd|th)? )?{_MONTH_AND_YEAR}(?: {_KIND}(?![a-z])){{0,2}}",
    re.I,
)
_BARE: Final = re.compile(rf"\( ?{_MONTH_AND_YEAR} ?\)", re.I)


def find_inspections(text: str, *, months: Set[date] | None = None) -> tuple[Mention, ...]:
    """Every inspection that the text refers to, in its order, with month and year.

    A month alone in brackets, "(DEC 2016)", counts too: the published tracker names a visit that way once. `months`
    holds that to the months named here; `named_months` finds those that a plan names in full.
    """
    line = " ".join(text.split())
    named = list(_NAMED.finditer(line))
    elsewhere = _NAMED.sub(lambda match: "\0" * len(match[0]), line)
    mentions = []
    for match in sorted([*named, *_BARE.finditer(elsewhere)], key=lambda each: each.start()):
        month = real_day(year_number(match["year"]), month_number(match["month"]), 1)
        if month and (months is None or match.re is _NAMED or month in months):
            mentions.append(Mention(" ".join(re.sub(r"[()]", " ", match[0]).split()), month))
    return tuple(mentions)


def named_months(texts: Iterable[str]) -> frozenset[date]:
    """The months of the inspections that these texts name in full, "Ofsted December 2016"."""
    return frozenset(mention.month for text in texts for mention in find_inspections(text, months=frozenset()))
