"""The same content gives the byte-identical pack, whatever was built before it, by however many workers."""

from collections.abc import Sequence
from contextlib import closing, nullcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.publishing import packs
from tests.publishing.frozen import inventing
from tests.publishing.frozen.building import QUICK, built, with_document
from torbay_reports.documents.blocks import Block, Document, Heading, Paragraph, Table, words
from torbay_reports.publishing.packplan import PackPlan, RenderedPack
from torbay_reports.publishing.parts import workers
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.parts.workers import Pool

EXAMPLES = max(settings().max_examples // 10, 1)


def with_answer(place: int, words_in_it: int) -> PackPlan:
    """The invented pack with another answer in one row of its longest table."""
    answer = packs.cell(" ".join(["another"] * words_in_it))

    def changed(table: Table) -> Table:
        rows = list(table.rows)
        rows[place] = replace(rows[place], cells=(*rows[place].cells[:-1], answer))
        return replace(table, rows=tuple(rows))

    report = packs.report()
    blocks = (changed(each) if isinstance(each, Table) and each.anchor == "risks" else each for each in report.blocks)
    return packs.plan(document=replace(report, blocks=tuple(blocks)))


@pytest.mark.parametrize(("place", "length"), [(0, 1), (13, 400), (26, 40), (39, 1)])
def test_a_change_and_its_reversal_give_the_first_bytes_again(
    public_pack: RenderedPack, place: int, length: int
) -> None:
    store = MemoryStore()
    built(packs.plan(), store)
    changed = built(with_answer(place, length), store)
    assert changed == built(with_answer(place, length))
    assert changed.pdf != public_pack.pdf
    assert built(packs.plan(), store) == public_pack


def test_other_packs_built_in_between_leave_no_trace(public_pack: RenderedPack, restricted_pack: RenderedPack) -> None:
    store = MemoryStore()
    for _ in range(2):
        assert built(packs.restricted_plan(), store) == restricted_pack
        built(with_answer(20, 90), store)
        assert built(packs.plan(), store) == public_pack


@pytest.mark.parametrize("number", [1, 3])
def test_however_many_workers_there_are_the_bytes_are_the_same(
    public_pack: RenderedPack, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with closing(Pool(number)) as pool:
        pool.begin()
        monkeypatch.setattr(workers, "pool", lambda: nullcontext(pool))
        assert built(packs.plan()) == public_pack


@st.composite
def edits(draw: st.DrawFn, document: Document) -> Document:
    """The Document after a few of the changes that papers come late with."""
    blocks = list(document.blocks)
    for number in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(blocks) - 1))
        block = blocks[place]
        kind = draw(st.sampled_from(["words", "row gone", "row more", "paragraph more", "heading more"]))
        if isinstance(block, Table) and kind in ("words", "row gone", "row more"):
            blocks[place] = _edited(block, kind, draw(st.integers(0, len(block.rows) - 1)), f"edit{number}")
        elif kind == "heading more":
            blocks.insert(place, Heading(f"edit{number}", f"Edit {number}", 3))
        else:
            blocks.insert(place, Paragraph(f"edit{number}", words(f"Edit {number}. " * draw(st.integers(1, 90)))))
    return replace(document, blocks=tuple(blocks))


def _edited(table: Table, kind: str, place: int, anchor: str) -> Block:
    rows = list(table.rows)
    row = rows[place]
    changed = replace(row, cells=(*row.cells[:-1], packs.cell(f"Edited {anchor}.")))
    if kind == "words":
        rows[place] = changed
    elif kind == "row more":
        rows.insert(place, replace(changed, anchor=anchor))
    elif len(rows) > 1 and not _is_named(row.anchor, table):
        del rows[place]
    return replace(table, rows=tuple(rows))


def _is_named(anchor: str, table: Table) -> bool:
    """The last row is the one that invented paragraphs point to."""
    return table.rows[-1].anchor == anchor


@settings(max_examples=EXAMPLES, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_after_any_changes_stored_parts_give_the_bytes_of_none(data: st.DataObject) -> None:
    first = data.draw(inventing.documents())
    versions: Sequence[Document] = [first, data.draw(edits(first)), first]
    store = MemoryStore()
    for version in versions:
        plan = with_document(version)
        assert built(plan, store) == built(plan)
