"""Findings against steps as a file to take away: a row for each finding and step."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ofsted.calculations.answer_words import (
    letter_words,
    outcome_words,
    owners_words,
    relation_words,
    since_words,
    unanswered_words,
)
from ofsted.calculations.answering import FindingPosition, LinkedStep
from ofsted.calculations.figures import figure_sentences
from torbay_reports.core.formatting import long_date
from torbay_reports.documents.blocks import Cell, Column, Row, Table, words
from torbay_reports.documents.tables import exported
from torbay_reports.publishing.schedule12a import confidential_marking

FURNISHED_BY: Final = "Ofsted"
HEADS: Final = (
    "Letter",
    "Where",
    "Finding",
    "Theme",
    "Marked as",
    "Measure",
    "Since the last visit",
    "Step",
    "What the step says",
    "Owners",
    "Due",
    "Status",
    "Outcome",
    "Relation",
    "What the one says of the other",
    "Why they are linked",
)


def answers_file(findings: Sequence[FindingPosition], fmt: str) -> bytes:
    """The findings in the order given as CSV or XLSX, safe from formula injection. Raises documents.UnknownFormat.

    With a finding of a letter that is held back, the file is marked as a restricted paper's table is.
    """
    table = Table(
        anchor="findings-against-steps",
        caption="Findings against steps",
        columns=tuple(Column(key=head.casefold(), label=head) for head in HEADS),
        rows=tuple(
            Row(anchor=f"row-{place}", cells=tuple(Cell(content=words(text)) for text in cells))
            for place, cells in enumerate(_rows(findings), start=1)
        ),
    )
    return exported(table, fmt, marking=marking(findings))


def marking(findings: Iterable[FindingPosition]) -> str:
    """What a copy of these findings says where one is of a letter that is held back; else nothing."""
    is_held_back = any(each.letter.is_held_back for each in findings)
    return confidential_marking(furnished_by=FURNISHED_BY) if is_held_back else ""


def _rows(findings: Iterable[FindingPosition]) -> Iterator[list[str]]:
    for finding in findings:
        found = _finding(finding)
        if not finding.standing:
            yield [*found, *[""] * 7, unanswered_words(finding), ""]
        for link in finding.links_worst_first:
            yield [*found, *_link(link, finding)]


def _finding(finding: FindingPosition) -> list[str]:
    return [
        letter_words(finding.letter),
        finding.where,
        finding.words,
        finding.theme,
        finding.polarity.label,
        " ".join(figure_sentences(each) for each in finding.measures),
        since_words(finding),
    ]


def _link(link: LinkedStep, finding: FindingPosition) -> list[str]:
    step = link.step
    return [
        step.reference,
        step.how,
        owners_words(step),
        long_date(step.due_on) if step.due_on else "",
        step.status.label,
        outcome_words(step),
        link.relation.label,
        relation_words(link, finding.letter),
        link.why,
    ]
