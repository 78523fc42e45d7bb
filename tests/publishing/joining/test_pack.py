"""A joined pack is one tagged PDF that says what its parts say, in order, once."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import pytest
from msgspec.structs import replace as struct_replace
from pdfua import Severity, validate
from pikepdf import Name, Pdf

from tests import tagtree
from tests.publishing import packs
from tests.publishing.joining import making
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.pack import PaperParts, join
from torbay_reports.publishing.packplan import PackPlan, PlannedPaper, PlannedUpload, RenderedPack
from torbay_reports.publishing.pagetext import Reader
from torbay_reports.publishing.parts.values import Part


@pytest.fixture(scope="module")
def pack() -> RenderedPack:
    return making.pack(packs.restricted_plan())


def test_the_same_parts_give_the_same_bytes(pack: RenderedPack) -> None:
    assert making.pack(packs.restricted_plan()).pdf == pack.pdf


def test_other_programs_find_no_fault_in_its_syntax_or_its_tags(pack: RenderedPack, tmp_path: Path) -> None:
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack.pdf)
    assert [finding for finding in outloud.check(str(path)).findings if finding.severity == "error"] == []
    assert [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR] == []


def test_every_page_reads_as_its_part_with_its_number_as_an_artifact(pack: RenderedPack) -> None:
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        reader = Reader()
        texts = [reader.read(page) for page in pdf.pages]
    numbers = [text.artifacts[-1].text.rpartition(" ")[2] for text in texts]
    assert tuple(numbers) == pack.pages.labels == ("1", "2", "3", "4", "5", "E1", "E2")
    assert not any(text.loose.text for text in texts)
    assert texts[1].marked[0].text == packs.report().title


def test_its_tables_links_and_headings_are_those_of_its_papers(pack: RenderedPack) -> None:
    tree = tagtree.read(pack.pdf)
    assert [len(table.rows) for table in tree.tables] == [8, 4, 5, 41, 41]
    assert tree.tables[3].rows[-1][2].headers == ("Risk 39", "Mitigation")
    assert [(link.text, link.target, link.description) for link in tree.links if link.page == 2] == [
        ("2.1", "item-5-report--p2-1", "To page 2 of this pack"),
        ("the plan", "https://council.invalid/plan.pdf", "Web page https://council.invalid/plan.pdf"),
    ]
    assert tree.texts("H")[1:4] == ["Revenue Monitoring 2031/32 – Quarter 1", "1. Purpose", "2. Position"]


def test_pages_with_the_same_resources_share_them(pack: RenderedPack) -> None:
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        assert len({page.obj.Resources.objgen for page in pdf.pages}) == 1
        programs = [each for each in pdf.objects if hasattr(each, "get") and each.get(Name.Length1) is not None]
    assert len(programs) == len(making.FACES)


def brought_plan() -> PackPlan:
    plan = packs.plan()
    item = plan.items[2]
    late = replace(item.papers[1], upload=PlannedUpload(b"", "0", is_tagged=True))
    return replace(plan, items=(*plan.items[:2], replace(item, papers=(item.papers[0], late))))


def brought_part() -> Part:
    page = making.sheet_of_words(["Fees of the quay"], (595.0, 842.0))
    page.tops.append(making.Node("P", [page.linked("above", "#page-1")]))
    made = page.part()
    return struct_replace(
        made,
        destinations={"page-1": (0, 0.0, 842.0)},
        pages=(struct_replace(made.pages[0], rotate=90),),
    )


def test_a_brought_part_is_joined_like_any_other_and_its_places_bear_its_key() -> None:
    pack = making.pack(brought_plan(), brought={"item-7-late": (brought_part(),)})
    assert pack.pages.anchors["item-7-late", "page-1"] == "6"
    links = [link for link in tagtree.read(pack.pdf).links if link.page == 6]
    assert [(link.target, link.description) for link in links] == [("item-7-late--page-1", "To page 6 of this pack")]
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        assert int(pdf.pages[-1].obj.Rotate) == 90
        read = Reader().read(pdf.pages[-1])
    assert [run.text for run in read.artifacts[1:]] == [packs.NOTICE, "Page 6"]


def test_a_link_that_no_element_holds_is_still_a_link() -> None:
    part = brought_part()
    elements = tuple(
        struct_replace(each, kids=each.kids[:1]) if each.kind == "Link" else each for each in part.elements
    )
    pack = making.pack(brought_plan(), brought={"item-7-late": (struct_replace(part, elements=elements),)})
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        assert Name.StructParent not in pdf.pages[-1].obj.Annots[0]


def test_parts_that_are_not_those_of_the_page_map_are_refused() -> None:
    plan = packs.plan()
    papers, pages = making.made(plan)
    letter = making.letter(plan, pages.papers)
    with pytest.raises(PackFault, match="parts of the pack have 6 pages, its page map 5"):
        join(plan, [letter, letter], papers, pages)
    with pytest.raises(PackFault, match="“Quarter 1 report” was set on no page"):
        join(plan, [letter], [PaperParts(papers[0].placed, ()), *papers[1:]], pages)


def test_a_link_without_a_place_stops_the_pack_and_names_the_page() -> None:
    plan = packs.plan()
    papers, pages = making.made(plan)
    first = papers[0].parts[0]
    lost = struct_replace(first, links=tuple(struct_replace(link, target="#nowhere") for link in first.links))
    broken = PaperParts(papers[0].placed, (lost, *papers[0].parts[1:]))
    with pytest.raises(PackFault, match="link on page 2 leads nowhere: nowhere"):
        join(plan, [making.letter(plan, pages.papers)], [broken, *papers[1:]], pages)


def test_one_brought_file_may_stand_under_two_papers() -> None:
    part = making.sheet_of_words(["Boats"], making.PORTRAIT).part()
    named = struct_replace(part, elements=(struct_replace(part.elements[0], name="same"), *part.elements[1:]))
    upload = PlannedUpload(part=b"", checksum="0" * 64, is_tagged=True)
    plan = packs.plan()
    first, item, fees = plan.items
    twice = tuple(PlannedPaper(f"item-6-{n}", f"Boats {n}", None, upload=upload) for n in range(2))
    plan = replace(plan, items=(first, replace(item, papers=twice), fees))
    whole = making.pack(plan, brought={each.key: (named,) for each in twice})
    with Pdf.open(BytesIO(whole.pdf)) as pdf:
        names = [str(name) for name in pdf.Root.StructTreeRoot.IDTree.Names][::2]
    assert len([name for name in names if name.endswith("-same")]) == 2
