"""The findings that a reader asks for, and the order in which they are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ofsted.calculations.answer_words import letter_words
from ofsted.calculations.answering import FindingPosition, Rank, by_rank
from ofsted.kinds import Polarity


class Wish(StrEnum):
    """What a reader wants to see of the list."""

    CONTRADICTED = "contradicted"
    UNANSWERED = "unanswered"


class Order(StrEnum):
    """The order in which findings are shown; worst first unless a reader asks for another."""

    WORST_FIRST = ""
    LETTER = "letter"
    THEME = "theme"


NO_THEME: Final = "Without a theme"


@dataclass(frozen=True, slots=True)
class WantedFindings:
    """What a reader asks for; what is empty asks for nothing. `theme` and `visit` are short names, not of any finding
    where there is none of that name."""

    words: str = ""
    theme: str = ""
    polarity: Polarity | None = None
    visit: str = ""
    wish: Wish | None = None

    def has(self, finding: FindingPosition) -> bool:
        """Whether the finding is all that is asked for."""
        return (
            (not self.theme or finding.theme_slug == self.theme)
            and (self.polarity is None or finding.polarity is self.polarity)
            and (not self.visit or finding.letter.visit == self.visit)
            and self._is_wished(finding)
            and self._is_said(finding)
        )

    def _is_wished(self, finding: FindingPosition) -> bool:
        if self.wish is Wish.CONTRADICTED:
            return bool(finding.contradicted)
        return self.wish is None or finding.rank is Rank.UNANSWERED

    def _is_said(self, finding: FindingPosition) -> bool:
        """Whether every word stands in the finding or in one of its steps, capitals or not."""
        steps = (f"{link.step.reference} {link.step.how}" for link in finding.links)
        text = " ".join((finding.words, finding.theme, finding.where, *steps)).casefold()
        return all(word in text for word in self.words.casefold().split())


@dataclass(frozen=True, slots=True)
class Group:
    """Findings under one heading, which is said with their number."""

    heading: str
    findings: tuple[FindingPosition, ...]


def grouped(findings: Iterable[FindingPosition], order: Order) -> tuple[Group, ...]:
    """The findings under headings in that order, each once; under a letter's or a theme's heading the newest first."""
    if order is Order.WORST_FIRST:
        return tuple(Group(rank.heading, tuple(each)) for rank, each in by_rank(findings).items())
    found: dict[str, list[FindingPosition]] = {}
    for each in sorted(findings, key=lambda each: each.in_letters):
        heading = letter_words(each.letter) if order is Order.LETTER else each.theme or NO_THEME
        found.setdefault(heading, []).append(each)
    if order is Order.THEME:
        found = {heading: found[heading] for heading in sorted(found, key=lambda each: (each == NO_THEME, each))}
    return tuple(Group(heading, tuple(each)) for heading, each in found.items())
