"""A plan becomes one PDF whose numbers, ranges, marks and bytes can be relied on."""

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import outloud
import pdfplumber
import pytest
from django.conf import settings
from pdfua import Severity, validate
from pikepdf import Pdf

from tests import tagtree
from tests.publishing import packs
from torbay_reports.documents.blocks import (
    CallOut,
    Column,
    Document,
    Heading,
    Paragraph,
    ParagraphLink,
    Row,
    Table,
    WebLink,
    words,
)
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import (
    Edition,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    RenderedPack,
    Restriction,
)
from torbay_reports.publishing.parts import workers
from torbay_reports.publishing.parts.store import MemoryStore, PartRow
from torbay_reports.publishing.parts.workers import Pool
from torbay_reports.publishing.printing import render_pack


class CountingStore(MemoryStore):
    """Knows how many parts were ever new to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = 0

    def put(self, rows: Iterable[PartRow]) -> None:
        new = [row for row in rows if row.key not in self.rows]
        self.written += len(new)
        super().put(new)


def tracker(changed: int = -1) -> Document:
    """Some fifteen pages of rows of mixed heights, one of them perhaps changed."""

    def row(number: int) -> Row:
        said = packs.STORY * (1 + number * number % 7)
        return packs.row(f"step-{number}", f"1/{number}", "Another answer." if number == changed else said, packs.STORY)

    columns = (Column("nos", "NOS", width=1), Column("how", "How?", width=5), Column("outcome", "Outcome", width=4))
    steps = Table("steps", "All steps", columns, tuple(row(number) for number in range(75)), kind="tracker")
    return Document("invented.tracker", "2031", "Tracker", (Heading("h", "Steps", 2), steps), orientation="landscape")


def printed_numbers(pdf: bytes) -> list[str]:
    """The page numbers read from the paper's foot, not from the tags."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        texts = [page.extract_text() for page in opened.pages]
    return [re.findall(r"Page (E?\d+)", " ".join(text.splitlines()[-3:]))[-1] for text in texts]


def pages_that_say(pdf: bytes, text: str) -> list[int]:
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [place for place, page in enumerate(opened.pages) if text in page.extract_text()]


def test_the_cover_says_the_pages_on_which_the_papers_really_stand(public_pack: RenderedPack) -> None:
    numbers = printed_numbers(public_pack.pdf)
    report_starts = pages_that_say(public_pack.pdf, "Agenda item 5: Revenue Budget 2031/32")[0]
    fees_start = pages_that_say(public_pack.pdf, "Harbour fees")[0]
    cover = tagtree.read_tables(public_pack.pdf)[0]
    assert fees_start - report_starts > 4
    assert cover.body == [
        ["5.", "Revenue Budget 2031/32", f"(Pages {numbers[report_starts]} - {numbers[fees_start - 1]})"],
        ["5.", "Quarter 1 report", f"(Pages {numbers[report_starts]} - {numbers[fees_start - 1]})"],
        ["5.", "Exempt Appendix One", "(not for publication)"],
        ["6.", "Improvement plan", "(to follow)"],
        ["7.", "Fees", f"(Page {numbers[fees_start]})"],
        ["7.", "Fees", f"(Page {numbers[fees_start]})"],
        ["7.", "Fees of the north quay", "(to follow)"],
    ]


def test_the_ranges_on_the_cover_lead_to_the_papers(public_pack: RenderedPack) -> None:
    links = [link for link in tagtree.read(public_pack.pdf).links if link.page == 1 and "mailto" not in link.target]
    assert [link.target for link in links] == ["item-5-report", "item-5-report", "item-7-fees", "item-7-fees"]


def test_page_map_labels_and_printed_numbers_agree(restricted_pack: RenderedPack) -> None:
    with Pdf.open(BytesIO(restricted_pack.pdf)) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    assert tuple(labels) == restricted_pack.pages.labels == tuple(printed_numbers(restricted_pack.pdf))
    assert labels[-2:] == ["E1", "E2"]


def test_the_page_map_knows_where_each_block_and_row_begins(public_pack: RenderedPack) -> None:
    anchors = public_pack.pages.anchors
    for n in (0, 20, 39):
        place = pages_that_say(public_pack.pdf, f"Answer {n}:")[0]
        assert anchors["item-5-report", f"risk-{n}"] == str(place + 1)
    assert {anchor for _, anchor in anchors} >= {"purpose", "p1-1", "chart", "chart-table", "points", "budget", "event"}


def test_what_is_not_for_publication_stands_last_on_pages_of_its_own_numbering(restricted_pack: RenderedPack) -> None:
    pages = restricted_pack.pages
    assert (pages.papers["item-5-appendix"].first, pages.papers["item-5-appendix"].last) == ("E1", "E2")
    assert pages.papers["item-5-appendix"].index > pages.papers["item-7-fees"].index
    marked = [
        place for place, text in enumerate(tagtree.artifacts(restricted_pack.pdf)) if "NOT FOR PUBLICATION" in text
    ]
    assert marked == [place for place, label in enumerate(pages.labels) if label.startswith("E")]


def test_both_editions_give_open_papers_the_same_pages(
    public_pack: RenderedPack, restricted_pack: RenderedPack
) -> None:
    anchors = {key: page for key, page in restricted_pack.pages.anchors.items() if key[0] != "item-5-appendix"}
    assert anchors == public_pack.pages.anchors
    assert restricted_pack.pages.items == public_pack.pages.items


def test_several_papers_not_for_publication_are_numbered_through(fonts: Path) -> None:
    plan = packs.restricted_plan()
    second = replace(plan.items[0].papers[1], key="item-6-appendix", title="Exempt Appendix Two")
    plan = replace(plan, items=(plan.items[0], replace(plan.items[1], papers=(second,)), plan.items[2]))
    pack = render_pack(plan, store=MemoryStore())
    exempt = [label for label in pack.pages.labels if label.startswith("E")]
    assert exempt == [f"E{number}" for number in range(1, len(exempt) + 1)]
    starts = [pack.pages.papers[key].first for key in ("item-5-appendix", "item-6-appendix")]
    assert starts == ["E1", f"E{len(exempt) // 2 + 1}"]
    assert printed_numbers(pack.pdf) == list(pack.pages.labels)


def test_the_public_edition_holds_nothing_of_a_restricted_paper(public_pack: RenderedPack) -> None:
    assert pages_that_say(public_pack.pdf, "Company 1") == []


@pytest.mark.parametrize("restriction", [Restriction.EXEMPT, Restriction.CONFIDENTIAL])
def test_a_public_plan_that_holds_a_restricted_paper_is_refused(fonts: Path, restriction: Restriction) -> None:
    with pytest.raises(PackFault, match=f"Exempt Appendix One.*{restriction.value}"):
        render_pack(packs.plan(restricted=packs.appendix(), restriction=restriction), store=MemoryStore())


def test_two_papers_with_one_key_are_refused(fonts: Path) -> None:
    plan = packs.plan()
    with pytest.raises(PackFault, match="share the key “item-5-report”"):
        render_pack(replace(plan, items=(plan.items[0], plan.items[0])), store=MemoryStore())


def test_the_same_plan_gives_the_same_bytes_in_two_processes_from_stored_parts_and_from_none(
    public_pack: RenderedPack, fonts: Path
) -> None:
    program = (
        "import django, hashlib; django.setup(); from tests.publishing import packs;"
        "from torbay_reports.publishing.parts.store import MemoryStore;"
        "from torbay_reports.publishing.printing import render_pack;"
        "store = MemoryStore();"
        "print(*(hashlib.sha256(render_pack(packs.plan(), store=store).pdf).hexdigest() for _ in range(2)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    digest = sha256(public_pack.pdf).hexdigest()
    assert run.stdout.split() == [digest, digest]


def test_parts_of_an_earlier_pack_give_the_bytes_of_a_pack_set_from_nothing(fonts: Path) -> None:
    store = CountingStore()
    first = render_pack(packs.plan(document=tracker()), store=store)
    whole = store.written
    assert len(first.pages.labels) > 12
    changed = packs.plan(document=tracker(changed=40))
    rebuilt = render_pack(changed, store=store)
    assert rebuilt.pdf != first.pdf
    assert 0 < store.written - whole <= 8
    assert rebuilt == render_pack(changed, store=MemoryStore())


def test_one_worker_sets_the_same_bytes_as_two(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs_set = []
    for size in (1, 2):
        pool = Pool(size)
        monkeypatch.setattr(workers, "_pool", pool)
        packs_set.append(render_pack(packs.plan(document=tracker()), store=MemoryStore()))
        pool.close()
    assert packs_set[0] == packs_set[1]


def test_a_pack_that_is_all_stored_asks_for_no_worker(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryStore()
    first = render_pack(packs.plan(), store=store)
    monkeypatch.setattr(workers, "pool", None)
    assert render_pack(packs.plan(), store=store) == first


def test_both_editions_share_what_is_the_same_in_them(fonts: Path) -> None:
    store = CountingStore()
    render_pack(packs.plan(), store=store)
    whole = store.written
    render_pack(packs.plan(edition=Edition.RESTRICTED), store=store)
    # Which edition it is stands in the foot of each page, which is stamped when parts are joined.
    assert store.written == whole > 0


@pytest.mark.parametrize("damage", [b"", b"no part of anything"])
def test_parts_that_are_damaged_or_gone_are_set_again(fonts: Path, damage: bytes) -> None:
    store = CountingStore()
    first = render_pack(packs.plan(), store=store)
    for key in sorted(store.rows)[::2]:
        store.rows[key] = replace(store.rows[key], data=damage)
    assert render_pack(packs.plan(), store=store) == first
    for key in sorted(store.rows)[1::2]:
        # As when another process cleans up between the look-up and the reading.
        del store.rows[key]
    assert render_pack(packs.plan(), store=store) == first


def test_a_brought_pdf_that_cannot_be_read_any_more_is_named(fonts: Path) -> None:
    plan = packs.plan()
    brought = PlannedPaper("item-6-tracker", "Improvement plan", None, upload=PlannedUpload(b"?", "0" * 64, False))
    plan = replace(plan, items=(plan.items[0], replace(plan.items[1], papers=(brought,)), plan.items[2]))
    with pytest.raises(PackFault, match="“Improvement plan” cannot be read any more: bring the file again"):
        render_pack(plan, store=MemoryStore())


def test_progress_goes_through_setting_joining_and_checking(fonts: Path) -> None:
    told: list[tuple[str, int, int]] = []
    render_pack(packs.plan(), store=MemoryStore(), progress=lambda *all_of_it: told.append(all_of_it))
    phases = [phase for phase, _, _ in told]
    assert list(dict.fromkeys(phases)) == ["render", "join", "check"]
    for phase in ("render", "join", "check"):
        done = [(done, total) for each, done, total in told if each == phase]
        assert done[-1][0] == done[-1][1]
        assert done == sorted(done)


def test_a_letter_of_several_pages_moves_the_papers_on(fonts: Path) -> None:
    plan = packs.plan()
    late = tuple(PlannedItem(str(number), f"Late business {number}", ()) for number in range(8, 40))
    plan = replace(plan, items=(*plan.items, *late))
    store = CountingStore()
    pack = render_pack(plan, store=store)
    first = int(pack.pages.papers["item-5-report"].first)
    assert first > 2
    assert printed_numbers(pack.pdf) == list(pack.pages.labels)


def test_bookmarks_nest_item_then_paper_then_headings(restricted_pack: RenderedPack) -> None:
    def titles(items: list[object]) -> list[object]:
        return [[item.title, titles(list(item.children))] for item in items]  # type: ignore[attr-defined]

    with Pdf.open(BytesIO(restricted_pack.pdf)) as pdf, pdf.open_outline() as outline:
        found = titles(list(outline.root))
    assert found == [
        ["Cover letter", []],
        [
            "5. Revenue Budget 2031/32",
            [
                [
                    "Revenue Monitoring 2031/32 – Quarter 1",
                    [["1. Purpose", []], ["2. Position", [["2.1 Detailed position", []]]]],
                ]
            ],
        ],
        ["7. Fees", [["Harbour fees", [["Fees", []]]]]],
        ["5. Revenue Budget 2031/32 (not for publication)", [["Appendix: debts given up", [["Debts", []]]]]],
    ]


def test_a_draft_says_so_on_each_of_its_pages_and_only_there(fonts: Path) -> None:
    pack = render_pack(packs.plan(document=packs.report(draft=True)), store=MemoryStore())
    paper = pack.pages.papers["item-5-report"]
    drafts = [
        label for label, text in zip(pack.pages.labels, tagtree.artifacts(pack.pdf), strict=True) if "DRAFT" in text
    ]
    assert drafts == [str(n) for n in range(int(paper.first), int(paper.last) + 1)]


def test_every_page_carries_the_notice(restricted_pack: RenderedPack) -> None:
    assert all(packs.NOTICE in text for text in tagtree.artifacts(restricted_pack.pdf))


def test_a_paper_says_how_old_its_figures_are(public_pack: RenderedPack) -> None:
    paragraphs = tagtree.read(public_pack.pdf).texts("P")
    assert "Figures as at 30 June 2031, 68 days old at the meeting." in paragraphs


def test_the_letter_reads_like_a_letter(public_pack: RenderedPack) -> None:
    blocks = [block.text for block in tagtree.read(public_pack.pdf).blocks if block.page == 1 and block.text]
    assert blocks == [
        "Example Council",
        "Clerk: Robin Vale",
        "Telephone: 01632 960001",
        "E-mail address: clerk@council.invalid",
        "Date: Thursday 4 September 2031",
        "Governance",
        "Old Hall",
        "Dear Member",
        "HARBOUR BOARD - SATURDAY, 6 SEPTEMBER 2031",
        "The papers listed here were not ready when the agenda went out.",
        "Yours sincerely",
        "Robin Vale",
        "Clerk",
    ]


def test_outloud_and_pdfua_report_no_error(
    public_pack: RenderedPack, restricted_pack: RenderedPack, tmp_path: Path
) -> None:
    for name, pack in (("public", public_pack), ("restricted", restricted_pack)):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pack.pdf)
        heard = [finding for finding in outloud.check(str(path)).findings if finding.severity == "error"]
        assert heard == []
        assert [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR] == []


def test_a_chart_that_was_never_drawn_stops_the_pack(fonts: Path) -> None:
    with pytest.raises(PackFault, match="“Variance by service” of the paper “item-5-report” has no drawing"):
        render_pack(packs.plan(document=packs.report(svg="")), store=MemoryStore())


def test_a_reference_to_a_paragraph_that_is_not_there_stops_the_pack(fonts: Path) -> None:
    lost = Paragraph("lost", (ParagraphLink(text="9.9", anchor="p9-9"),), "4.1")
    with pytest.raises(PackFault, match="“Quarter 1 report” refers to 9.9, which it does not have"):
        render_pack(packs.plan(document=packs.report(extra=(lost,))), store=MemoryStore())


def test_characters_that_mean_something_in_html_are_printed_as_they_are(fonts: Path) -> None:
    text = 'Fish & chips <b>cost</b> "£5" & more'
    document = Document(
        "a",
        "b",
        text,
        (CallOut("c", words(text)), Paragraph("l", (WebLink(text=text, address="https://council.invalid"),))),
    )
    blocks = tagtree.read(render_pack(packs.plan(document=document), store=MemoryStore()).pdf).blocks
    assert [block.text for block in blocks].count(text) == 3


def test_the_restricted_edition_without_restricted_papers_has_the_running_numbers_only(fonts: Path) -> None:
    pack = render_pack(packs.plan(edition=Edition.RESTRICTED), store=MemoryStore())
    assert not any(label.startswith("E") for label in pack.pages.labels)
    assert all("Restricted edition" in text for text in tagtree.artifacts(pack.pdf))
