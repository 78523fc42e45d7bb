"""A bundle holds what the pack holds: every paper, every table, every page number, and says who may read it."""

import csv
import json
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from msgspec.structs import replace as with_fields

from tests.publishing import packs
from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made
from torbay_reports.core.spreadsheets import harmless
from torbay_reports.documents.blocks import Heading
from torbay_reports.publishing.bundles.contents import shown_papers
from torbay_reports.publishing.bundles.making import make
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import PackPlan


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_files_are_those_that_it_returns_and_the_manifest_is_last(store: Made) -> None:
    there = files_below(store.folder)
    assert {each.path: (each.sha256, each.size) for each in store.files} == {
        path: (sha256(data).hexdigest(), len(data)) for path, data in there.items()
    }
    assert store.files[-1].path == "manifest.json"
    assert there["pack.pdf"] == store.rendered.pdf


def test_the_same_values_give_the_same_bytes(store: Made, empty: Path) -> None:
    again = make(
        plan=kit.later_plan(),
        rendered=store.rendered,
        facts=kit.second_facts(),
        frozen=kit.frozen_of(kit.later_plan()),
        texts={kit.BROUGHT: kit.WORDS},
        into=empty,
    )
    assert again == store.files
    assert files_below(empty) == files_below(store.folder)


def test_a_built_paper_stands_byte_for_byte_as_it_was_frozen(restricted: Made) -> None:
    frozen = kit.frozen_of(restricted.plan)
    assert len(frozen) == 3
    for key, text in frozen.items():
        assert (restricted.folder / "papers" / key / "document.json").read_bytes() == text.encode()


def test_every_table_of_every_paper_is_there_as_csv_and_json_with_equal_values(store: Made, restricted: Made) -> None:
    count = 0
    for made in (store, restricted):
        for placed in shown_papers(made.plan):
            tables = list(placed.paper.document.tables()) if placed.paper.document else []
            folder = made.folder / "papers" / placed.paper.key / "tables"
            names = {path.name for path in folder.glob("*")}
            assert names == {f"{table.anchor}.{ending}" for table in tables for ending in ("csv", "json")}
            for table in tables:
                rows = list(csv.reader(StringIO((folder / f"{table.anchor}.csv").read_text("utf-8-sig"))))
                data = json.loads((folder / f"{table.anchor}.json").read_bytes())
                values = [[harmless(each or "") for each in row["values"]] for row in data["rows"]]
                assert rows[-len(table.rows) :] == values
                assert [row["texts"] for row in data["rows"]] == [[c.text for c in row.cells] for row in table.rows]
                count += 1
    assert count == 7


def test_every_printed_page_of_every_paper_has_its_place_in_html(store: Made, restricted: Made) -> None:
    for made in (store, restricted):
        found = []
        for placed in shown_papers(made.plan):
            page = made.page(f"papers/{placed.paper.key}/index.html")
            ids = {name.removeprefix("page-") for name in page.xpath("//@id") if name.startswith("page-")}
            found += [label for label in made.rendered.pages.labels if label in ids]
            assert len(page.xpath("//@id")) == len(set(page.xpath("//@id")))
        assert ["1", *found] == list(made.rendered.pages.labels)


def test_a_place_stands_on_the_page_on_which_the_pdf_has_it(store: Made) -> None:
    page = store.page("papers/item-5-report/index.html")
    order = [name for name in page.xpath("//@id") if name.startswith("page-") or name in ("risks", "p3-1", "p4-1")]
    anchors = store.rendered.pages.anchors
    for anchor in ("p3-1", "p4-1"):
        last = next(name for name in reversed(order[: order.index(anchor)]) if name.startswith("page-"))
        assert last == f"page-{anchors['item-5-report', anchor]}"


def test_every_page_and_file_of_a_restricted_edition_is_marked(restricted: Made) -> None:
    pages = list(restricted.pages())
    assert len(pages) == 4
    for path in pages:
        exempt = "item-5-appendix" in path.parts[-2] or path.parent == restricted.folder
        words = "NOT FOR PUBLICATION" if exempt else "Restricted edition"
        page = kit.parsed(path)
        assert words in kit.said(page.xpath("//header")[0]), path
        assert words in kit.said(page.xpath("//footer")[0]), path
    for kind in ("csv", "json"):
        for path in restricted.folder.rglob(f"tables/*.{kind}"):
            words = "NOT FOR PUBLICATION: exempt" if "item-5-appendix" in path.parts else "Restricted edition"
            text = path.read_text("utf-8-sig")
            marking = json.loads(text)["marking"] if kind == "json" else text.splitlines()[0]
            assert marking == words, path


def test_nothing_of_the_public_edition_is_marked(store: Made) -> None:
    for path in store.pages():
        assert not kit.parsed(path).find_class("bundle-marking"), path
    for path in store.folder.rglob("tables/*.json"):
        assert "marking" not in json.loads(path.read_bytes())


def one_paper(plan: PackPlan) -> PackPlan:
    return replace(plan, items=plan.items[2:3])


def test_a_paper_other_than_the_frozen_one_is_refused(empty: Path) -> None:
    plan = one_paper(packs.plan())
    frozen = kit.frozen_of(plan)
    for stored in ({}, {key: text.replace("Harbour fees", "Other fees") for key, text in frozen.items()}):
        with pytest.raises(PackFault, match="item 7 is not the one that was frozen: build the pack again"):
            make(
                plan=plan,
                rendered=kit.rendered_pack(plan),
                facts=kit.first_facts(),
                frozen=stored,
                texts={},
                into=empty / str(len(stored)),
            )


def test_a_brought_paper_without_the_words_of_every_page_is_refused(store: Made, tmp_path: Path) -> None:
    for number, words in enumerate([(), kit.WORDS[:1], (*kit.WORDS, ())]):
        with pytest.raises(PackFault, match="for item 8 are missing: bring the file again"):
            kit.put(
                tmp_path / str(number), store.plan, store.facts, rendered=store.rendered, texts={kit.BROUGHT: words}
            )


def test_a_table_whose_name_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    report = packs.report(rows=1)
    table = with_fields(packs.budget_table(), anchor="../../../secret")
    plan = packs.plan(document=with_fields(report, blocks=(Heading("h", "Position", 2), table)))
    with pytest.raises(PackFault, match="cannot be a file's") as refusal:
        kit.put(tmp_path, plan, kit.first_facts())
    assert "secret" not in str(refusal.value)
    assert not list(tmp_path.rglob("secret*"))
