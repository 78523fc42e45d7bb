"""The reader's web. Published pages need no sign-in; what is not published is as if it did not exist."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.agenda import presenting, selectors
from torbay_reports.agenda.composition import letter_heading, pack_key
from torbay_reports.agenda.models import Instalment, Meeting, Paper
from torbay_reports.core import clock
from torbay_reports.documents import tables
from torbay_reports.documents.html import render_screen, render_table_page
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.selectors import document_of, stored_pack

MEETINGS_SHOWN = 5
MEETINGS_LISTED = 200
DOWNLOADS = {kind.upper(): f"?as={kind}" for kind in tables.CONTENT_TYPES}


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """The next meeting, the latest quarter at a glance, recent meetings."""
    today = clock.today()
    coming, past = selectors.meetings_around(today, before=MEETINGS_SHOWN, after=MEETINGS_SHOWN)
    latest = selectors.latest_paper_from("budget.")
    context: dict[str, object] = {
        "next_pack": presenting.next_pack(coming),
        "coming": [(each, presenting.when(each.held_on, today)) for each in coming],
        "past": [(each, presenting.when(each.held_on, today)) for each in past],
    }
    if latest is not None and latest.publication is not None:
        document = document_of(latest.publication)
        context |= {
            "latest": latest,
            "glance": presenting.glance(document),
            "age": presenting.age_sentence(document, latest.item.meeting.held_on),
        }
    return render(request, "agenda/home.html", context)


@require_safe
@login_not_required
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come and past."""
    today = clock.today()
    coming, past = selectors.meetings_around(today, before=MEETINGS_LISTED, after=MEETINGS_LISTED)
    context = {
        "coming": [(each, presenting.when(each.held_on, today)) for each in coming],
        "past": [(each, presenting.when(each.held_on, today)) for each in past],
    }
    return render(request, "agenda/meetings.html", context)


@require_safe
@login_not_required
def meeting(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """A meeting: its business, and the pack so far."""
    of = _meeting(request, committee, held_on)
    instalment = _latest_instalment(of)
    stored = presenting.public_pack(instalment) if instalment else None
    business = selectors.business(of, edition=Edition.PUBLIC)
    context = {
        "meeting": of,
        "when": presenting.when(of.held_on, clock.today()),
        "instalment": instalment,
        "stored": stored,
        "contents": presenting.contents(business, presenting.page_map(stored)),
        "missing": [paper for each in business for paper in each.papers if paper.publication_id is None],
        "restricted_reason": _restricted_reason(request, of),
    }
    return render(request, "agenda/meeting.html", context)


@require_safe
@login_not_required
def pack(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The newest instalment's pack: what the meeting is asked to decide, then the letter and the contents."""
    of = _meeting(request, committee, held_on)
    instalment, stored = _public_pack(request, of)
    business = selectors.business(of, edition=Edition.PUBLIC, instalment=instalment)
    context = {
        "meeting": of,
        "instalment": instalment,
        "stored": stored,
        "contents": presenting.contents(business, presenting.page_map(stored)),
        "asked": presenting.asked(business),
        "heading": letter_heading(of),
    }
    return render(request, "agenda/pack.html", context)


@require_safe
@login_not_required
def pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The public edition of the newest instalment as a PDF."""
    of = _meeting(request, committee, held_on)
    _, stored = _public_pack(request, of)
    return _pdf(stored, f"{of.committee.slug}-{of.held_on}.pdf")


@require_safe
def restricted_pack_pdf(request: HttpRequest, committee: str, held_on: date) -> HttpResponse:
    """The restricted edition, for those who may read the meeting's restricted papers; no cache keeps it."""
    of = require(request, Permission.READ_RESTRICTED_PACK, _find_meeting(committee, held_on))
    instalment = _latest_instalment(of)
    stored = stored_pack(pack_key(instalment), Edition.RESTRICTED) if instalment else None
    response = _pdf(there(request, stored), f"{of.committee.slug}-{of.held_on}-restricted.pdf")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@login_not_required
def paper(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """One paper, with the pack's page numbers in its margin."""
    found = require(request, Permission.READ_PUBLICATION, selectors.paper(committee, held_on, item, paper))
    assert found.publication is not None  # the permission refuses papers without one
    document = document_of(found.publication)
    stored = presenting.public_pack(found.instalment)
    links = {table.anchor: _table_address(found, table.anchor) for table in document.tables()}
    context = {
        "meeting": found.item.meeting,
        "paper": found,
        "document": document,
        "age": presenting.age_sentence(document, held_on),
        "glance": presenting.glance(document),
        "body": render_screen(
            document, pages=presenting.pages_of(found, presenting.page_map(stored)), table_links=links
        ),
    }
    return render(request, "agenda/paper.html", context)


@require_safe
@login_not_required
def paper_table(request: HttpRequest, committee: str, held_on: date, item: str, paper: str, table: str) -> HttpResponse:
    """One table of a paper, to sort, filter and take away as CSV or XLSX."""
    found = require(request, Permission.READ_PUBLICATION, selectors.paper(committee, held_on, item, paper))
    assert found.publication is not None  # the permission refuses papers without one
    document = document_of(found.publication)
    block = there(request, next((each for each in document.tables() if each.anchor == table), None))
    wanted = request.GET.get("as", "")
    if wanted in tables.CONTENT_TYPES:
        response = HttpResponse(tables.exported(block, wanted), content_type=tables.CONTENT_TYPES[wanted])
        response["Content-Disposition"] = f'attachment; filename="{found.slug}-{table}.{wanted}"'
        return response
    context = {
        "paper": found,
        "meeting": found.item.meeting,
        "document": document,
        "shown": block,
        "page": render_table_page(block, request, downloads=DOWNLOADS),
    }
    return render(request, "agenda/paper_table.html", context)


def _table_address(paper: Paper, anchor: str) -> str:
    meeting = paper.item.meeting
    where = [meeting.committee.slug, meeting.held_on, paper.item.number, paper.slug, anchor]
    return reverse("agenda:paper-table", args=where)


def _find_meeting(committee: str, held_on: date) -> Meeting | None:
    try:
        return selectors.meeting(committee, held_on)
    except selectors.UnknownMeeting:
        return None


def _meeting(request: HttpRequest, committee: str, held_on: date) -> Meeting:
    return there(request, _find_meeting(committee, held_on))


def _latest_instalment(of: Meeting) -> Instalment | None:
    try:
        return selectors.latest_instalment(of)
    except selectors.UnknownMeeting:
        return None


def _public_pack(request: HttpRequest, of: Meeting) -> tuple[Instalment, StoredPack]:
    instalment = there(request, _latest_instalment(of))
    return instalment, there(request, presenting.public_pack(instalment))


def _restricted_reason(request: HttpRequest, of: Meeting) -> str:
    """Why the reader may have the restricted edition; nothing for everybody else, or where there is none."""
    decision = may(request.user, Permission.READ_RESTRICTED_PACK, of)
    if not decision:
        return ""
    instalment = _latest_instalment(of)
    there = instalment is not None and stored_pack(pack_key(instalment), Edition.RESTRICTED) is not None
    return decision.reason if there else ""


def _pdf(stored: StoredPack, name: str) -> HttpResponse:
    response = HttpResponse(bytes(stored.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
