"""A pack in parts has the pages of one run: no white space where parts end."""

from django.conf import settings
from msgspec.structs import replace
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from tests.publishing import packs
from tests.publishing.frozen.building import built, with_document
from torbay_reports.documents.blocks import Block, Column, Document, Heading, Table
from torbay_reports.publishing.layout import letter_html, papers_html
from torbay_reports.publishing.packplan import PackPlan
from torbay_reports.publishing.parts.runs import style_sheet
from torbay_reports.publishing.resources import OwnResources

MOST = 1.05
ROWS = 300


def pages_of_one_run(plan: PackPlan) -> int:
    """How many pages WeasyPrint makes of the whole pack at once."""
    fonts, resources = FontConfiguration(), OwnResources(settings.FONTS_DIR)
    sheet = CSS(string=style_sheet(), font_config=fonts, url_fetcher=resources)
    return sum(
        len(HTML(string=html, url_fetcher=resources).render(font_config=fonts, stylesheets=[sheet]).pages)
        for html in (letter_html(plan, {}), papers_html(plan))
    )


def tracker() -> Document:
    """A landscape paper whose rows are of many heights, in tables that begin where the one before ends."""
    columns = tuple(Column(name, name.title(), width=width) for name, width in (("nos", 1), ("how", 4), ("what", 5)))
    rows = [
        packs.row(f"step-{n}", f"1/{n}", f"Step {n} " + packs.STORY * (n % 3), packs.STORY * (n * 7 % 5) or "None.")
        for n in range(ROWS)
    ]
    blocks = list[Block]()
    for first in range(0, ROWS, 50):
        blocks.append(Heading(f"band-{first}", f"Priority {first}", 2, is_band=True))
        some = tuple(rows[first : first + 50])
        blocks.append(Table(f"table-{first}", f"Steps from {first}", columns, some, kind="tracker"))
    return Document("invented.tracker", "2031", "Tracker", tuple(blocks), orientation="landscape")


def test_a_long_tracker_has_the_pages_of_one_run() -> None:
    plan = with_document(tracker())
    pages = len(built(plan).pages.labels)
    assert pages > 40
    assert pages <= MOST * pages_of_one_run(plan)


def test_a_report_has_the_pages_of_one_run() -> None:
    plan = with_document(replace(packs.report(rows=250), orientation="portrait"))
    pages = len(built(plan).pages.labels)
    assert pages > 20
    assert pages <= MOST * pages_of_one_run(plan)
