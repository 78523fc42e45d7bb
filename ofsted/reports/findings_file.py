"""A letter's findings as a table to take away."""

from ofsted.calculations.figures import figure_words
from ofsted.calculations.places import OPENING
from ofsted.selectors.rows import FindingRow, LetterRow
from torbay_reports.documents.blocks import Cell, Column, Row, Table, Text

COLUMNS = (
    Column("section", "Section"),
    Column("number", "Paragraph", numeric=True),
    Column("words", "Finding"),
    Column("theme", "Theme"),
    Column("polarity", "How it is read"),
    Column("figures", "Figures"),
    Column("since", "Since the last visit"),
)


def findings_table(letter: LetterRow) -> Table:
    """One row for each finding, in the order of the letter."""
    return Table(
        anchor="findings",
        caption="Findings",
        columns=COLUMNS,
        rows=tuple(_row(each) for each in letter.findings),
    )


def _row(finding: FindingRow) -> Row:
    since = [finding.since_last.label if finding.since_last else "", finding.since_last_words]
    words = (
        finding.section or OPENING,
        str(finding.number),
        finding.words,
        finding.theme_name,
        finding.polarity.label,
        "; ".join(figure_words(each) for each in finding.measures),
        ": ".join(each for each in since if each),
    )
    return Row(anchor=f"finding-{finding.pk}", cells=tuple(Cell((Text(text=each),) if each else ()) for each in words))
