"""Findings against steps in sentences: the same words on page, file and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from improvement.calculations.position import StepPosition
from improvement.calculations.wording import measure_words
from ofsted.calculations.answering import (
    FindingPosition,
    LetterPosition,
    LinkedStep,
    Rank,
    contradicted_steps,
)
from ofsted.calculations.citing import CitedVisit
from ofsted.calculations.places import counted, counts_words
from ofsted.kinds import Polarity, Relation, SinceLast
from torbay_reports.core.formatting import count, long_date

NO_STEP: Final = "No step answers this finding."
NO_STEP_WANTED: Final = "A strength needs no step."
NO_STEP_LINKED: Final = "No step is linked to this finding."
NOBODY: Final = "nobody is named"


def letter_words(letter: LetterPosition) -> str:
    """The letter by its day: "Letter of 24 August 2017"."""
    return f"Letter of {long_date(letter.dated)}"


def since_words(finding: FindingPosition) -> str:
    """What changed since the last visit, as a sentence; nothing where the letter does not say."""
    if finding.since_last is SinceLast.NOT_STATED:
        return finding.since_last_words
    said = _capital(finding.since_last.label)
    return f"{said}: {finding.since_last_words}" if finding.since_last_words else f"{said}."


def relation_words(link: LinkedStep, letter: LetterPosition) -> str:
    """What the finding says to the step, or the step to the finding, in a sentence."""
    if link.left_on is not None:
        return f"It left the plan on {long_date(link.left_on)} and answers nothing any more."
    if link.relation is not Relation.CONTRADICTED:
        return link.relation.sentence
    day = long_date(letter.dated)
    if link.is_contradiction:
        return f"Completed. The finding of {day} says otherwise."
    if link.step.status.is_done and link.step.completed_on:
        return f"The finding of {day} says otherwise. The step was completed later, on {_day(link.step)}."
    return f"The finding of {day} says otherwise. The step is {link.step.status.label}."


def _day(step: StepPosition) -> str:
    return long_date(step.completed_on) if step.completed_on else ""


def unanswered_words(finding: FindingPosition) -> str:
    """What is said where no step that is in the plan is linked to it; nothing where one is."""
    if finding.standing:
        return ""
    if finding.polarity is Polarity.WEAKNESS:
        return NO_STEP
    return NO_STEP_WANTED if finding.polarity is Polarity.STRENGTH else NO_STEP_LINKED


def owners_words(step: StepPosition) -> str:
    """Who answers for the step, else the cell as printed."""
    return ", ".join(step.owners) or " ".join(step.who.split()) or NOBODY


def outcome_words(step: StepPosition) -> str:
    """Whether the step worked: its measures in words, else that it has none."""
    return "; ".join(measure_words(each) for each in step.measures) or _capital(step.outcome.label)


def cited_words(cited: CitedVisit) -> str:
    """Why no finding stands behind what cites the visit, in a sentence."""
    if cited.visit is None:
        return "No visit after this inspection is known in the month that is cited."
    if cited.visit.letter is None:
        return f"Visit of {cited.visit.printed}: its letter is not at hand."
    return f"Visit of {cited.visit.printed}: no finding of its letter is linked to these."


@dataclass(frozen=True, slots=True)
class Told:
    """One of the first sentences: what is counted, how many there are, and the sentence about the count's own words."""

    about: str
    number: int
    counted: str
    before: str = ""
    after: str = "."

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"{self.before}{self.counted}{self.after}"


def told(findings: Sequence[FindingPosition], cited: Sequence[CitedVisit]) -> list[Told]:
    """What is said before the list: what is contradicted, what is unanswered, then the rest that there is."""
    contradicted = len(contradicted_steps(findings))
    unanswered = _ranked(findings, Rank.UNANSWERED)
    said = [
        _contradicted(contradicted),
        Told("unanswered", unanswered, count(unanswered, "weakness", "weaknesses"), before="No step answers ")
        if unanswered
        else Told("unanswered", 0, "No weakness is without a step"),
    ]
    for rank, one, many in _FURTHER:
        if number := _ranked(findings, rank):
            said.append(Told(f"rank_{rank.value}", number, count(number, one, many)))
    if number := sum(len(each.citations) for each in cited):
        before = "The plan cites visits without a finding in "
        said.append(Told("cited", number, count(number, "place", "places"), before=before))
    return said


_FURTHER: Final = (
    (Rank.NOTHING_OPEN, "weakness has no step left open", "weaknesses have no step left open"),
    (Rank.UNDER_WAY, "weakness has an open step", "weaknesses have open steps"),
    (Rank.NOT_MARKED, "finding is not marked yet", "findings are not marked yet"),
)


def _contradicted(number: int) -> Told:
    if not number:
        return Told("contradicted", 0, "No completed step is contradicted by a later finding")
    noun = count(number, "completed step is", "completed steps are")
    return Told("contradicted", number, noun, after=" contradicted by a later finding.")


def _ranked(findings: Iterable[FindingPosition], rank: Rank) -> int:
    return sum(each.rank is rank for each in findings)


def makeup_words(findings: Sequence[FindingPosition]) -> str:
    """How many findings of how many letters there are, by polarity: "15 findings of 1 letter: 11 weaknesses, …"."""
    letters = len({each.letter.pk for each in findings})
    kinds = counts_words(counted(each.polarity for each in findings))
    return f"{count(len(findings), 'finding', 'findings')} of {count(letters, 'letter', 'letters')}: {kinds}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
