"""The clerk brings a PDF for a paper that is to follow, or a newer one in its place, and looks through it cleaned."""

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.agenda.bringing import BroughtMeanwhile, send, under_way
from torbay_reports.agenda.build_desk import check_list_of
from torbay_reports.agenda.forms import TOO_LARGE, UploadForm
from torbay_reports.agenda.models import BroughtFile, Paper
from torbay_reports.agenda.uploading import refusal
from torbay_reports.agenda.views.bringing import address_of
from torbay_reports.agenda.views.finding import kept_paper
from torbay_reports.agenda.views.openings.finding import officers_paper
from torbay_reports.agenda.views.recording import note_paper
from torbay_reports.core.asking import attempt
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads.converting import HOW, program
from torbay_reports.publishing.uploads.limits import FILE_BYTES
from torbay_reports.publishing.uploads.refusals import RefusedPdf
from torbay_reports.publishing.uploads.services import trial_of
from torbay_reports.publishing.uploads.trials import UnfitPdf

LARGEST_BODY: Final = FILE_BYTES + 64 * 1024
"""Bytes of a request with such a file: the form's other fields need little."""

UNFIT: Final = "The file that stands there cannot be joined with other papers. Bring it anew, saved or printed afresh."
UNREADABLE: Final = "The file could not be read to its end. Choose it again."


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
def paper_upload(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """A file for the paper. It checks the form's token itself, later than other pages do: to look for it reads the
    request, and one that is too large is refused unread.
    """
    found, by = kept_paper(request, committee, held_on, item, paper)
    if request.method == "POST" and _length(request) > LARGEST_BODY:
        return _page(request, found, _empty(found), TOO_LARGE, status=413)
    return _upload(request, found, by)


@require_safe
@never_cache
def paper_file(request: HttpRequest, committee: str, held_on: date, item: str, paper: str) -> HttpResponse:
    """The brought file alone, cleaned and stamped as it will stand in a pack; for its clerk and the monitoring officer,
    recorded if restricted."""
    found, _ = officers_paper(request, committee, held_on, item, paper)
    upload = found.content.upload
    if upload is None:
        raise Http404
    try:
        pdf = trial_of(upload)
    except UnfitPdf:
        return _page(request, found, _empty(found), UNFIT, status=409)
    note_paper(request, found, RecordKind.PAPER_READ)
    response = HttpResponse(pdf, content_type="application/pdf")
    marking = "NOT-FOR-PUBLICATION-" if found.is_restricted else ""
    response["Content-Disposition"] = f'inline; filename="{marking}{found.slug}-cleaned.pdf"'
    return response


@csrf_protect
def _upload(request: HttpRequest, paper: Paper, by: User) -> HttpResponse:
    if request.method != "POST":
        waiting = under_way(paper)
        return redirect(address_of(paper, waiting)) if waiting else _page(request, paper, _empty(paper))
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        sent = attempt(form, lambda: _sent(paper, form, by))
        if sent is not None:
            return redirect(address_of(paper, sent))
    return _page(request, paper, form)


def _empty(paper: Paper) -> UploadForm:
    return UploadForm(initial={"seen": paper.content.upload_id or 0})


def _sent(paper: Paper, form: UploadForm, by: User) -> BroughtFile:
    """Sends the file on its way. Raises ValidationError with what stands against it."""
    wanted, file = form.cleaned_data, form.cleaned_data["file"]
    restriction = Restriction(wanted["restriction"])
    try:
        data = file.read()
    except OSError:
        raise ValidationError({"file": UNREADABLE}) from None
    try:
        return send(paper=paper, seen=wanted["seen"] or None, name=file.name, data=data, restriction=restriction, by=by)
    except RefusedPdf as refused:
        raise ValidationError({"file": str(refused)}) from refused
    except BroughtMeanwhile as meanwhile:
        form.catch_up(meanwhile.now)
        raise


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else LARGEST_BODY + 1


def _page(request: HttpRequest, paper: Paper, form: UploadForm, fault: str = "", status: int = 200) -> HttpResponse:
    of = paper.item.meeting
    context: dict[str, Any] = {
        "meeting": of,
        "paper": paper,
        "form": form,
        "fault": fault,
        "refusal": refusal(paper),
        "converts": bool(program()),
        "how": HOW,
        "back": check_list_of(paper),
    }
    return render(request, "agenda/upload.html", context, status=status)
