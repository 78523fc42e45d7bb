"""Steps whose words cite a visit ("Ofsted December 2016") of which no finding is linked to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ofsted.calculations.answering import FindingPosition, LetterPosition, LinkedStep


@dataclass(frozen=True, slots=True)
class VisitPosition:
    """A visit that a reader may know of, with its letter where they may read one."""

    pk: int
    slug: str
    printed: str
    month: date
    latest_day: date
    letter: LetterPosition | None = None

    def is_in(self, month: date) -> bool:
        """Whether it fell into the month of that first day, or began or ended in it."""
        return self.month <= month <= self.latest_day


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a visit: its words and month, and the action or the step whose words hold it.

    `action` and `step` are keys; `step` is None where the words are the action's, and so those of all its `steps`.
    `about` are the words of the action or the step; `steps` are references and numbers.
    """

    words: str
    month: date
    action: int
    action_reference: str
    step: int | None
    about: str
    steps: tuple[tuple[str, int], ...]

    def is_of(self, link: LinkedStep) -> bool:
        """Whether the link is to the step that cites, or to a step of the action that does."""
        return link.action == self.action if self.step is None else link.step.pk == self.step


@dataclass(frozen=True, slots=True)
class CitedVisit:
    """What cites a visit without one of its findings; `visit` is None where no visit fell into that month."""

    visit: VisitPosition | None
    citations: tuple[Citation, ...]


def without_finding(
    citations: Iterable[Citation], visits: Iterable[VisitPosition], findings: Iterable[FindingPosition]
) -> tuple[CitedVisit, ...]:
    """The citations that no finding stands behind, each once, by visit: the oldest first, and last those of no visit.

    A finding stands behind one where it is of a letter about a visit in that month and linked to the step.
    """
    links = [(finding.letter.pk, link) for finding in findings for link in finding.standing]
    known = sorted(visits, key=lambda each: (each.month, each.latest_day, each.pk))
    found: dict[int | None, list[Citation]] = {each.pk: [] for each in known}
    for citation in citations:
        fitting = [each for each in known if each.is_in(citation.month)]
        letters = {each.letter.pk for each in fitting if each.letter}
        if not any(letter in letters and citation.is_of(link) for letter, link in links):
            found.setdefault(fitting[0].pk if fitting else None, []).append(citation)
    by_key: dict[int | None, VisitPosition] = {each.pk: each for each in known}
    return tuple(CitedVisit(by_key.get(pk), tuple(each)) for pk, each in found.items() if each)
