"""How a finding's marks read to the lead who keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ofsted.calculations.figures import figure_words
from ofsted.kinds import Polarity, Relation, SinceLast
from ofsted.models import Finding, FindingMeasure, LetterParagraph, StepLink
from ofsted.selectors.rows import quoted
from torbay_reports.core.formatting import count


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding as the letter's page lists it: its part of the paragraph, if it is one, and its marks in a sentence."""

    pk: int
    quote: str
    is_marked: bool
    says: str


@dataclass(frozen=True, slots=True)
class KeptParagraph:
    """A paragraph with the findings in it. `section` is its heading where it is the first under it."""

    paragraph: LetterParagraph
    section: str
    findings: tuple[KeptFinding, ...]


def kept_paragraphs(
    paragraphs: Sequence[LetterParagraph], findings: Sequence[Finding], links: Mapping[int, list[StepLink]]
) -> list[KeptParagraph]:
    """The letter's paragraphs in their order, with what is marked of them."""
    kept: list[KeptParagraph] = []
    before = ""
    for each in paragraphs:
        of_it = tuple(
            KeptFinding(finding.pk, finding.quote, bool(finding.polarity), marks_in_words(finding, links[finding.pk]))
            for finding in findings
            if finding.paragraph_id == each.pk
        )
        kept.append(KeptParagraph(each, each.section if each.section != before else "", of_it))
        before = each.section
    return kept


def marks_in_words(finding: Finding, links: Sequence[StepLink]) -> str:
    """The marks in a sentence: "Weakness; theme “housing”; 2 measures; step 13.2/1 is contradicted by it."."""
    parts = [Polarity(finding.polarity).label]
    if finding.theme:
        parts.append(f"theme “{finding.theme.name}”")
    if finding.since_last:
        parts.append(SinceLast(finding.since_last).label)
    measures = finding.measures.all()
    if measures:
        parts.append(count(len(measures), "measure", "measures"))
    parts.extend(f"step {link.step.reference} {Relation(link.relation).label}" for link in links)
    sentence = "; ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."


def figure_of(measure: FindingMeasure) -> str:
    """The measure's figure as the letter's page has it: "52% of care leavers; at most 40% was the target"."""
    return figure_words(quoted(measure))


def still_to_mark(marks: Sequence[tuple[int, bool]]) -> str:
    """How far the marking is: "9 of 15 findings are not marked yet."."""
    left = sum(not is_marked for _, is_marked in marks)
    if not marks:
        return "No paragraph of this letter is a finding yet. Change the kind of those in which the inspectors judge."
    if not left:
        return "All findings are marked."
    return f"{left} of {count(len(marks), 'finding', 'findings')} {'is' if left == 1 else 'are'} not marked yet."
