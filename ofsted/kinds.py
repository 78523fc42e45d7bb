"""The closed lists of inspections and findings, in the words that are read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Judgement(StrEnum):
    """The overall judgement of an inspection, best first."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def label(self) -> str:
        """The judgement as it is read: "requires improvement"."""
        return self.value.replace("_", " ")


class ParagraphKind(StrEnum):
    """What a paragraph of a letter is: one of its areas, one that judges, or any other."""

    TEXT = "text"
    AREA = "area"
    FINDING = "finding"


class Polarity(StrEnum):
    """How the inspector judged; empty until somebody has marked the finding. Worst first."""

    NOT_MARKED = ""
    WEAKNESS = "weakness"
    PROGRESS = "progress"
    STRENGTH = "strength"

    @property
    def label(self) -> str:
        """The polarity as it is read."""
        return self.value or "not marked yet"

    @property
    def definition(self) -> str:
        """What it means, in one sentence."""
        return POLARITY_DEFINITIONS[self]


POLARITY_DEFINITIONS: Final[Mapping[Polarity, str]] = {
    Polarity.NOT_MARKED: "Nobody has said yet how the finding is to be read.",
    Polarity.WEAKNESS: "The inspectors found fault: something has to be put right.",
    Polarity.PROGRESS: "The inspectors saw improvement, and more is to be done.",
    Polarity.STRENGTH: "The inspectors were content: no step has to answer it.",
}


class SinceLast(StrEnum):
    """What the letter says has changed since the last visit."""

    NOT_STATED = ""
    BETTER = "better"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    NEW = "new"

    @property
    def label(self) -> str:
        """The change as it is read."""
        return SINCE_LAST_LABELS[self]


SINCE_LAST_LABELS: Final[Mapping[SinceLast, str]] = {
    SinceLast.NOT_STATED: "not stated",
    SinceLast.BETTER: "better than at the last visit",
    SinceLast.UNCHANGED: "as at the last visit",
    SinceLast.WORSE: "worse than at the last visit",
    SinceLast.NEW: "found for the first time",
}


class Relation(StrEnum):
    """What a finding says to a step; a person decides, never the program."""

    ANSWERS = "answers"
    CONTRADICTED = "contradicted"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """The relation as it is read, from the step's side."""
        return RELATION_LABELS[self]

    @property
    def sentence(self) -> str:
        """What the finding says to the step, or the step to the finding, in a sentence."""
        return RELATION_SENTENCES[self]


RELATION_LABELS: Final[Mapping[Relation, str]] = {
    Relation.ANSWERS: "is meant to put it right",
    Relation.CONTRADICTED: "is contradicted by it",
    Relation.CONFIRMED: "is borne out by it",
}

RELATION_SENTENCES: Final[Mapping[Relation, str]] = {
    Relation.ANSWERS: "The step is meant to put it right.",
    Relation.CONTRADICTED: "The finding contradicts it.",
    Relation.CONFIRMED: "The finding bears the step out.",
}
