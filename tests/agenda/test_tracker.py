"""Item 6 of the supplement: the tracker, landscape, every step's words found in the PDF in the order of print."""

import re
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pikepdf import Pdf

from improvement.calculations.tracker import PlanFile, StepEntry
from improvement.kinds import Flag
from improvement.models import Step
from improvement.selectors.plans import plan
from improvement.selectors.position import plan_position
from tests.agenda.conftest import Supplement
from tests.printed.pdf import outline, page_texts
from tests.printed.readings import parsed
from tests.tagtree import TagTable, artifacts, read
from torbay_reports.core.reading import read_json
from torbay_reports.documents.blocks import Document, plain
from torbay_reports.publishing.selectors import document_of

pytestmark = pytest.mark.django_db

KEY = "item-6-improvement-tracker"
COLUMNS = [
    "NOS",
    "What?",
    "Who?",
    "How?",
    "When?",
    "Success measures",
    "Current Status",
    "Outcome – (report for Q1, Q2, Q3, Q4)",
]


@pytest.fixture(scope="module")
def tables(made: tuple[Supplement, Path]) -> list[TagTable]:
    """The tracker's own tables as they are heard, one for each priority."""
    supplement, _ = made
    return [each for each in read(bytes(supplement.pack.pdf)).tables if each.caption.startswith("Priority ")]


@pytest.fixture(scope="module")
def pages(made: tuple[Supplement, Path]) -> range:
    """The places of the tracker's pages in the file."""
    supplement, _ = made
    first, last, index = supplement.pack.pages["papers"][KEY]
    return range(index, index + int(last) - int(first) + 1)


@pytest.fixture
def document(supplement: Supplement) -> Document:
    assert supplement.tracker.publication is not None
    return document_of(supplement.tracker.publication)


def one_line(text: str) -> str:
    return " ".join(text.split())


def entries() -> list[tuple[str, str, StepEntry]]:
    """Every step of the fixture with its action's reference and words."""
    content = read_json(Path(settings.FIXTURES_DIR) / "improvement.json", PlanFile)
    return [(action.reference, action.what, step) for _, _, action, step in content.tracker.steps()]


def test_item_6_holds_every_step_with_all_its_words_in_the_order_of_print(tables: list[TagTable]) -> None:
    rows = [row for table in tables for row in table.body]
    steps = entries()
    assert [row[0] for row in rows] == [f"{action}/{step.number}" for action, _, step in steps]
    first = ""
    for row, (action, what, step) in zip(rows, steps, strict=True):
        assert row[1].startswith(one_line(what)) if step.number == 1 else row[1] == f"as {first}"
        first = row[0] if step.number == 1 else first
        assert row[3] == one_line(step.how), row[0]
        assert row[4].startswith(one_line(step.when)), row[0]
        assert row[5] == one_line(step.success), row[0]
        assert row[6].startswith(one_line(step.status_printed)), row[0]
        outcome = one_line(" ".join(f"{each.text} {each.stamp}" for each in step.updates))
        assert row[7].startswith(outcome), row[0]
        assert row[2], f"{action}/{step.number} has no owner's cell"
        if step.who:
            assert row[2] == one_line(step.who), row[0]
    assert len(rows) == 172


def test_the_words_stand_on_the_page_that_the_page_map_says(supplement: Supplement) -> None:
    texts = [one_line(text) for text in page_texts(bytes(supplement.pack.pdf))]
    for paper, anchor, label in supplement.pack.pages["anchors"]:
        if paper == KEY and (found := re.fullmatch(r"step-(.+)-(\d+)", anchor)):
            assert f"{found[1]}/{found[2]}" in texts[int(label) - 1], anchor


def test_each_priority_is_one_table_under_real_headings_with_the_sources_columns(
    supplement: Supplement, tables: list[TagTable]
) -> None:
    content = read_json(Path(settings.FIXTURES_DIR) / "improvement.json", PlanFile)
    headings = [block.text for block in read(bytes(supplement.pack.pdf)).blocks if re.match(r"H[23]", block.kind)]
    expected = []
    for theme in content.tracker.themes:
        expected.append(one_line(f"Theme {theme.number}: {theme.title}"))
        expected.extend(one_line(f"Priority {each.number}: {each.title}") for each in theme.priorities)
    assert headings[-len(expected) :] == expected
    assert len(tables) == 18
    assert all(table.head == [COLUMNS] for table in tables)
    assert [title for _, title in outline(bytes(supplement.pack.pdf))][-len(expected) :] == expected


def test_every_cell_names_its_step_and_its_column(tables: list[TagTable]) -> None:
    for table in tables:
        for row in table.rows[1:]:
            # The one step of a priority is not told apart from others.
            heads = (row[0].text,) if len(table.body) > 1 else ()
            assert (row[0].is_header, row[0].scope) == ((True, "Row") if heads else (False, ""))
            assert [cell.headers for cell in row[1:]] == [(*heads, column) for column in COLUMNS[1:]]


def test_its_pages_are_landscape_and_no_other(supplement: Supplement, pages: range) -> None:
    with Pdf.open(BytesIO(bytes(supplement.pack.pdf))) as pdf:
        sizes = [[round(float(side)) for side in page.mediabox[2:]] for page in pdf.pages]
        labels = [str(page.label) for page in pdf.pages]
    landscape = [place for place, (width, height) in enumerate(sizes) if (width, height) == (842, 595)]
    assert landscape == list(pages)
    assert all(size == [595, 842] for place, size in enumerate(sizes) if place not in pages)
    assert labels == supplement.pack.pages["labels"]


def test_every_page_of_it_has_its_running_head_its_number_and_the_tables_head(
    supplement: Supplement, tables: list[TagTable], pages: range
) -> None:
    texts = page_texts(bytes(supplement.pack.pdf))
    beside = ["".join(text.split()) for text in artifacts(bytes(supplement.pack.pdf))]
    for place in pages:
        assert "TorbayCouncil·OverviewandScrutinyBoard" in beside[place]
        assert f"Page{place + 1}" in beside[place]
    first = min(table.page for table in tables)
    for place in range(first - 1, pages.stop):
        assert "Success measures" in one_line(texts[place]), f"page {place + 1} has no head"
    assert sum("Continued:Priority" in text for text in beside) >= 10


def test_the_counts_that_open_it_are_those_of_its_rows(document: Document) -> None:
    position = plan_position(plan("childrens-services"), date.fromisoformat(document.subject.rpartition("/")[2]))
    flagged = Counter(flag for step in position.steps() for flag in step.flags)
    named = {table.anchor: table for table in document.tables()}
    for flag in Flag:
        rows = named[f"{flag.value.replace('_', '-')}-list"].rows if flagged[flag] else ()
        assert len(rows) == flagged[flag], flag
    *by_status, total = (int(row.cells[-1].text) for row in named["statuses"].rows)
    assert sum(by_status) == total == 172
    marked = Counter(
        words.lower()
        for table in document.tables()
        if table.anchor.startswith("theme-")
        for row in table.rows
        for part in row.cells[-1].content
        if getattr(part, "kind", "") == "mark"
        for words in part.text.split("; ")
    )
    assert marked == {flag.label: number for flag, number in flagged.items()}


def test_the_counts_are_the_sources(document: Document) -> None:
    assert plain(document.highlight("summary")).startswith(
        "134 of 172 steps are done, 3 of them continuing. Of the 134, 3 were completed below target and "
        "32 without evidence. "
    )


def test_the_page_lists_its_chapters_and_each_link_leads_to_one(
    supplement: Supplement, document: Document, client: Client
) -> None:
    tree = parsed(client.get(supplement.tracker_address).content)
    links = tree.cssselect(".beside__chapters a")
    assert [link.text_content() for link in links] == [each.text for each in document.chapters]
    assert links[0].getparent().getparent().getparent().cssselect("[aria-current=page]")
    assert [tree.get_element_by_id(link.get("href")[1:]).text_content().split() for link in links] == [
        each.text.split() for each in document.chapters
    ]
    assert links[-1].text_content() == "Theme 6: LEADERSHIP AND GOVERNANCE"


def test_the_page_shows_it_with_the_pages_of_the_pdf_and_links_that_lead_somewhere(
    supplement: Supplement, document: Document, client: Client, pages: range
) -> None:
    response = client.get(supplement.tracker_address)
    assert response.status_code == 200
    page = parsed(response.content.decode())
    ids = {element.get("id") for element in page.iter()}
    assert {f"page-{place + 1}" for place in pages} <= ids
    targets = {element.get("href", "")[1:] for element in page.iter("a") if element.get("href", "").startswith("#")}
    assert targets <= ids
    assert sum(target.startswith("step-") for target in targets) > 60
    for table in document.tables():
        assert client.get(f"{supplement.tracker_address}tables/{table.anchor}/").status_code == 200, table.anchor


def test_a_table_of_it_can_be_taken_away_with_its_lines(supplement: Supplement, client: Client) -> None:
    response = client.get(f"{supplement.tracker_address}tables/theme-1-priority-1-steps/?as=csv")
    text = response.content.decode("utf-8-sig")
    assert text.startswith("NOS,What?,Who?,How?,When?,Success measures,Current Status,")
    assert "as 1.1/1" in text


def test_later_changes_do_not_alter_what_was_published(supplement: Supplement, client: Client) -> None:
    before = parsed(client.get(supplement.tracker_address).content).text_content()
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_change")
        Step.objects.update(how="Changed.", status="stopped")
        assert parsed(client.get(supplement.tracker_address).content).text_content() == before
        assert "134 of 172 steps are done" in " ".join(parsed(client.get("/").content).text_content().split())
        cursor.execute("ROLLBACK TO SAVEPOINT before_change")
