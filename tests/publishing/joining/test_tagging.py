"""What WeasyPrint leaves out for those who listen is put right, and nothing is lost on the way."""

from collections import Counter
from io import BytesIO

from pikepdf import Name, Pdf

from tests import tagtree
from tests.publishing import packs
from torbay_reports.documents.blocks import Paragraph, Table, plain
from torbay_reports.publishing import tagtree as steps
from torbay_reports.publishing.packplan import RenderedPack


def expected_body(table: Table) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]


def test_every_table_of_the_document_is_one_table_with_its_cells_in_place(public_pack: RenderedPack) -> None:
    tables = {table.caption: table for table in tagtree.read_tables(public_pack.pdf) if table.caption}
    document = packs.report()
    assert Counter(table.caption for table in tagtree.read_tables(public_pack.pdf))[packs.long_table(1).caption] == 1
    for table in document.tables():
        assert tables[table.caption].body == expected_body(table)


def test_the_head_of_a_table_is_read_once_and_groups_its_neighbours(public_pack: RenderedPack) -> None:
    budget = next(table for table in tagtree.read_tables(public_pack.pdf) if table.caption.startswith("Budget"))
    assert budget.head == [
        ["", "2031/32 Budget", "2031/32 Budget", "", ""],
        ["Service", "Expenditure £000s", "Income £000s", "Forecast Variance £000s", "Direction of Travel"],
    ]
    assert budget.heading == "2.1 Detailed position"


def test_every_data_cell_names_its_row_and_its_columns(public_pack: RenderedPack) -> None:
    budget = next(table for table in tagtree.read_tables(public_pack.pdf) if table.caption.startswith("Budget"))
    parks = next(row for row in budget.rows if row[0].text == "Parks & gardens")
    assert [cell.headers for cell in parks[1:]] == [
        ("Parks & gardens", "2031/32 Budget", "Expenditure £000s"),
        ("Parks & gardens", "2031/32 Budget", "Income £000s"),
        ("Parks & gardens", "Forecast Variance £000s"),
        ("Parks & gardens", "Direction of Travel"),
    ]


def test_cells_after_a_page_break_still_name_the_head_of_their_table(public_pack: RenderedPack) -> None:
    risks = next(table for table in tagtree.read_tables(public_pack.pdf) if table.caption.startswith("Risks"))
    assert risks.rows[-1][2].headers == ("Risk 39", "Mitigation")
    assert risks.rows[-1][0].scope == "Row"


def test_every_paragraph_is_one_paragraph_though_pages_break_it(public_pack: RenderedPack) -> None:
    paragraphs = Counter(tagtree.read(public_pack.pdf).texts("P"))
    for block in packs.report().blocks:
        if isinstance(block, Paragraph):
            assert paragraphs[" ".join(f"{block.number} {plain(block.content)}".split())] == 1


def test_a_list_that_pages_break_is_one_list(public_pack: RenderedPack) -> None:
    items = tagtree.read(public_pack.pdf).texts("LI")
    assert [item.lstrip("• ") for item in items] == ["the first limit;", "the second limit."]


def test_headings_are_read_in_order_with_their_levels(public_pack: RenderedPack) -> None:
    blocks = [block for block in tagtree.read(public_pack.pdf).blocks if block.kind.startswith("H") and block.page > 1]
    assert [(block.kind, block.text) for block in blocks] == [
        ("H1", "Revenue Monitoring 2031/32 – Quarter 1"),
        ("H2", "1. Purpose"),
        ("H2", "2. Position"),
        ("H3", "2.1 Detailed position"),
        ("H1", "Harbour fees"),
        ("H2", "Fees"),
    ]


def test_the_chart_is_a_picture_with_its_sentence(public_pack: RenderedPack) -> None:
    assert tagtree.read(public_pack.pdf).texts("Figure") == ["Harbours is £1,377k over; Parks is £43k under."]


def test_links_say_where_they_lead(public_pack: RenderedPack) -> None:
    links = {link.text: link.description for link in tagtree.read(public_pack.pdf).links}
    page = public_pack.pages.anchors["item-5-report", "p2-1"]
    assert links["clerk@council.invalid"] == "E-mail clerk@council.invalid"
    assert links["2.1"] == f"To page {page} of this pack"
    assert links["the plan"] == "Web page https://council.invalid/plan.pdf"


def test_running_heads_and_repeated_table_heads_are_artifacts(public_pack: RenderedPack) -> None:
    pages = tagtree.artifacts(public_pack.pdf)
    assert "Continued: Risks to the budget and what…" in "".join(pages)
    assert any("RiskImpactMitigation" in text for text in pages)


def test_names_in_the_tree_are_unique_and_listed(restricted_pack: RenderedPack) -> None:
    with Pdf.open(BytesIO(restricted_pack.pdf)) as pdf:
        root = pdf.Root.StructTreeRoot
        names = [str(each.ID) for top in steps.document_elements(pdf) for each in steps.walk(top) if Name.ID in each]
        listed = [str(name) for name in list(root.IDTree.Names)[::2]]
    assert len(names) == len(set(names)) > 100
    assert listed == sorted(names)
