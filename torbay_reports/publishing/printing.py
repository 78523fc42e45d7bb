"""A pack plan into one tagged PDF (PDF/UA-1) with its page map. The same plan gives the same bytes."""

from functools import cache
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML, Document, Page
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from torbay_reports.publishing import checks, fragments, pagemaps, tagging
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.layout import letter_html, papers_html, placed_papers
from torbay_reports.publishing.packplan import PackPlan, PageMap, RenderedPack
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
    document, pages = _settled(plan, _Setting(fonts))
    pdf = tagging.finished(_written(document), plan, pages, fragments.boundaries(document))
    checks.check(pdf, plan, pages)
    return RenderedPack(pdf=pdf, pages=pages)


def _settled(plan: PackPlan, setting: "_Setting") -> tuple[Document, PageMap]:
    """The letter and the papers as one document, set until the letter says the pages that the papers really have.

    The papers, on which the time goes, are set again only where the letter needs another number of pages for that.
    """
    placed = placed_papers(plan)
    letter = setting.set(letter_html(plan, {}))
    room = 0
    papers: list[Page] = []
    for _ in range(_ROUNDS):
        if room != len(letter.pages):
            room = len(letter.pages)
            html = papers_html(plan, room + 1)
            papers = setting.set(html).pages if html else []
        pages = pagemaps.read([page.anchors for page in [*letter.pages, *papers]], placed)
        letter = setting.set(letter_html(plan, pages.papers))
        if room == len(letter.pages):
            return letter.copy([*letter.pages, *papers]), pages
    raise PackFault(f"The page numbers on the cover letter of “{plan.title}” did not settle in {_ROUNDS} rounds.")


class _Setting:
    """Style and fonts that the letter and the papers of one pack share."""

    def __init__(self, fonts: Path) -> None:
        self._resources = OwnResources(fonts)
        self._fonts = FontConfiguration()
        self._sheet: CSS | None = None

    def set(self, html: str) -> Document:
        """One HTML page laid out. Raises PackFault where it asks for what it may not have."""
        try:
            if self._sheet is None:
                self._sheet = CSS(string=style_sheet(), font_config=self._fonts, url_fetcher=self._resources)
            return HTML(string=html, url_fetcher=self._resources).render(
                font_config=self._fonts, stylesheets=[self._sheet], pdf_variant="pdf/ua-1"
            )
        except FatalURLFetchingError as error:
            raise PackFault(str(error.__cause__ or error)) from error


def _written(document: Document) -> bytes:
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf
