"""One paper as a page, and each of its tables to sort, filter and take away."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import presenting, selectors
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.views.recording import note_paper
from torbay_reports.documents import tables
from torbay_reports.documents.dating import age_sentence
from torbay_reports.documents.html import render_screen, render_table_page
from torbay_reports.publishing.models import AnyPdf
from torbay_reports.publishing.packplan import PageMap
from torbay_reports.publishing.selectors import document_of

DOWNLOADS = {kind.upper(): f"?as={kind}" for kind in tables.CONTENT_TYPES}


@require_safe
@login_not_required
def paper(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """One paper, with the pack's page numbers in its margin, or above each page of a brought PDF."""
    found = _readable(request, selectors.paper(committee, held_on, item, paper))
    note_paper(request, found, RecordKind.PAPER_READ)
    pages = presenting.page_map(presenting.stored_edition(found.instalment, presenting.edition_of(found)))
    content = found.content
    if content.upload is not None:
        return _kept_from_caches(_brought(request, found, content.upload, pages), found)
    assert content.publication is not None  # the permission refuses papers with neither
    document = document_of(content.publication)
    links = {table.anchor: _table_address(found, table.anchor) for table in document.tables()}
    context = {
        "meeting": found.item.meeting,
        "paper": found,
        "document": document,
        "age": age_sentence(document, held_on),
        "glance": presenting.glance(document),
        "body": render_screen(document, pages=presenting.pages_of(found, pages), table_links=links),
    }
    return _kept_from_caches(render(request, "agenda/paper.html", context), found)


@require_safe
@login_not_required
def paper_table(request: HttpRequest, committee: str, held_on: date, item: str, paper: str, table: str) -> HttpResponse:
    """One table of a paper; `?as=csv` or `?as=xlsx` takes it away."""
    found = _readable(request, selectors.paper(committee, held_on, item, paper))
    document = document_of(there(request, found.content.publication))
    numbered = enumerate(document.tables(), start=1)
    number, block = there(request, next((each for each in numbered if each[1].anchor == table), None))
    wanted = request.GET.get("as", "")
    is_file = wanted in tables.CONTENT_TYPES
    note_paper(request, found, RecordKind.TABLE_TAKEN if is_file else RecordKind.TABLE_READ, number)
    if is_file:
        response = HttpResponse(tables.exported(block, wanted), content_type=tables.CONTENT_TYPES[wanted])
        marking = "NOT-FOR-PUBLICATION-" if found.is_restricted else ""
        response["Content-Disposition"] = f'attachment; filename="{marking}{found.slug}-{table}.{wanted}"'
        return _kept_from_caches(response, found)
    context = {
        "paper": found,
        "meeting": found.item.meeting,
        "document": document,
        "shown": block,
        "page": render_table_page(block, request, downloads=DOWNLOADS),
    }
    return _kept_from_caches(render(request, "agenda/paper_table.html", context), found)


def _readable(request: HttpRequest, paper: Paper | None) -> Paper:
    found = require(request, Permission.READ_PUBLICATION, paper)
    if found.is_restricted:
        require_recent(request)
    return found


def _brought(request: HttpRequest, paper: Paper, upload: AnyPdf, pages: PageMap | None) -> HttpResponse:
    """Each page of a brought PDF as words, with a link to the page itself."""
    of = paper.item.meeting
    pdf = "agenda:restricted-pack-pdf" if paper.is_restricted else "agenda:pack-pdf"
    context = {
        "meeting": of,
        "paper": paper,
        "upload": upload,
        "pages": presenting.brought_pages(paper, upload.texts, pages),
        "pdf": reverse(pdf, args=[of.committee.slug, of.held_on]),
    }
    return render(request, "agenda/brought.html", context)


def _kept_from_caches(response: HttpResponse, paper: Paper) -> HttpResponse:
    if paper.is_restricted:
        response["Cache-Control"] = "no-store"
    return response


def _table_address(paper: Paper, anchor: str) -> str:
    meeting = paper.item.meeting
    where = [meeting.committee.slug, meeting.held_on, paper.item.number, paper.slug, anchor]
    return reverse("agenda:paper-table", args=where)
