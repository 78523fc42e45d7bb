"""A pack plan into one tagged PDF (PDF/UA-1) with its page map. The same plan gives the same bytes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from torbay_reports.publishing import checks, fragments, pagemaps, tagging
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import pack_html, placed_papers
from torbay_reports.publishing.packplan import PackPlan, PageRange, RenderedPack
from torbay_reports.publishing.resources import OwnResources

_ROUNDS = 4


@cache
def style_sheet() -> str:
    """The print style sheet's text."""
    return (Path(settings.BASE_DIR) / "torbay_reports" / "static_src" / "print.css").read_text("utf-8")


def render_pack(plan: PackPlan, *, fonts: Path) -> RenderedPack:
    """Set the whole pack and return its checked PDF with its page map.

    `fonts` is the folder of the type's woff2 files. Raises PackFault, naming page or paper, when the plan holds what
    its edition must not, when something cannot be set, or when the finished pack fails a check.
    """
    placed = placed_papers(plan)
    ranges: Mapping[str, PageRange] = {}
    for _ in range(_ROUNDS):
        document = _set(pack_html(plan, ranges), fonts)
        pages = pagemaps.read([page.anchors for page in document.pages], placed)
        if pages.papers == ranges:
            break
        ranges = pages.papers
    else:
        raise PackFault(f"The page numbers on the cover letter of “{plan.title}” did not settle in {_ROUNDS} rounds.")
    pdf = tagging.finished(_written(document), plan, pages, fragments.boundaries(document))
    checks.check(pdf, plan, pages)
    return RenderedPack(pdf=pdf, pages=pages)


def _set(html: str, fonts: Path) -> Document:
    resources = OwnResources(fonts)
    configuration = FontConfiguration()
    try:
        sheet = CSS(string=style_sheet(), font_config=configuration, url_fetcher=resources)
        return HTML(string=html, url_fetcher=resources).render(
            font_config=configuration, stylesheets=[sheet], pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError as error:
        raise PackFault(str(error.__cause__ or error)) from error


def _written(document: Document) -> bytes:
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
