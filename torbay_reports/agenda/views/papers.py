"""One paper as a page, and each of its tables to sort, filter and take away."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import presenting, selectors
from torbay_reports.agenda.composition import paper_key, withdrawn_sentence
from torbay_reports.agenda.grounds import markings
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.published import content_of
from torbay_reports.agenda.reading.packs import pack_of, restricted_line
from torbay_reports.agenda.views.recording import content_key, note_paper
from torbay_reports.documents import tables
from torbay_reports.documents.dating import age_sentence
from torbay_reports.documents.html import render_screen, render_table_page
from torbay_reports.publishing.bundles.reading import published_address
from torbay_reports.publishing.models import BroughtPdf, FrozenDocument
from torbay_reports.publishing.packplan import PageMap
from torbay_reports.publishing.pagemaps import from_stored
from torbay_reports.publishing.selectors import document_of

DOWNLOADS = {kind.upper(): f"?as={kind}" for kind in tables.CONTENT_TYPES}


@require_safe
@login_not_required
def paper(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """One paper, with the pack's page numbers in its margin, or above each page of a brought PDF."""
    asked = selectors.paper(committee, held_on, item, paper)
    if asked is not None and asked.is_withdrawn and not asked.is_restricted:
        return _withdrawn(request, asked)
    found = _readable(request, asked)
    shown = _shown(request, found)
    note_paper(request, found, RecordKind.PAPER_READ, content=shown.content)
    if shown.upload is not None:
        return _kept_from_caches(_brought(request, found, shown), found)
    document = document_of(there(request, shown.publication))
    links = {table.anchor: _table_address(found, table.anchor) for table in document.tables()}
    context = {
        **_about(request, found, shown),
        "chapters": [(f"#{each.anchor}", f"{each.number} {each.text}".strip()) for each in document.chapters],
        "document": document,
        "age": age_sentence(document, held_on),
        "glance": presenting.glance(document),
        "body": render_screen(
            document,
            pages=presenting.pages_of(shown.key, shown.pages),
            labels=presenting.paper_labels(shown.key, shown.pages),
            table_links=links,
        ),
    }
    return _kept_from_caches(render(request, "agenda/paper.html", context), found)


@require_safe
@login_not_required
def paper_table(request: HttpRequest, committee: str, held_on: date, item: str, paper: str, table: str) -> HttpResponse:
    """One table of a paper; `?as=csv` or `?as=xlsx` takes it away."""
    asked = selectors.paper(committee, held_on, item, paper)
    if asked is not None and asked.is_withdrawn and not asked.is_restricted:
        return _withdrawn(request, asked)
    found = _readable(request, asked)
    shown = _shown(request, found)
    document = document_of(there(request, shown.publication))
    numbered = enumerate(document.tables(), start=1)
    number, block = there(request, next((each for each in numbered if each[1].anchor == table), None))
    wanted = request.GET.get("as", "")
    is_file = wanted in tables.CONTENT_TYPES
    read = RecordKind.TABLE_TAKEN if is_file else RecordKind.TABLE_READ
    note_paper(request, found, read, number, content=shown.content)
    if is_file:
        data = tables.exported(block, wanted, marking=_marking(found))
        response = HttpResponse(data, content_type=tables.CONTENT_TYPES[wanted])
        marking = "NOT-FOR-PUBLICATION-" if found.is_restricted else ""
        response["Content-Disposition"] = f'attachment; filename="{marking}{found.slug}-{table}.{wanted}"'
        return _kept_from_caches(response, found)
    context = {
        "paper": found,
        "title": shown.title,
        "marking": _marking(found),
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


@dataclass(frozen=True)
class _Shown:
    """What a reader is shown of a paper: what is published, or to its officers before that what it will be."""

    key: str
    title: str
    publication: FrozenDocument | None
    upload: BroughtPdf | None
    pages: PageMap | None
    address: str

    @property
    def content(self) -> str:
        """Its key in the record."""
        return content_key(self.publication.pk if self.publication else None, self.upload.pk if self.upload else None)


def _shown(request: HttpRequest, paper: Paper) -> _Shown:
    published = content_of(paper)
    if published is None:
        # Withdrawn between the permission and now, perhaps: then its officers alone see what it will be.
        require(request, Permission.WITHDRAW_PAPER, paper.item.meeting)
        content = paper.content
        key = paper_key(paper.item.number, paper)
        return _Shown(key, content.title, content.publication, content.upload, None, "")
    address = "" if paper.is_restricted else published_address(published.bundle)
    entry, pages = published.entry, from_stored(published.bundle.pages)
    return _Shown(entry.key, entry.title, published.publication, published.upload, pages, address)


def _marking(paper: Paper) -> str:
    """What every copy of it says, in the Act's words; nothing for an open one."""
    return markings(paper)[0] if paper.is_restricted else ""


def _may_read_pack(request: HttpRequest, paper: Paper) -> bool:
    return not paper.is_restricted or bool(may(request.user, Permission.READ_RESTRICTED_PACK, paper.item.meeting))


def _may_withdraw(request: HttpRequest, paper: Paper, shown: _Shown) -> bool:
    return shown.pages is not None and bool(may(request.user, Permission.WITHDRAW_PAPER, paper.item.meeting))


def _withdrawn(request: HttpRequest, paper: Paper) -> HttpResponse:
    """The page that stands for a paper that was taken away: 410, and nothing of what it said."""
    said = withdrawn_sentence(paper.withdrawn)
    context = {"meeting": paper.item.meeting, "paper": paper, "said": said}
    return render(request, "agenda/withdrawn.html", context, status=410)


def _brought(request: HttpRequest, paper: Paper, shown: _Shown) -> HttpResponse:
    """Each page of a brought PDF as words, with a link to the page itself."""
    of = paper.item.meeting
    pdf = "agenda:instalment-restricted-pdf" if paper.is_restricted else "agenda:instalment-pdf"
    assert shown.upload is not None
    pages = presenting.brought_pages(shown.key, shown.upload.texts, shown.pages)
    where = [of.committee.slug, of.held_on, paper.instalment.number]
    context = {
        **_about(request, paper, shown),
        "chapters": [(f"#{page.anchor}", page.short_heading) for page in pages],
        "upload": shown.upload,
        "pages": pages,
        # A councillor may read this paper and not the pack that holds others.
        "pdf": reverse(pdf, args=where) if _may_read_pack(request, paper) else "",
    }
    return render(request, "agenda/brought.html", context)


def _about(request: HttpRequest, paper: Paper, shown: _Shown) -> dict[str, object]:
    """What every paper's page says round its text: the contents of the pack so far, and the papers before and after."""
    of = paper.item.meeting
    pack = pack_of(of)
    if paper.is_restricted:
        pack = pack.with_paper(restricted_line(paper, shown.pages, shown.key), paper.item)
    before, after = pack.around(paper.pk)
    there = shown.pages.papers.get(shown.key) if shown.pages else None
    return {
        "meeting": of,
        "paper": paper,
        "title": shown.title,
        "marking": _marking(paper),
        "published": shown.address,
        "may_withdraw": _may_withdraw(request, paper, shown),
        "pack": pack,
        "before": before,
        "after": after,
        "where": there.words if there else "",
    }


def _kept_from_caches(response: HttpResponse, paper: Paper) -> HttpResponse:
    if paper.is_restricted:
        response["Cache-Control"] = "no-store"
    return response


def _table_address(paper: Paper, anchor: str) -> str:
    meeting = paper.item.meeting
    where = [meeting.committee.slug, meeting.held_on, paper.item.number, paper.slug, anchor]
    return reverse("agenda:paper-table", args=where)
