"""Finishes WeasyPrint's tagged PDF: what it leaves out for readers who listen, and the page labels.

WeasyPrint gives no header cell a scope, numbers header references by its own objects, tags a broken table once a page,
and leaves links without a print flag and with a raw address as their description.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Pdf, String

from torbay_reports.publishing.fragments import Boundary
from torbay_reports.publishing.joining import join_fragments, make_artifacts
from torbay_reports.publishing.layout import RESTRICTED_PREFIX
from torbay_reports.publishing.packplan import PackPlan, PageMap
from torbay_reports.publishing.tagtree import attribute, cells_of, document_elements, grid, kind, rows_of, walk

_PRINT = 4
"""The annotation flag that lets a link's area be printed (PDF 32000-1, 12.5.3, bit 3)."""


def finished(pdf_bytes: bytes, plan: PackPlan, pages: PageMap, boundaries: Sequence[Boundary]) -> bytes:
    """The pack's PDF with whole elements, header cells that say what they head, described links and page labels."""
    with Pdf.open(BytesIO(pdf_bytes)) as pdf:
        join_fragments(pdf, boundaries)
        make_artifacts(pdf)
        name_headers(pdf)
        describe_links(pdf, plan, pages)
        label_pages(pdf, pages.labels)
        _describe_document(pdf, plan)
        pdf.remove_unreferenced_resources()
        out = BytesIO()
        pdf.save(out, deterministic_id=True, linearize=False)
        return out.getvalue()


def tables(pdf: Pdf) -> Iterator[Object]:
    """Every table of the tree in reading order."""
    for top in document_elements(pdf):
        yield from (element for element in walk(top) if kind(element) == "Table")


def name_headers(pdf: Pdf) -> None:
    """Give every header cell its scope and a name of its own, and every data cell the names of its headers."""
    named: list[tuple[str, Object]] = []
    for number, table in enumerate(tables(pdf), start=1):
        named.extend(_name_headers_of(table, f"t{number:05}"))
    names = Array([item for name, cell in sorted(named, key=lambda each: each[0]) for item in (String(name), cell)])
    pdf.Root.StructTreeRoot.IDTree = Dictionary(Names=names)


def _name_headers_of(table: Object, prefix: str) -> list[tuple[str, Object]]:
    named: list[tuple[str, Object]] = []
    for row_number, (row, is_head) in enumerate(rows_of(table)):
        for column, cell in enumerate(cells_of(row)):
            if kind(cell) != "TH":
                continue
            name = f"{prefix}-{row_number:05}-{column:03}"
            cell.ID = String(name)
            attributes = cell.get(Name.A, Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if is_head else Name.Row
            cell.A = attributes
            named.append((name, cell))
    _name_headers_of_data(table)
    return named


def _name_headers_of_data(table: Object) -> None:
    lines = grid(table)
    heads = [is_head for _, is_head in rows_of(table)]
    over: dict[int, list[str]] = {}
    for line, is_head in zip(lines, heads, strict=True):
        beside = [str(cell.ID) for cell in line if cell is not None and kind(cell) == "TH"]
        for column, cell in enumerate(line):
            if cell is None:
                continue
            if is_head:
                if kind(cell) == "TD" and attribute(cell, "Headers") is not None:
                    del cell.A.Headers
                elif kind(cell) == "TH" and str(cell.ID) not in over.setdefault(column, []):
                    over[column].append(str(cell.ID))
            elif kind(cell) == "TD":
                headers = dict.fromkeys([*beside, *over.get(column, [])])
                cell.A = cell.get(Name.A, Dictionary(O=Name.Table))
                cell.A.Headers = Array([String(name) for name in headers])


def describe_links(pdf: Pdf, plan: PackPlan, pages: PageMap) -> None:
    """Say in words where each link leads, and let it print."""
    titles = {paper.key: paper.title for item in plan.items for paper in item.papers}
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            annotation.F = _PRINT
            annotation.Contents = String(_description(annotation, titles, pages))


def _description(annotation: Object, titles: Mapping[str, str], pages: PageMap) -> str:
    if Name.Dest not in annotation:
        address = str(annotation.A.URI)
        return f"E-mail {address.removeprefix('mailto:')}" if address.startswith("mailto:") else f"Web page {address}"
    key, _, anchor = str(annotation.Dest).partition("--")
    if anchor:
        return f"To page {pages.anchors[key, anchor]} of this pack"
    return f"{titles[key]}, page {pages.papers[key].first}"


def label_pages(pdf: Pdf, labels: Sequence[str]) -> None:
    """Make the reader's page box show what is printed: 1, 2… and E1, E2…"""
    tree = NumberTree.new(pdf)
    place = 0
    for restricted, run in groupby(labels, key=lambda label: label.startswith(RESTRICTED_PREFIX)):
        run_label = Dictionary(S=Name.D, St=1)
        if restricted:
            run_label.P = String(RESTRICTED_PREFIX)
        tree[place] = run_label
        place += len(list(run))
    pdf.Root.PageLabels = tree.obj


def _describe_document(pdf: Pdf, plan: PackPlan) -> None:
    pdf.Root.PageMode = Name.UseOutlines
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:language"] = {plan.language}
