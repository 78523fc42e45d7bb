"""A landscape paper between portrait ones: its pages lie on their side, and heads, numbers and marks stay right."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import pytest
from pdfua import Severity, validate
from pikepdf import Pdf

from tests import tagtree
from tests.publishing import packs
from torbay_reports.documents.blocks import Cell, Column, Document, Heading, LineBreak, Remark, Row, Table, words
from torbay_reports.publishing.packplan import Edition, PackPlan, PlannedPaper, RenderedPack, Restriction
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack

PORTRAIT, LANDSCAPE = (595, 842), (842, 595)
LONG = " ".join(f"word{number}" for number in range(900))
COLUMNS = (Column("nos", "NOS", width=1), Column("how", "How?", width=4), Column("outcome", "Outcome", width=5))


def row(number: int, outcome: str = "It is done.") -> Row:
    marked = (*words(outcome), LineBreak(), Remark(text="Overdue", kind="mark"))
    cells = (Cell(content=words(f"1.1/{number}")), Cell(content=words(packs.STORY)), Cell(content=marked))
    return Row(anchor=f"step-{number}", cells=cells)


def tracker(rows: tuple[Row, ...]) -> Document:
    return Document(
        source="invented.tracker",
        subject="2031-09-06",
        title="Tracker",
        blocks=(
            Heading("theme", "Theme 1: Help", 2, is_band=True),
            Heading("priority", "Priority 1: Be better", 3, is_band=True),
            Table("steps", "Priority 1: all steps", COLUMNS, rows, kind="tracker"),
        ),
        orientation="landscape",
    )


def plan(edition: Edition = Edition.PUBLIC) -> PackPlan:
    """Portrait report, landscape tracker, portrait fees; in the restricted edition a landscape appendix too."""
    whole = packs.plan(edition=edition)
    report, item, fees = whole.items
    paper = PlannedPaper("item-6-tracker", "Tracker", tracker(tuple(row(n) for n in range(40))))
    appendix = PlannedPaper("item-6-exempt", "Exempt", tracker((row(1), row(2), row(3))), Restriction.EXEMPT)
    held_back = PlannedPaper("item-7-exempt", "Exempt too", packs.appendix(), Restriction.EXEMPT)
    if edition is Edition.PUBLIC:
        return replace(whole, items=(report, replace(item, papers=(paper,)), fees))
    papers = (*fees.papers, held_back)
    return replace(whole, items=(report, replace(item, papers=(paper, appendix)), replace(fees, papers=papers)))


@pytest.fixture(scope="module")
def public(fonts: Path) -> RenderedPack:
    return render_pack(plan(), store=MemoryStore())


@pytest.fixture(scope="module")
def restricted(fonts: Path) -> RenderedPack:
    return render_pack(plan(Edition.RESTRICTED), store=MemoryStore())


def sizes(pack: RenderedPack) -> dict[str, tuple[int, int]]:
    """Width and height of each page in points, by what is printed on it."""
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        boxes = [page.mediabox for page in pdf.pages]
        found = [(round(float(box[2])), round(float(box[3]))) for box in boxes]
    return dict(zip(pack.pages.labels, found, strict=True))


def pages_of(pack: RenderedPack, key: str) -> list[str]:
    pages = pack.pages.papers[key]
    last = pack.pages.labels.index(pages.last)
    return list(pack.pages.labels[pages.index : last + 1])


@pytest.mark.parametrize("edition", ["public", "restricted"])
def test_only_its_own_pages_lie_on_their_side(edition: str, request: pytest.FixtureRequest) -> None:
    pack: RenderedPack = request.getfixturevalue(edition)
    landscape = {label for label, size in sizes(pack).items() if size == LANDSCAPE}
    keys = [key for key in pack.pages.papers if key in ("item-6-tracker", "item-6-exempt")]
    assert landscape == {label for key in keys for label in pages_of(pack, key)}
    assert set(sizes(pack).values()) == {PORTRAIT, LANDSCAPE}


def test_both_editions_number_it_alike_and_the_exempt_part_counts_on_its_own(
    public: RenderedPack, restricted: RenderedPack
) -> None:
    assert public.pages.papers["item-6-tracker"] == restricted.pages.papers["item-6-tracker"]
    exempt = [label for label in restricted.pages.labels if label.startswith("E")]
    assert exempt == [f"E{number}" for number in range(1, len(exempt) + 1)]
    assert pages_of(restricted, "item-6-exempt")[0] == "E1"
    assert sizes(restricted)["E1"] == LANDSCAPE
    assert sizes(restricted)[pages_of(restricted, "item-7-exempt")[0]] == PORTRAIT


def test_a_landscape_paper_may_follow_a_portrait_one_that_is_exempt(fonts: Path) -> None:
    whole = plan(Edition.RESTRICTED)
    report, item, fees = whole.items
    first = replace(report, papers=(report.papers[0], replace(fees.papers[-1], key="item-5-exempt")))
    pack = render_pack(replace(whole, items=(first, item, replace(fees, papers=fees.papers[:-1]))), store=MemoryStore())
    exempt = {label: size for label, size in sizes(pack).items() if label.startswith("E")}
    assert list(exempt) == [f"E{number}" for number in range(1, len(exempt) + 1)]
    assert (exempt["E1"], exempt[pages_of(pack, "item-6-exempt")[0]]) == (PORTRAIT, LANDSCAPE)


def test_its_pages_have_head_foot_and_mark(restricted: RenderedPack) -> None:
    beside = dict(zip(restricted.pages.labels, tagtree.artifacts(restricted.pdf), strict=True))
    for label in (*pages_of(restricted, "item-6-tracker"), *pages_of(restricted, "item-6-exempt")):
        assert "Example Council · Harbour Board · Saturday 6 September 2031" in beside[label]
        assert packs.NOTICE in beside[label]
        assert f"Page {label}" in beside[label]
        assert ("NOT FOR PUBLICATION: exempt" in beside[label]) == label.startswith("E")


def test_the_head_of_its_table_is_repeated_and_continued_is_said(public: RenderedPack) -> None:
    beside = dict(zip(public.pages.labels, tagtree.artifacts(public.pdf), strict=True))
    first, *others = pages_of(public, "item-6-tracker")
    assert others
    assert "Continued" not in beside[first]
    for label in others:
        assert "Continued: Priority 1: all steps" in beside[label]
        assert "NOSHow?Outcome" in beside[label]


def test_bands_are_real_headings_over_one_table(public: RenderedPack) -> None:
    read = tagtree.read(public.pdf)
    table = next(each for each in read.tables if each.caption == "Priority 1: all steps")
    assert table.heading == "Priority 1: Be better"
    assert [cells[0] for cells in table.body] == [f"1.1/{n}" for n in range(40)]
    assert table.body[0][2] == "It is done. Overdue"


def test_a_row_higher_than_a_page_is_one_row_all_the_same(fonts: Path) -> None:
    rows = (row(1), row(2, LONG), row(3))
    pack = render_pack(packs.plan(document=tracker(rows)), store=MemoryStore())
    table = next(each for each in tagtree.read_tables(pack.pdf) if each.caption == "Priority 1: all steps")
    assert [cells[0] for cells in table.body] == ["1.1/1", "1.1/2", "1.1/3"]
    assert table.body[1][2] == f"{LONG} Overdue"
    assert len(pages_of(pack, "item-5-report")) > 2


def test_both_checkers_find_no_error(restricted: RenderedPack, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(restricted.pdf)
    assert [finding for finding in outloud.check(str(path)).findings if finding.severity == "error"] == []
    assert [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR] == []
