"""Findings against steps as templates show them: every sentence made, nothing left to decide."""

from collections.abc import Iterable
from dataclasses import dataclass

from improvement.calculations.position import StepPosition
from ofsted.calculations.answer_words import (
    cited_words,
    letter_words,
    outcome_words,
    owners_words,
    relation_words,
    since_words,
    unanswered_words,
)
from ofsted.calculations.answering import ContradictedStep, FindingPosition, LinkedStep
from ofsted.calculations.citing import Citation, CitedVisit
from ofsted.calculations.figures import figure_sentences
from ofsted.calculations.narrowing import Group


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A step under a finding; `says` is what the one says of the other."""

    step: StepPosition
    owners: str
    outcome: str
    says: str
    why: str
    stands_out: bool


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with where it stands and what is said where no step answers it."""

    finding: FindingPosition
    place: str
    letter: str
    figures: tuple[str, ...]
    since: str
    missing: str
    links: tuple[ShownLink, ...]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Findings under a heading."""

    heading: str
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class ShownContradiction:
    """A completed step with what later findings say to it, and where these stand."""

    step: StepPosition
    owners: str
    links: tuple[tuple[ShownFinding, ShownLink], ...]


@dataclass(frozen=True, slots=True)
class ShownCitations:
    """Why no finding stands behind what cites a visit, and what cites it; `letter` is the visit's slug where it has a
    letter that the reader may read."""

    why: str
    letter: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme with how many findings are about it."""

    slug: str
    name: str
    number: int


def shown_groups(groups: Iterable[Group]) -> list[ShownGroup]:
    """The groups as they are shown."""
    return [ShownGroup(each.heading, tuple(map(shown_finding, each.findings))) for each in groups]


def shown_finding(finding: FindingPosition) -> ShownFinding:
    """One finding as it is shown, what it contradicts first."""
    return ShownFinding(
        finding=finding,
        place=finding.where,
        letter=letter_words(finding.letter),
        figures=tuple(figure_sentences(each) for each in finding.measures),
        since=since_words(finding),
        missing=unanswered_words(finding),
        links=tuple(_link(each, finding) for each in finding.links_worst_first),
    )


def _link(link: LinkedStep, finding: FindingPosition) -> ShownLink:
    return ShownLink(
        step=link.step,
        owners=owners_words(link.step),
        outcome=outcome_words(link.step),
        says=relation_words(link, finding.letter),
        why=link.why,
        stands_out=link.is_contradiction,
    )


def shown_contradictions(steps: Iterable[ContradictedStep]) -> list[ShownContradiction]:
    """The contradicted steps as they are shown."""
    return [
        ShownContradiction(
            step=each.step,
            owners=owners_words(each.step),
            links=tuple(
                (shown_finding(finding), _link(link, finding))
                for finding in each.findings
                for link in finding.contradicted
                if link.step.pk == each.step.pk
            ),
        )
        for each in steps
    ]


def shown_citations(cited: Iterable[CitedVisit]) -> list[ShownCitations]:
    """What cites a visit without a finding, as it is shown."""
    return [
        ShownCitations(
            why=cited_words(each),
            letter=each.visit.slug if each.visit and each.visit.letter else "",
            citations=each.citations,
        )
        for each in cited
    ]


def themes_of(findings: Iterable[FindingPosition]) -> list[ThemeCount]:
    """The themes of these findings by name."""
    found: dict[tuple[str, str], int] = {}
    for each in findings:
        if each.theme_slug:
            found[each.theme, each.theme_slug] = found.get((each.theme, each.theme_slug), 0) + 1
    return [ThemeCount(slug, name, number) for (name, slug), number in sorted(found.items())]
