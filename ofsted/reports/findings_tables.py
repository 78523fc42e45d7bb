"""The tables of the paper on findings against steps; widths in millimetres of the landscape page."""

from collections.abc import Iterator, Sequence
from typing import Final

from improvement.reports.cells import in_lines, lined, number, sentence, text_cell
from ofsted.calculations.answer_words import (
    cited_words,
    letter_words,
    outcome_words,
    owners_words,
    relation_words,
    since_words,
    unanswered_words,
)
from ofsted.calculations.answering import FindingPosition, LinkedStep, Rank, by_rank, contradicted_steps
from ofsted.calculations.citing import Citation, CitedVisit
from ofsted.calculations.figures import figure_sentences
from torbay_reports.core.formatting import count, listed
from torbay_reports.documents.blocks import Block, Cell, Column, Heading, Paragraph, Prose, Remark, Row, Table, words

COLUMNS: Final = (
    Column(key="where", label="Where", width=37),
    Column(key="finding", label="What Ofsted found", width=93),
    Column(key="step", label="Step and owners", width=57),
    Column(key="status", label="Status and outcome", width=42),
    Column(key="relation", label="What the one says of the other", width=38),
)
RANKS: Final = "Findings and the steps that answer them, worst first"
CONTRADICTED: Final = "Completed steps that a later finding contradicts"
CITED: Final = "Steps that cite a visit without a finding"
_SAME: Final = "the same finding"


def rank_blocks(findings: Sequence[FindingPosition]) -> Iterator[Block]:
    """A heading, the number of findings and a table for each rank that has any, worst first."""
    if findings:
        yield Heading(anchor="ranks", text=RANKS, level=2, is_band=True)
    for rank, ranked in by_rank(findings).items():
        anchor = f"rank-{rank.value}"
        yield Heading(anchor=anchor, text=rank.heading, level=3, is_band=True)
        said = count(len(ranked), "finding", "findings")
        figure = number(len(ranked), f"findings.listed_{rank.value}", said)
        yield Paragraph(anchor=f"{anchor}-count", content=sentence(figure, "."))
        yield Table(
            anchor=f"{anchor}-list",
            caption=f"{rank.heading}: {said}",
            columns=COLUMNS,
            rows=tuple(_rows(rank, ranked)),
            kind="tracker",
        )


def _rows(rank: Rank, findings: Sequence[FindingPosition]) -> Iterator[Row]:
    """A row for each finding and step; a finding without one has a row that says so."""
    for place, finding in enumerate(findings, start=1):
        anchor = f"finding-{rank.value}-{place}"
        cells = [_where(finding), _found(finding)]
        missing = unanswered_words(finding)
        if missing:
            said = Cell(content=(Remark(text=missing, kind="mark" if rank is Rank.UNANSWERED else "aside"),))
            yield Row(anchor=anchor, cells=(*cells, said, text_cell(""), text_cell("")))
            cells = [text_cell(finding.where), Cell(content=(Remark(text=_SAME),))]
        for turn, link in enumerate(finding.links_worst_first, start=1):
            named = f"{anchor}-step-{turn}" if turn > 1 or missing else anchor
            yield Row(anchor=named, cells=(*cells, *_step(link, finding)))
            cells = [text_cell(finding.where), Cell(content=(Remark(text=_SAME),))]


def _where(finding: FindingPosition) -> Cell:
    lines: list[list[Prose]] = [[words(finding.where)], [words(letter_words(finding.letter))]]
    if finding.theme:
        lines.append([(Remark(text=finding.theme),)])
    return Cell(content=lined(lines))


def _found(finding: FindingPosition) -> Cell:
    """The inspector's words; beneath them the figures that they quote, and what changed."""
    lines: list[list[Prose]] = [[in_lines(finding.words)]]
    for each in finding.measures:
        said = figure_sentences(each)
        lines.append([(Remark(text=said, kind="mark"),) if each.is_met is False else words(said)])
    if since := since_words(finding):
        lines.append([(Remark(text=since),)])
    return Cell(content=lined(lines))


def _step(link: LinkedStep, finding: FindingPosition) -> tuple[Cell, Cell, Cell]:
    step = link.step
    said = relation_words(link, finding.letter)
    relation: list[list[Prose]] = [[(Remark(text=said, kind="mark"),) if link.is_contradiction else words(said)]]
    if link.why:
        relation.append([(Remark(text=link.why),)])
    return (
        Cell(content=lined([[words(f"{step.reference} {_line(step.how)}")], [(Remark(text=owners_words(step)),)]])),
        Cell(content=lined([[words(step.status.label)], [words(outcome_words(step))]])),
        Cell(content=lined(relation)),
    )


def contradicted_blocks(findings: Sequence[FindingPosition]) -> Iterator[Block]:
    """The short list of completed steps that a later finding contradicts; nothing where there is none."""
    steps = contradicted_steps(findings)
    if not steps:
        return
    said = count(len(steps), "step", "steps")
    yield Heading(anchor="contradicted", text=CONTRADICTED, level=3, is_band=True)
    figure = number(len(steps), "findings.contradicted_steps", said)
    yield Paragraph(anchor="contradicted-count", content=sentence(figure, "."))
    yield Table(
        anchor="contradicted-list",
        caption=f"{CONTRADICTED}: {said}",
        columns=(
            Column(key="step", label="Step", width=18),
            Column(key="how", label="What it says", width=97),
            Column(key="who", label="Owners", width=52),
            Column(key="finding", label="What Ofsted found", width=100),
        ),
        rows=tuple(
            Row(
                anchor=f"contradicted-{place}",
                cells=(
                    text_cell(each.step.reference),
                    text_cell(each.step.how),
                    text_cell(owners_words(each.step)),
                    Cell(content=lined(_contradicting(each.step.pk, each.findings))),
                ),
            )
            for place, each in enumerate(steps, start=1)
        ),
        kind="tracker",
    )


def _contradicting(step: int, findings: Sequence[FindingPosition]) -> Iterator[list[Prose]]:
    """What each finding says to the step, why, and where it stands."""
    for finding in findings:
        for link in finding.contradicted:
            if link.step.pk == step:
                yield [(Remark(text=relation_words(link, finding.letter), kind="mark"),)]
                yield [words(f"{link.why} ({finding.where})".strip())]


def cited_blocks(cited: Sequence[CitedVisit]) -> Iterator[Block]:
    """What cites a visit without a finding, a table for each visit; nothing where there is none."""
    if not cited:
        return
    yield Heading(anchor="cited", text=CITED, level=2, is_band=True)
    for place, each in enumerate(cited, start=1):
        anchor = f"cited-{place}"
        said = count(len(each.citations), "place of the plan cites it", "places of the plan cite it")
        if each.visit is None:
            said = count(len(each.citations), "place of the plan cites one", "places of the plan cite one")
        figure = number(len(each.citations), f"findings.{anchor}", said)
        yield Paragraph(anchor=f"{anchor}-why", content=sentence(f"{cited_words(each)} ", figure, "."))
        yield Table(
            anchor=f"{anchor}-list",
            caption=cited_words(each).rstrip("."),
            columns=(
                Column(key="what", label="Action or step", width=32),
                Column(key="words", label="What it says", width=150),
                Column(key="cited", label="Cited as", width=40),
                Column(key="steps", label="Steps", width=45),
            ),
            rows=tuple(_cited_row(f"{anchor}-{row}", citation) for row, citation in enumerate(each.citations, start=1)),
            kind="tracker",
        )


def _cited_row(anchor: str, citation: Citation) -> Row:
    references = [reference for reference, _ in citation.steps]
    named = f"Action {citation.action_reference}" if citation.step is None else f"Step {listed(references)}"
    cells = (text_cell(named), text_cell(_line(citation.about)), text_cell(citation.words))
    return Row(anchor=anchor, cells=(*cells, text_cell(", ".join(references))))


def _line(text: str) -> str:
    return " ".join(text.split())
