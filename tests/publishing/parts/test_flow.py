"""Whatever is stored and whoever sets what first, a paper's parts are those of one run over it."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publishing.parts import fakes
from tests.publishing.parts.fakes import FakeCut, FakeUnit, Slow
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts.flow import Flowing
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.parts.workers import Outcome, WorkerEnded

SET_ORDER = f"{fakes.__name__}:set_order"


def rows(count: int) -> FakeCut:
    """A table of rows of mixed heights, the same ones always."""
    chance = Random(5)
    return FakeCut(tuple(FakeUnit(f"row {n}", chance.randint(40, 420)) for n in range(count)))


def even_rows(count: int) -> FakeCut:
    """A table whose rows are all as tall: from a wrong place on no page ever ends where one should."""
    return FakeCut(tuple(FakeUnit(f"row {n}", 300) for n in range(count)))


def changed(cut: FakeCut, place: int, *, taller: int = 0) -> FakeCut:
    unit = cut.units[place]
    new = replace(unit, text=f"{unit.text}, changed", height=unit.height + taller)
    return FakeCut((*cut.units[:place], new, *cut.units[place + 1 :]))


def flowing(store: MemoryStore, *cuts: FakeCut) -> Flowing:
    return Flowing([(f"Paper {n}", cut) for n, cut in enumerate(cuts)], store=store, set_order=SET_ORDER)


def settled(store: MemoryStore, *cuts: FakeCut, workers: Slow | None = None) -> list[list[str]]:
    return flowing(store, *cuts).settle(lambda: nullcontext(workers or Slow(2)))


units = st.builds(
    FakeUnit,
    text=st.sampled_from("abcdef"),
    height=st.integers(20, 1300),
    is_bound=st.sampled_from([False, False, False, True]),
    error=st.floats(0.3, 3.0),
)
papers = st.builds(FakeCut, st.lists(units, min_size=1, max_size=90).map(tuple))


@given(cuts=st.lists(papers, min_size=1, max_size=3), size=st.integers(1, 4), turns=st.lists(st.integers(0, 3)))
def test_any_workers_in_any_order_give_what_one_run_gives(cuts: list[FakeCut], size: int, turns: Sequence[int]) -> None:
    picks = iter(turns)
    store = MemoryStore()
    found = settled(store, *cuts, workers=Slow(size, lambda many: next(picks, 0)))
    assert found == [cut.plain_keys() for cut in cuts]
    for keys, cut in zip(found, cuts, strict=True):
        assert [store.rows[key].data for key in keys] == [data for _, data in cut.plain()]


@given(before=papers, after=papers, kept=st.integers(0, 90), size=st.integers(1, 3), data=st.data())
def test_whatever_is_stored_the_parts_are_the_same(
    before: FakeCut, after: FakeCut, kept: int, size: int, data: st.DataObject
) -> None:
    store = MemoryStore()
    settled(store, before)
    mixed = FakeCut(before.units[:kept] + after.units)
    for key in data.draw(st.sets(st.sampled_from(sorted(store.rows)))):
        del store.rows[key]
    kept_store = MemoryStore()
    kept_store.put(store.rows.values())
    assert settled(kept_store, mixed, workers=Slow(size)) == [mixed.plain_keys()]


def test_from_stored_parts_nothing_is_set_and_no_worker_is_asked_for() -> None:
    store = MemoryStore()
    settled(store, rows(300))
    again = flowing(store, rows(300))

    def none() -> nullcontext[Slow]:
        raise AssertionError("a worker was asked for")

    assert again.settle(none) == [rows(300).plain_keys()]
    assert (again.new, again.orders) == ({}, 0)


@pytest.mark.parametrize("taller", [0, 15, -15, 200])
def test_a_changed_row_sets_only_what_became_another_and_hardly_a_page_in_vain(taller: int) -> None:
    before = MemoryStore()
    settled(before, rows(1000))
    new, needed = 0, 0
    for place in range(5, 995, 45):
        store = MemoryStore()
        store.put(before.rows.values())
        after = changed(rows(1000), place, taller=taller)
        again = flowing(store, after)
        assert again.settle(lambda: nullcontext(Slow(2))) == [after.plain_keys()]
        new += len(again.new)
        needed += len(set(after.plain_keys()) - before.rows.keys())
    assert new <= needed + 22


def test_a_row_as_tall_as_before_costs_its_own_page_in_one_short_order() -> None:
    store = MemoryStore()
    settled(store, rows(1000))
    again = flowing(store, changed(rows(1000), 500))
    again.settle(lambda: nullcontext(Slow(2)))
    assert again.orders == 1
    assert len(again.new) <= 2


def test_two_workers_share_a_long_paper_evenly_and_little_is_set_in_vain() -> None:
    cut = rows(3000)
    whole = len(cut.plain())
    alone, both = (flowing(MemoryStore(), cut) for _ in range(2))
    alone.settle(lambda: nullcontext(Slow(1)))
    both.settle(lambda: nullcontext(Slow(2)))
    assert len(alone.new) == whole
    assert len(both.new) <= whole * 1.05


def test_where_a_guessed_place_leads_nowhere_the_paper_is_set_from_its_beginning() -> None:
    in_vain = []
    for count in range(300, 306):
        cut = even_rows(count)
        again = flowing(MemoryStore(), cut)
        assert again.settle(lambda: nullcontext(Slow(2))) == [cut.plain_keys()]
        in_vain.append(len(again.new) - len(cut.plain()))
    assert 20 < max(in_vain) < 100


def test_several_changes_in_one_paper_are_set_side_by_side() -> None:
    store = MemoryStore()
    settled(store, rows(1000))
    after = changed(changed(changed(rows(1000), 100), 500), 900)
    workers = Slow(3)
    again = flowing(store, after)
    again.settle(lambda: nullcontext(workers))
    assert again.orders == 3
    assert settled(store, after) == [after.plain_keys()]


def test_what_is_set_is_stored_before_the_paper_is_complete() -> None:
    store = MemoryStore()
    workers = Slow(1)
    finished = workers.finished

    def killed() -> list[Outcome]:
        if workers.given > 3:
            raise KeyboardInterrupt
        return finished()

    workers.finished = killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        settled(store, rows(1000), workers=workers)
    stored = len(store.rows)
    assert stored > 20
    after = flowing(store, rows(1000))
    after.settle(lambda: nullcontext(Slow(1)))
    assert len(after.new) == len(rows(1000).plain()) - stored


def test_a_part_that_is_gone_is_set_again() -> None:
    store = MemoryStore()
    settled(store, rows(300))
    again = flowing(store, rows(300))
    keys = again.settle(lambda: nullcontext(Slow(2)))[0]
    again.forget(keys[3:5])
    assert not again.is_complete
    assert again.settle(lambda: nullcontext(Slow(2))) == [keys]
    assert set(keys[3:5]) <= set(again.new)


def test_progress_ends_with_all_pages_and_never_goes_back() -> None:
    told: list[tuple[int, int]] = []
    papers = [("Paper", rows(600))]
    Flowing(papers, store=MemoryStore(), set_order=SET_ORDER, tell=lambda *pair: told.append(pair)).settle(
        lambda: nullcontext(Slow(1))
    )
    assert len(told) > 5
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_workers_that_end_over_a_paper_are_told_with_its_name() -> None:
    workers = Slow(1)
    workers.finished = lambda: [Outcome(1, error=WorkerEnded())]  # type: ignore[method-assign]
    with pytest.raises(PackFault, match="the paper “Paper 0” cannot be set.*short of memory"):
        settled(MemoryStore(), rows(30), workers=workers)


def test_a_setter_that_gives_nothing_of_a_papers_end_is_an_error() -> None:
    flow = Flowing([("Paper", rows(30))], store=MemoryStore(), set_order=f"{fakes.__name__}:set_nothing")
    with pytest.raises(RuntimeError, match="Nothing was set"):
        flow.settle(lambda: nullcontext(Slow(1)))
