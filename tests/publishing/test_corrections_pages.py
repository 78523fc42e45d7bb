"""A corrected pack keeps every page number: overflow, gaps, withdrawn papers and papers that are gone."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import pdfplumber
import pytest
from pdfua import validate
from pikepdf import Pdf

from tests import tagtree
from tests.publishing import packs
from tests.publishing.frozen.test_brought import brought_file
from torbay_reports.documents.blocks import Document, Heading
from torbay_reports.publishing import checks, pagemaps
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import (
    Edition,
    GivenNumbers,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    RenderedPack,
    Restriction,
)
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack
from torbay_reports.publishing.uploads.cleaning import cleaned

WITHDRAWN = "Withdrawn on 7 September 2031 by the clerk’s office."
STORE = MemoryStore()


def short() -> Document:
    """A paper of one page."""
    return Document("invented.fees", "2031", "Harbour fees", (Heading("h", "Fees", 2),))


def pack_of(plan: PackPlan, before: RenderedPack | None = None) -> RenderedPack:
    """The pack of a plan, as the version after one that was published and stored."""
    if before is not None:
        stored = pagemaps.from_stored(pagemaps.to_stored(before.pages))
        plan = replace(plan, numbered=stored.numbered)
    return render_pack(plan, store=STORE)


def with_paper(plan: PackPlan, key: str, change: Callable[[PlannedPaper], PlannedPaper | None]) -> PackPlan:
    """The plan with one paper changed, or without it."""
    items = (
        replace(item, papers=tuple(new for each in item.papers if (new := change(each) if each.key == key else each)))
        for item in plan.items
    )
    return replace(plan, items=tuple(items))


def withdrawn(paper: PlannedPaper) -> PlannedPaper:
    return replace(paper, document=None, upload=None, withdrawn=WITHDRAWN)


def texts(pack: RenderedPack) -> dict[str, str]:
    """What is printed on each page, by its number."""
    with pdfplumber.open(BytesIO(pack.pdf)) as opened:
        return {label: page.extract_text() for label, page in zip(pack.pages.labels, opened.pages, strict=True)}


def page_box_labels(pack: RenderedPack) -> tuple[str, ...]:
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        return tuple(str(page.label) for page in pdf.pages)


def outline(pack: RenderedPack) -> list[object]:
    def titles(items: list[object]) -> list[object]:
        return [(item.title, titles(list(item.children))) for item in items]  # type: ignore[attr-defined]

    with Pdf.open(BytesIO(pack.pdf)) as pdf, pdf.open_outline() as opened:
        return titles(list(opened.root))


def cover(pack: RenderedPack) -> list[list[str]]:
    return tagtree.read_tables(pack.pdf)[0].body


def hold(pack: RenderedPack, folder: Path) -> None:
    """Every page prints its own number, the page box says the same, and no checker has anything to say."""
    assert page_box_labels(pack) == pack.pages.labels
    for label, text in texts(pack).items():
        assert f"Page {label}" in " ".join(text.splitlines()[-3:])
    path = folder / "pack.pdf"
    path.write_bytes(pack.pdf)
    assert [str(each) for each in (*outloud.check(str(path)).findings, *validate(str(path)).findings)] == []


@pytest.fixture(scope="module")
def first(fonts: Path) -> RenderedPack:
    return pack_of(packs.restricted_plan())


@pytest.fixture(scope="module")
def longer(first: RenderedPack) -> RenderedPack:
    """The report is longer, the paper that was to follow is there, and so is one among the first."""
    plan = with_paper(
        packs.restricted_plan(), "item-5-report", lambda each: replace(each, document=packs.report(rows=90))
    )
    plan = with_paper(plan, "item-6-tracker", lambda each: replace(each, document=short()))
    return pack_of(with_paper(plan, "item-7-late", lambda each: replace(each, document=packs.appendix())), first)


def test_a_version_that_changes_nothing_has_the_same_pages(first: RenderedPack) -> None:
    again = pack_of(packs.restricted_plan(), first)
    assert again == first


def test_a_longer_paper_goes_on_with_letters_and_new_ones_run_on(
    first: RenderedPack, longer: RenderedPack, tmp_path: Path
) -> None:
    assert first.pages.papers["item-5-report"].words == "Pages 2 - 11"
    told = {key: pages.words for key, pages in longer.pages.papers.items()}
    assert told == {
        "item-5-report": "Pages 2 - 11c",
        "item-6-tracker": "Page 13",
        "item-7-fees": "Page 12",
        "item-7-late": "Pages 14 - 15",
        "item-5-appendix": "Pages E1 - E2",
    }
    assert longer.pages.labels[10:18] == ("11", "11a", "11b", "11c", "13", "12", "14", "15")
    assert longer.pages.anchors["item-5-report", "p3-11"] in {"11b", "11c"}
    assert longer.pages.items["7"].words == "Pages 12 and 14 - 15"
    hold(longer, tmp_path)


def test_the_letter_lists_the_pages_as_they_are_numbered(longer: RenderedPack) -> None:
    assert cover(longer) == [
        ["5.", "Revenue Budget 2031/32", "(Pages 2 - 11c)"],
        ["5.", "Quarter 1 report", "(Pages 2 - 11c)"],
        ["5.", "Exempt Appendix One", "(Pages E1 - E2)"],
        ["6.", "Improvement plan", "(Page 13)"],
        ["7.", "Fees", "(Pages 12 and 14 - 15)"],
        ["7.", "Fees", "(Page 12)"],
        ["7.", "Fees of the north quay", "(Pages 14 - 15)"],
    ]


def test_a_shorter_paper_keeps_its_numbers_on_pages_that_say_so(longer: RenderedPack, tmp_path: Path) -> None:
    pack = pack_of(packs.restricted_plan(), longer)
    said = texts(pack)
    for label in ("11a", "11b", "11c"):
        assert f"Page {label} is left empty: the corrected paper is shorter." in said[label]
    assert pack.pages.papers["item-5-report"] == longer.pages.papers["item-5-report"]
    assert pack.pages.labels == longer.pages.labels
    hold(pack, tmp_path)


def test_pages_of_papers_that_are_gone_keep_their_place(longer: RenderedPack, tmp_path: Path) -> None:
    plan = with_paper(packs.restricted_plan(), "item-5-report", lambda _: None)
    pack = pack_of(with_paper(plan, "item-5-appendix", lambda _: None), longer)
    assert pack.pages.labels == longer.pages.labels
    said = texts(pack)
    for label in ("2", "11c", "13", "15", "E1", "E2"):
        assert f"Page {label} is left empty: the paper that stood here is not in this version." in said[label]
    assert "Harbour fees" in said["12"]
    assert "NOT FOR PUBLICATION" in said["E1"]
    assert set(pack.pages.items) == {"7"}
    assert outline(pack) == [
        ("Cover letter", []),
        ("Pages left empty", []),
        ("Pages left empty", []),
        ("7. Fees", [("Harbour fees", [("Fees", [])])]),
        ("Pages left empty", []),
        ("Pages left empty (not for publication)", []),
    ]
    hold(pack, tmp_path)
    # It comes back to its own numbers.
    assert pack_of(packs.restricted_plan(), pack).pages.papers["item-5-report"].first == "2"


def test_a_paper_that_is_gone_from_between_those_of_an_item_leaves_the_outline_as_it_is(longer: RenderedPack) -> None:
    plan = packs.plan()
    item = plan.items[2]
    papers = (item.papers[0], PlannedPaper("item-7-more", "More", short()), replace(item.papers[1], document=short()))
    whole = replace(plan, items=(replace(item, papers=papers),))
    pack = pack_of(with_paper(whole, "item-7-more", lambda _: None), pack_of(whole))
    titles = ["Harbour fees", "Pages left empty", "Harbour fees"]
    assert [title for title, _ in outline(pack)[1][1]] == titles  # type: ignore[index]


def test_a_withdrawn_paper_says_on_each_of_its_pages_only_that(longer: RenderedPack, tmp_path: Path) -> None:
    plan = with_paper(packs.restricted_plan(), "item-5-report", withdrawn)
    plan = with_paper(plan, "item-7-fees", lambda each: replace(withdrawn(each), title=""))
    pack = pack_of(with_paper(plan, "item-5-appendix", withdrawn), longer)
    assert pack.pages.labels == longer.pages.labels
    said = texts(pack)
    for label in ("2", "11", "11c", "12", "E1", "E2"):
        beside = ("Harbour Board", packs.NOTICE, "NOT FOR PUBLICATION: exempt")
        lines = [line for line in said[label].splitlines() if not any(words in line for words in beside)]
        assert lines[0] == f"Page {label}. {WITHDRAWN}"
        assert len(lines) == 2
    assert {key for key, _ in pack.pages.anchors} == set()
    assert cover(pack) == [
        ["5.", "Revenue Budget 2031/32", "(Pages 2 - 11c)"],
        ["5.", "Quarter 1 report (withdrawn)", "(Pages 2 - 11c)"],
        ["5.", "Exempt Appendix One (withdrawn)", "(Pages E1 - E2)"],
        ["6.", "Improvement plan", "(to follow)"],
        ["7.", "Fees", "(Page 12)"],
        ["7.", "Withdrawn paper", "(Page 12)"],
        ["7.", "Fees of the north quay", "(to follow)"],
    ]
    titles = [title for _, under in outline(pack) for title, _ in under]  # type: ignore[misc, has-type]
    assert titles == ["Quarter 1 report (withdrawn)", "Withdrawn paper", "Exempt Appendix One (withdrawn)"]
    paragraphs = tagtree.read(pack.pdf).texts("P")
    assert f"Page 11c. {WITHDRAWN}" in paragraphs
    hold(pack, tmp_path)


def test_a_withdrawn_paper_that_never_had_pages_has_none() -> None:
    pack = pack_of(with_paper(packs.plan(), "item-5-appendix", withdrawn))
    assert "item-5-appendix" not in pack.pages.papers
    assert ["5.", "Exempt Appendix One (withdrawn)", "(not for publication)"] in cover(pack)
    pack = pack_of(with_paper(packs.plan(), "item-6-tracker", withdrawn))
    assert ["6.", "Improvement plan (withdrawn)", ""] in cover(pack)


def test_a_withdrawn_paper_that_comes_with_its_content_is_refused_without_its_title() -> None:
    plan = with_paper(packs.plan(), "item-7-fees", lambda each: replace(each, withdrawn=WITHDRAWN, title="Secret"))
    with pytest.raises(PackFault, match="withdrawn paper “item-7-fees” came with its content") as caught:
        pack_of(plan)
    assert "Secret" not in str(caught.value)


def test_two_papers_in_one_place_are_refused() -> None:
    twin = PlannedPaper("item-7-other", "Other", short(), place="item-7-fees")
    plan = packs.plan()
    plan = replace(plan, items=(*plan.items[:2], replace(plan.items[2], papers=(plan.items[2].papers[0], twin))))
    with pytest.raises(PackFault, match="share the place “item-7-fees”"):
        pack_of(plan)


def test_both_editions_number_open_papers_alike(first: RenderedPack, longer: RenderedPack) -> None:
    public = pack_of(packs.plan())
    plan = with_paper(packs.plan(), "item-5-report", lambda each: replace(each, document=packs.report(rows=90)))
    plan = with_paper(plan, "item-6-tracker", lambda each: replace(each, document=short()))
    plan = with_paper(plan, "item-7-late", lambda each: replace(each, document=packs.appendix()))
    corrected = pack_of(plan, public)
    assert corrected.pages.items == longer.pages.items
    # Numbers of pages not for publication mean nothing to the public edition.
    assert pack_of(plan, first) == corrected


def test_a_paper_that_is_released_runs_on_among_the_open_ones(first: RenderedPack) -> None:
    plan = with_paper(
        packs.restricted_plan(), "item-5-appendix", lambda each: replace(each, restriction=Restriction.OPEN)
    )
    pack = pack_of(plan, first)
    assert pack.pages.papers["item-5-appendix"].words == "Pages 13 - 14"
    assert pack.pages.labels[-2:] == ("E1", "E2")
    assert "is left empty" in texts(pack)["E2"]


def test_another_file_for_a_brought_paper_keeps_its_place(first: RenderedPack, tmp_path: Path) -> None:
    clean = cleaned(brought_file())

    def brought(checksum: str) -> Callable[[PlannedPaper], PlannedPaper]:
        upload = PlannedUpload(clean.part, checksum * 16, clean.is_tagged)
        return lambda each: replace(each, key=f"{each.key}-{checksum * 16}", upload=upload)

    before = pack_of(with_paper(packs.plan(), "item-6-tracker", brought("1")))
    labels = before.pages.papers["item-6-tracker-1111111111111111"]
    after = pack_of(with_paper(packs.plan(), "item-6-tracker", brought("2")), before)
    assert after.pages.papers["item-6-tracker-2222222222222222"] == labels
    # A file of fewer pages leaves some empty, which are stamped as pages of our own.
    given = [
        replace(each, labels=(*each.labels, f"{each.labels[-1]}a")) if each.place == "item-6-tracker" else each
        for each in before.pages.numbered
    ]
    shorter = replace(with_paper(packs.plan(), "item-6-tracker", brought("2")), numbered=tuple(given))
    pack = render_pack(shorter, store=STORE)
    empty = f"{labels.last}a"
    assert f"Page {empty} is left empty: the corrected paper is shorter." in texts(pack)[empty]
    assert "Harbour Board" in texts(pack)[empty]
    hold(pack, tmp_path)


def test_a_letter_keeps_its_numbers_as_papers_do(first: RenderedPack, tmp_path: Path) -> None:
    late = tuple(PlannedItem(str(number), f"Late business {number}", ()) for number in range(8, 40))
    plan = packs.plan()
    long = replace(plan, items=(*plan.items, *late))
    overflown = pack_of(long, pack_of(plan))
    assert overflown.pages.labels[:3] == ("1", "1a", "2")
    hold(overflown, tmp_path)
    pack = pack_of(plan, overflown)
    assert pack.pages.labels[:3] == ("1", "1a", "2")
    assert "Page 1a is left empty: the corrected letter is shorter." in texts(pack)["1a"]
    hold(pack, tmp_path)


def test_a_place_that_keeps_its_name_keeps_its_pages_under_another_key(first: RenderedPack) -> None:
    plan = with_paper(
        packs.restricted_plan(), "item-7-fees", lambda each: replace(each, key="item-8-fees", place="item-7-fees")
    )
    assert pack_of(plan, first).pages.papers["item-8-fees"].words == "Page 12"


def test_numbers_that_were_lost_or_stand_twice_stop_the_pack(first: RenderedPack) -> None:
    plan = packs.restricted_plan()
    lost = replace(plan, numbered=(GivenNumbers("item-5-report", ("2", "3", "99")),))
    with pytest.raises(PackFault, match="does not keep the page numbers from 2 to 99"):
        checks.check(first.pdf, lost, first.pages)
    twice = replace(first.pages, labels=(*first.pages.labels[:-1], "E1"))
    with pytest.raises(PackFault, match="Two pages of the pack have the same number"):
        checks.check(first.pdf, plan, twice)


def test_the_restricted_numbers_of_a_page_map_do_not_enter_a_public_pack(first: RenderedPack) -> None:
    pack = pack_of(replace(packs.plan(), edition=Edition.PUBLIC), first)
    assert not [label for label in pack.pages.labels if label.startswith("E")]
