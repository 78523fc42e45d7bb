"""The demonstration's report and tracker as published pages: nothing of them is lost, no link leads nowhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from budget.importing.quarter_file import read_quarter
from budget.services import loading as budget_services
from tests.access.cast import person_with
from tests.agenda.conftest import load_tracker
from tests.publishing import packs
from tests.publishing.bundles import kit
from tests.publishing.bundles.kit import Made
from tests.set_once import set_once
from torbay_reports.access.roles import Role
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Chart, Document, Table, plain
from torbay_reports.publishing.packplan import (
    PackPlan,
    PageMap,
    PageRange,
    PlannedItem,
    PlannedPaper,
    RenderedPack,
    Restriction,
)
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

PAPERS = (("5", "budget.quarterly", "2017-18/q1"), ("6", "improvement.tracker", "childrens-services/2017-09-06"))


def frozen() -> list[Document]:
    """Both Documents as they are published, their charts drawn."""
    budget_services.load_quarter(content=read_quarter(Path(settings.FIXTURES_DIR) / "budget.json"))
    load_tracker(Path(settings.FIXTURES_DIR) / "improvement.json")
    by = person_with(Role.CLERK)
    return [
        document_of(publish(document=registry.source(source).build(subject), restriction=Restriction.OPEN, by=by))
        for _, source, subject in PAPERS
    ]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Made:
    with django_db_blocker.unblock(), transaction.atomic(), set_once():
        documents = frozen()
        transaction.set_rollback(True)
    items = tuple(
        PlannedItem(number, document.title, (PlannedPaper(f"item-{number}", document.title, document),))
        for (number, _, _), document in zip(PAPERS, documents, strict=True)
    )
    plan = replace(packs.plan(), items=items)
    return kit.put(tmp_path_factory.mktemp("demo"), plan, kit.first_facts(), rendered=paged(plan))


def paged(plan: PackPlan) -> RenderedPack:
    """Pages of twenty places each, without a PDF: setting one takes longer than all these tests."""
    papers, anchors, labels = {}, {}, ["1"]
    for item in plan.items:
        (paper,) = item.papers
        assert paper.document is not None
        begins = len(labels)
        for number, anchor in enumerate(places(paper.document)):
            if number % 20 == 0:
                labels.append(str(len(labels) + 1))
            anchors[paper.key, anchor] = labels[-1]
        papers[paper.key] = PageRange(labels[begins], labels[-1], begins)
    return RenderedPack(b"%PDF-", PageMap(papers, {}, anchors, tuple(labels)))


def places(document: Document) -> Iterator[str]:
    """All names of places in reading order."""
    for block in document.blocks:
        yield block.anchor
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            if table is not block:
                yield table.anchor
            yield from (row.anchor for row in table.rows)


def test_every_paragraph_and_every_row_stands_on_its_page(made: Made) -> None:
    for item in made.plan.items:
        document = item.papers[0].document
        assert document is not None
        page = made.page(f"papers/{item.papers[0].key}/index.html")
        words, ids = kit.said(page), set(page.xpath("//@id"))
        assert {block.anchor for block in document.blocks} <= ids
        for table in document.tables():
            assert {row.anchor for row in table.rows} <= ids
            for row in table.rows:
                for cell in row.cells:
                    assert " ".join(plain(cell.content).replace("\n", "").split()) in words


def test_every_table_is_there_to_take_away(made: Made) -> None:
    count = 0
    for item in made.plan.items:
        document = item.papers[0].document
        assert document is not None
        for table in document.tables():
            for kind in ("csv", "json"):
                assert (made.folder / "papers" / item.papers[0].key / "tables" / f"{table.anchor}.{kind}").is_file()
                count += 1
    assert count > 40


def test_links_inside_a_paper_lead_to_its_places_and_none_stands_twice(made: Made) -> None:
    for item in made.plan.items:
        page = made.page(f"papers/{item.papers[0].key}/index.html")
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        inside = {href[1:] for href in page.xpath("//@href") if href.startswith("#")}
        assert inside <= set(ids)
        assert len(inside) > 5
        begun = {name.removeprefix("page-") for name in ids if name.startswith("page-")}
        assert begun == set(made.pages_of(item.papers[0].key))


def test_charts_are_drawn_and_their_colours_pass_the_policy_of_the_page(made: Made) -> None:
    drawings = [
        drawing
        for item in made.plan.items
        for drawing in made.page(f"papers/{item.papers[0].key}/index.html").xpath("//figure//svg")
    ]
    assert len(drawings) >= 2
    for drawing in drawings:
        assert drawing.xpath(".//@style"), "the drawing carries its colours in style attributes"
        assert not drawing.xpath(".//script | .//style | .//image | .//foreignobject")
