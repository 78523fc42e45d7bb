"""The supplement of 6 September 2017: the source's figures on the page and in the PDF, where the cover says."""

import json
import re
from io import BytesIO
from pathlib import Path

import lxml.html
import outloud
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pdfua import Severity, validate
from pikepdf import Pdf

from tests.agenda.conftest import Supplement
from tests.agenda.printed_pages import differences as page_differences
from tests.agenda.printed_pages import in_print, on_screen
from tests.past_the_triggers import past_the_triggers
from tests.printed import source
from tests.printed.pdf import outline, page_texts
from tests.printed.readings import CAPTIONS, differences, from_html, parsed
from tests.tagtree import artifacts, read, read_tables
from torbay_reports.agenda.services import build_pack
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(supplement: Supplement, client: Client) -> str:
    response = client.get(supplement.paper_address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_printed_figure_stands_in_the_pages_tables(page: str) -> None:
    paper = parsed(page).find_class("document")[-1]
    assert differences(from_html(lxml.html.tostring(paper, encoding="unicode"))) == []


def test_every_printed_figure_stands_in_the_pdfs_tag_tree(supplement: Supplement) -> None:
    tables = {}
    for name, beginning in CAPTIONS.items():
        found = [each for each in read_tables(bytes(supplement.pack.pdf)) if each.caption.startswith(beginning)]
        assert len(found) == 1, f"{len(found)} tables are called '{beginning}'"
        tables[name] = found[0].body
    assert differences(tables) == []


def test_the_chart_on_the_page_holds_every_services_variance(page: str) -> None:
    scripts = parsed(page).xpath("//script[@type='application/json']")
    assert isinstance(scripts, list)
    expected = {name: float(figure.strip("()").replace(",", "")) for name, figure in source.CHART}
    for script in scripts:
        trace = json.loads(script.text)["data"][0]
        assert {name: abs(length) for name, length in zip(trace["y"], trace["x"], strict=True)} == expected


def test_the_covers_ranges_are_the_real_pages(supplement: Supplement) -> None:
    texts = page_texts(bytes(supplement.pack.pdf))
    ranges = [(int(first), int(last)) for first, last in re.findall(r"\(Pages (\d+) - (\d+)\)", texts[0])]
    report, item_6, letter, tracker = ranges
    assert item_6 == (letter[0], tracker[1]) == (report[1] + 1, len(texts))
    assert letter[1] + 1 == tracker[0]
    assert report[0] == 2
    assert "Purpose and Introduction" in texts[1]
    assert any("Background papers" in text for text in texts[1 : report[1]])
    assert "Third monitoring visit" in texts[letter[0] - 1]
    assert "Signed in the original" in texts[letter[1] - 1]
    assert "Improvement Action Tracker" in texts[tracker[0] - 1]
    assert "17.5/1" in texts[tracker[1] - 1]
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"Page {number}\b", text), f"page {number} is not numbered"
    assert "to follow" not in texts[0]


def test_every_page_says_that_it_is_a_demonstration(supplement: Supplement) -> None:
    for number, text in enumerate(artifacts(bytes(supplement.pack.pdf)), start=1):
        assert settings.DEMO_NOTICE.replace(" ", "") in "".join(text.split()), f"page {number} does not say it"


def test_outloud_and_pdfua_find_no_error_in_it(supplement: Supplement, tmp_path: Path) -> None:
    path = tmp_path / "supplement.pdf"
    path.write_bytes(bytes(supplement.pack.pdf))
    assert [finding for finding in outloud.check(str(path)).findings if finding.severity == "error"] == []
    assert [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR] == []


def test_it_names_its_language_title_and_standard(supplement: Supplement) -> None:
    with Pdf.open(BytesIO(bytes(supplement.pack.pdf))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"].startswith("Overview and Scrutiny Board, Wednesday 6 September 2017")
            assert metadata["pdfuaid:part"] == "1"
        assert list(supplement.pack.pages["labels"]) == [str(n + 1) for n in range(len(pdf.pages))]


def test_paragraph_numbers_in_print_are_the_sources(supplement: Supplement) -> None:
    texts = [block.text for block in read(bytes(supplement.pack.pdf)).blocks if block.kind != "Table"]
    numbers = [match[0] for text in texts if (match := re.match(r"\d+\.\d+(?=\s)", text))]
    assert numbers == source.PARAGRAPH_NUMBERS


def test_bookmarks_lead_from_item_to_paper_to_headings(supplement: Supplement) -> None:
    found = outline(bytes(supplement.pack.pdf))
    assert [title for depth, title in found if depth == 0] == [
        "Cover letter",
        "5. Revenue Budget 2017/2018 - Quarter 1 Monitoring Report",
        "6. Children's Services Medium Term Financial Strategy and Improvement Plan",
    ]
    assert [title for depth, title in found if depth == 1] == [
        "Revenue Budget Monitoring 2017/18 – Quarter 1",
        "Third monitoring visit to Torbay local authority children's services",
        "Torbay Children's Services: Improvement Action Tracker",
    ]
    titles = [title for _, title in found]
    assert any(title.endswith("Summary Position") for title in titles)
    assert [title[:8] for title in titles if title.startswith("Theme ")] == [
        f"Theme {number}:" for number in range(1, 7)
    ]


def test_page_numbers_on_the_screen_are_those_of_the_pdf(page: str, supplement: Supplement) -> None:
    texts = page_texts(bytes(supplement.pack.pdf))
    for paper, anchor, label in supplement.pack.pages["anchors"]:
        if paper.startswith("item-5") and (number := re.fullmatch(r"para-(\d+\.\d+)", anchor)):
            assert re.search(rf"(?m)(^|\s){re.escape(number[1])}\s", texts[int(label) - 1]), f"{anchor} not on {label}"
    ids = {element.get("id") for element in parsed(page).iter()}
    pages = supplement.pack.pages["papers"]["item-5-revenue-budget-monitoring"]
    assert {f"page-{n}" for n in range(int(pages[0]), int(pages[1]) + 1)} <= ids


def test_the_pack_page_gives_the_same_ranges_and_what_is_asked(supplement: Supplement, client: Client) -> None:
    text = client.get(f"{supplement.address}pack/").content.decode()
    for first, last, _ in supplement.pack.pages["papers"].values():
        assert f"Pages {first} - {last}" in text
    assert "What the meeting is asked to decide" in text
    assert "That the Board consider" in text
    assert "To follow" not in text
    contents = " ".join(parsed(text).text_content().split())
    first, last, _ = supplement.pack.pages["papers"]["item-6-ofsted-letter"]
    assert f"Third monitoring visit to Torbay local authority children's services (Pages {first} - {last})" in contents


def test_the_meetings_page_lists_letter_and_tracker_under_item_6(supplement: Supplement, client: Client) -> None:
    page = parsed(client.get(supplement.address).content.decode())
    links = [(link.get("href"), " ".join(link.text_content().split())) for link in page.cssselect("main li a")]
    assert (supplement.letter_address, supplement.letter.title) in links
    assert links.index((supplement.letter_address, supplement.letter.title)) + 1 == links.index(
        (supplement.tracker_address, supplement.tracker.title)
    )
    assert "To follow" not in page.text_content()


def test_the_report_says_how_old_its_figures_are_at_the_meeting(page: str) -> None:
    assert "Figures as at 30 June 2017, 68 days old at the meeting." in page


def test_a_line_reads_in_words_first_and_its_columns_are_one_click_away(page: str) -> None:
    paper = parsed(page).get_element_by_id("budget-table")
    assert paper.text_content().index("Children's Services: £1,377k over") < paper.text_content().index("Expenditure")
    assert paper.find(".//details//table") is not None


def test_home_shows_the_next_meetings_the_quarter_the_limits_and_the_tracker(
    supplement: Supplement, client: Client
) -> None:
    text = client.get("/").content.decode()
    assert "Wednesday 6 September 2017 (tomorrow)" in text
    shown = " ".join(parsed(text).text_content().split())
    assert "an overspend of £1.4m" in shown
    assert "over its part by £16m" in text
    assert "134 of 172 steps are done, 3 of them continuing. Of the 134, 3 were completed below target" in shown
    assert supplement.tracker_address in text
    assert settings.DEMO_NOTICE in text
    assert "what is new in its pack: Supplement 1" in shown
    assert "to follow" not in shown


def test_a_published_page_stays_when_the_rows_change(page: str, supplement: Supplement, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before_change")
        cursor.execute("UPDATE budget_forecast SET net = net + 500")
        assert parsed(client.get(supplement.paper_address).content).text_content() == (parsed(page).text_content())
        cursor.execute("ROLLBACK TO SAVEPOINT before_change")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_table_can_be_taken_away(supplement: Supplement, client: Client, kind: str) -> None:
    response = client.get(f"{supplement.paper_address}tables/budget-table/?as={kind}")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    if kind == "csv":
        assert "Children's Services,77720.00,-49027.00,28693.00,1377.00,R" in response.content.decode("utf-8-sig")


def test_the_pdf_is_served_as_it_is_stored(supplement: Supplement, client: Client) -> None:
    response = client.get(f"{supplement.address}supplement-1/pack.pdf")
    assert response.content == bytes(supplement.pack.pdf)
    assert response["Content-Type"] == "application/pdf"


def test_building_it_again_changes_nothing(supplement: Supplement) -> None:
    again = build_pack(instalment=supplement.instalment, edition=Edition.PUBLIC, by=None)
    assert again.built_at == supplement.pack.built_at
    assert again.checksum == supplement.pack.checksum


def test_a_publication_that_was_altered_is_withheld_and_logged(
    supplement: Supplement, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    publication = supplement.paper.publication
    assert publication is not None
    with past_the_triggers(), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_publication SET document_json = replace(document_json, '1,377', '1,378')")
    response = client.get(supplement.paper_address)
    assert response.status_code == 503
    assert "not what was published" in response.content.decode()
    assert "1,378" not in response.content.decode()
    assert f"“{publication}” is not what was published" in caplog.text


def test_every_paragraph_and_row_is_on_the_page_that_the_pdf_says(supplement: Supplement, client: Client) -> None:
    printed = in_print(bytes(supplement.pack.pdf), supplement.pack.pages["labels"])
    for address in (supplement.paper_address, supplement.letter_address, supplement.tracker_address):
        (article,) = parsed(client.get(address).content.decode()).cssselect("article.document")
        screen = on_screen(article)
        assert len(screen) > 20
        assert page_differences(screen, printed) == []
