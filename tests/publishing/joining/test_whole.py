"""Published files joined into one say what they said alone: pages, tags, places, links, bookmarks and page labels."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import pytest
from msgspec.structs import replace as struct_replace
from pdfua import Severity, validate
from pikepdf import Name, NumberTree, Pdf

from tests import tagtree
from tests.publishing import packs
from tests.publishing.uploads import good
from torbay_reports.publishing.checks.whole import check_whole
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.whole import PublishedFile, join_published
from torbay_reports.publishing.packplan import (
    AgendaSheet,
    Edition,
    PackPlan,
    PlannedItem,
    PlannedPaper,
    PlannedUpload,
    Reached,
)
from torbay_reports.publishing.parts.store import MemoryStore
from torbay_reports.publishing.printing import render_pack
from torbay_reports.publishing.uploads.cleaning import cleaned

TITLE = "Harbour Board, Saturday 6 September 2031: pack so far"


def joined(files: list[PublishedFile]) -> bytes:
    return join_published(files, title=TITLE, author="Example Council", subject="Harbour Board", language="en-GB")


def published(name: str, title: str, plan: PackPlan, store: MemoryStore) -> PublishedFile:
    rendered = render_pack(plan, store=store)
    return PublishedFile(name, title, rendered.pages.labels, rendered.pdf)


@pytest.fixture(scope="module")
def files() -> list[PublishedFile]:
    """An agenda, a supplement with the same paper and one not for publication, and one with a brought paper alone."""
    store = MemoryStore()
    long = packs.report(rows=3)
    report = struct_replace(long, blocks=long.blocks[:11])
    letter = packs.letter()
    sheet = AgendaSheet(
        letter.clerk, letter.telephone, letter.email, letter.dated, letter.office, "Harbour Board", "Saturday"
    )
    first = replace(packs.plan(document=report), letter=sheet)
    both = packs.plan(edition=Edition.RESTRICTED, document=report, restricted=packs.appendix())
    upload = PlannedUpload(cleaned(good.tagged()).part, "0123456789abcdef" * 4, is_tagged=True)
    boats = PlannedPaper("item-8-boats-0123456789abcdef", "Boats", None, upload=upload)
    third = replace(packs.plan(), items=(PlannedItem("8", "Boats", (boats,)),))
    return [
        published("agenda", "Agenda", first, store),
        published("supplement-1", "Supplement 1", replace(both, reached=Reached(open=20)), store),
        published("supplement-2", "Supplement 2", replace(third, reached=Reached(open=60, restricted=9)), store),
    ]


@pytest.fixture(scope="module")
def whole(files: list[PublishedFile]) -> bytes:
    return joined(files)


def content(page: Any) -> bytes:
    return b"".join(each.read_raw_bytes() for each in page.Contents)


def test_every_page_is_painted_as_it_was_published(files: list[PublishedFile], whole: bytes) -> None:
    before: list[tuple[bytes, Any]] = []
    for each in files:
        with Pdf.open(BytesIO(each.pdf)) as pdf:
            before += [(content(page), page.MediaBox.as_list()) for page in pdf.pages]
    with Pdf.open(BytesIO(whole)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert [(content(page), page.MediaBox.as_list()) for page in pdf.pages] == before


def test_tags_are_read_as_those_of_each_file_in_turn(files: list[PublishedFile], whole: bytes) -> None:
    found = tagtree.read(whole)
    blocks, links, tables, pages = [], [], [], 0
    for each in files:
        tree = tagtree.read(each.pdf)
        blocks += [replace(block, page=block.page + pages) for block in tree.blocks]
        tables += [replace(table, page=table.page + pages) for table in tree.tables]
        links += [
            replace(
                link,
                page=link.page + pages,
                target=link.target if ":" in link.target else f"{each.name}/{link.target}",
            )
            for link in tree.links
        ]
        pages += len(each.labels)
    assert any(cell.headers for table in tables for row in table.rows for cell in row)
    assert (found.blocks, found.tables, found.links) == (blocks, tables, links)


def test_other_programs_find_no_fault_in_it(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(whole)
    assert [finding for finding in outloud.check(str(path)).findings if finding.severity == "error"] == []
    assert [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR] == []


def test_one_document_holds_those_of_the_files(files: list[PublishedFile], whole: bytes) -> None:
    with Pdf.open(BytesIO(whole)) as pdf:
        (top,) = pdf.Root.StructTreeRoot.K
        assert (top.S, str(top.T)) == (Name.Document, TITLE)
        assert [each.S for each in top.K] == [Name.Document] * len(files)
        assert all(each.P == top for each in top.K)
        metadata = pdf.open_metadata()
        assert (metadata["pdfuaid:part"], metadata["dc:title"], str(pdf.docinfo.Title)) == ("1", TITLE, TITLE)
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en-GB", True)
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_page_labels_run_on_as_published(files: list[PublishedFile], whole: bytes) -> None:
    with Pdf.open(BytesIO(whole)) as pdf:
        labels = [str(page.label) for page in pdf.pages]
        assert labels == [label for each in files for label in each.labels]
        assert [labels[0], "E1" in labels, labels[-1].isdecimal()] == ["i", True, True]


def test_every_bookmark_stands_under_that_of_its_file(files: list[PublishedFile], whole: bytes) -> None:
    def read(data: bytes) -> list[tuple[str, list[Any]]]:
        def level(items: Any) -> list[tuple[str, list[Any]]]:
            return [(each.title, level(each.children)) for each in items]

        with Pdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
            return level(outline.root)

    assert read(whole) == [(each.title, read(each.pdf)) for each in files]
    with Pdf.open(BytesIO(whole)) as pdf, pdf.open_outline() as outline:
        firsts = [each.obj.Dest[0].objgen for each in outline.root if each.obj is not None]
        starts = [sum(len(each.labels) for each in files[:place]) for place in range(len(files))]
        assert firsts == [pdf.pages[start].obj.objgen for start in starts]


def test_each_file_has_a_place_of_its_own_for_its_letter(files: list[PublishedFile], whole: bytes) -> None:
    with Pdf.open(BytesIO(whole)) as pdf:
        listed = [str(each) for each in pdf.Root.Names.Dests.Names]
        names = [each for each in listed[::2] if each.endswith("/letter")]
        assert names == [f"{each.name}/letter" for each in files]
        assert listed[::2] == sorted(listed[::2])
        keys = list(NumberTree(pdf.Root.StructTreeRoot.ParentTree))
        assert keys == sorted(set(keys))


def test_typefaces_stand_in_it_once(files: list[PublishedFile], whole: bytes) -> None:
    def programs(data: bytes) -> list[bytes]:
        with Pdf.open(BytesIO(data)) as pdf:
            return [each.read_raw_bytes() for each in pdf.objects if Name.Length1 in each]

    assert sorted(programs(whole)) == sorted({each for file in files for each in programs(file.pdf)})


def test_the_same_files_give_the_same_bytes(files: list[PublishedFile], whole: bytes) -> None:
    assert joined(files) == whole


def test_the_check_finds_a_name_that_stands_twice(files: list[PublishedFile], whole: bytes) -> None:
    check_whole(whole, tuple(label for each in files for label in each.labels))
    twice = joined([files[0], replace(files[1], name=files[0].name)])
    with pytest.raises(PackFault, match="stands twice in the tag tree"):
        check_whole(twice, (*files[0].labels, *files[1].labels))


@pytest.mark.parametrize("spoilt", [b"", b"%PDF-1.7\n", good.untagged()])
def test_a_file_of_another_program_is_refused(files: list[PublishedFile], spoilt: bytes) -> None:
    with pytest.raises(PackFault, match="does not end as this program writes it"):
        joined([files[0], replace(files[1], pdf=spoilt)])


def test_a_file_with_other_pages_than_its_page_map_is_refused(files: list[PublishedFile]) -> None:
    with pytest.raises(PackFault, match=r"Supplement 1 has \d+ pages, its page map 1."):
        joined([files[0], replace(files[1], labels=("1",))])
