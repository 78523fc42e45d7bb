"""Findings against steps: which completed steps a finding contradicts, which findings no step answers, worst first.

One definition for the page, the file, the paper and the slots of other pages. The rules are those of `domain.md`,
"Ofsted": that a finding and a step belong together, and how, is a person's judgement; that the step is done, and that
the finding is the later word, is known from the day asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from improvement.calculations.position import StepPosition
from ofsted.calculations.figures import QuotedFigure
from ofsted.calculations.places import place_words
from ofsted.kinds import Polarity, Relation, SinceLast


class Rank(IntEnum):
    """How much a finding wants a reader's eye, the worst first."""

    CONTRADICTED = 1
    UNANSWERED = 2
    NOTHING_OPEN = 3
    UNDER_WAY = 4
    PROGRESS = 5
    NOT_MARKED = 6
    STRENGTH = 7

    @property
    def heading(self) -> str:
        """What the findings of this rank have in common."""
        return RANK_HEADINGS[self]


RANK_HEADINGS: Final[Mapping[Rank, str]] = {
    Rank.CONTRADICTED: "Weaknesses that contradict a completed step",
    Rank.UNANSWERED: "Weaknesses that no step answers",
    Rank.NOTHING_OPEN: "Weaknesses with no step left open",
    Rank.UNDER_WAY: "Weaknesses with open steps",
    Rank.PROGRESS: "Progress that Ofsted saw",
    Rank.NOT_MARKED: "Not marked yet",
    Rank.STRENGTH: "Strengths",
}


@dataclass(frozen=True, slots=True)
class LetterPosition:
    """The letter that a finding stands in: its visit's short name and days as printed, the last known day of it."""

    pk: int
    visit: str
    visit_printed: str
    visit_ended_on: date
    dated: date
    is_held_back: bool = False


@dataclass(frozen=True, slots=True)
class LinkedStep:
    """A step that a person has linked to a finding. `left_on` is the day it left its plan, by which it answers nothing.

    `visit_ended_on` is the last known day of the finding's visit, and `action` the key of the step's action.
    """

    step: StepPosition
    action: int
    relation: Relation
    why: str
    visit_ended_on: date
    left_on: date | None = None

    @property
    def is_contradiction(self) -> bool:
        """Whether the step is completed and the finding, the later word, says otherwise.

        A step without a day of completion counts as completed before the visit.
        """
        if self.left_on is not None or self.relation is not Relation.CONTRADICTED or not self.step.status.is_done:
            return False
        return self.step.completed_on is None or self.step.completed_on <= self.visit_ended_on


@dataclass(frozen=True, slots=True)
class FindingPosition:
    """One finding with what is known of the steps that answer it, as at a day.

    `section` and `number` say where it stands in the letter, `place` in which order. `theme` and `theme_slug` are
    empty where nobody has said what it is about.
    """

    pk: int
    letter: LetterPosition
    section: str
    number: int
    place: tuple[int, int]
    words: str
    theme: str
    theme_slug: str
    polarity: Polarity
    since_last: SinceLast = SinceLast.NOT_STATED
    since_last_words: str = ""
    measures: tuple[QuotedFigure, ...] = ()
    links: tuple[LinkedStep, ...] = ()

    @property
    def where(self) -> str:
        """Where it stands in its letter: "Overview, paragraph 2"."""
        return place_words(self.section, self.number)

    @property
    def standing(self) -> tuple[LinkedStep, ...]:
        """Its links to steps that are in their plan."""
        return tuple(each for each in self.links if each.left_on is None)

    @property
    def links_worst_first(self) -> tuple[LinkedStep, ...]:
        """Its links, those to steps that it contradicts at the head, else in the order in which steps are printed."""
        return tuple(sorted(self.links, key=lambda each: not each.is_contradiction))

    @property
    def contradicted(self) -> tuple[LinkedStep, ...]:
        """Its links to completed steps that it contradicts."""
        return tuple(each for each in self.links if each.is_contradiction)

    @property
    def rank(self) -> Rank:
        """Where it stands on the list. Only weaknesses have to be answered."""
        if self.polarity is not Polarity.WEAKNESS:
            return _WITHOUT_ANSWER[self.polarity]
        if self.contradicted:
            return Rank.CONTRADICTED
        if not self.standing:
            return Rank.UNANSWERED
        return Rank.UNDER_WAY if any(each.step.status.is_open for each in self.standing) else Rank.NOTHING_OPEN

    @property
    def in_letters(self) -> tuple[int, int, tuple[int, int], int]:
        """A key that sorts by letter, the newest first, and in the order of the letter."""
        return -self.letter.dated.toordinal(), -self.letter.pk, self.place, self.pk


_WITHOUT_ANSWER: Final[Mapping[Polarity, Rank]] = {
    Polarity.PROGRESS: Rank.PROGRESS,
    Polarity.NOT_MARKED: Rank.NOT_MARKED,
    Polarity.STRENGTH: Rank.STRENGTH,
}


@dataclass(frozen=True, slots=True)
class ContradictedStep:
    """A completed step with the findings that contradict it, the newest first."""

    step: StepPosition
    findings: tuple[FindingPosition, ...]


def worst_first(findings: Iterable[FindingPosition]) -> tuple[FindingPosition, ...]:
    """The findings by rank; of one rank the newest letter's first, then in the order of the letter."""
    return tuple(sorted(findings, key=lambda each: (each.rank, each.in_letters)))


def by_rank(findings: Iterable[FindingPosition]) -> dict[Rank, list[FindingPosition]]:
    """The findings under the ranks that have any, worst first."""
    found: dict[Rank, list[FindingPosition]] = {}
    for each in worst_first(findings):
        found.setdefault(each.rank, []).append(each)
    return found


def contradicted_steps(findings: Iterable[FindingPosition]) -> tuple[ContradictedStep, ...]:
    """Each completed step that a later finding contradicts, once, in the order in which the worst findings name it."""
    steps: dict[int, StepPosition] = {}
    found: dict[int, list[FindingPosition]] = {}
    for finding in worst_first(findings):
        for link in finding.contradicted:
            steps[link.step.pk] = link.step
            found.setdefault(link.step.pk, []).append(finding)
    return tuple(
        ContradictedStep(step, tuple(sorted(found[pk], key=lambda each: each.in_letters))) for pk, step in steps.items()
    )
