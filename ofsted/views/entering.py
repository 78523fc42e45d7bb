"""The improvement lead adds a letter of Ofsted: from a file, or by its words."""

from hashlib import sha256
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from improvement.views.keepers import person
from ofsted.calculations.letter import LetterText
from ofsted.forms.entering import TOO_LARGE, EntryForm
from ofsted.importing.reading import LARGEST_FILE, read_letter
from ofsted.importing.recognising import recognise
from ofsted.importing.refusals import UnreadableLetter
from ofsted.models import Inspection, Visit
from ofsted.services.letters import recognised, store_letter
from ofsted.services.visits import LetterIsThere
from ofsted.views.guard import inspection_there
from ofsted.views.sending import keep_address
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.publishing.uploads.refusals import RefusedPdf
from torbay_reports.publishing.uploads.services import checked_name

LARGEST_BODY: Final = LARGEST_FILE + 1024 * 1024
"""Bytes of a request with such a file: pasted words need less."""

HELD_BACK: Final = (
    "It is held back: you, the monitoring officer and the readers whom either of you names read it, nobody else."
)


class _Read(NamedTuple):
    """What was read, and the name and checksum of the file that it was read from."""

    text: LetterText
    file_name: str = ""
    file_checksum: str = ""


@csrf_exempt
@never_cache
def add(request: HttpRequest, inspection: str) -> HttpResponse:
    """A letter for the inspection.

    It checks the token itself, later than other pages do: to look for it reads the request, and one that is too large
    is refused unread.
    """
    known = require(request, Permission.KEEP_LETTERS, inspection_there(request, inspection))
    if request.method == "POST" and _length(request) > LARGEST_BODY:
        return _page(request, known, EntryForm(), fault=TOO_LARGE, status=413)
    return _add(request, known)


@csrf_protect
def _add(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    sent: dict[str, Any] = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = EntryForm(**sent)
    known: Visit | None = None
    if request.method == "POST" and form.is_valid():
        read = _read(form)
        if read is not None:
            try:
                letter = store_letter(inspection=inspection, by=person(request), **read._asdict())
            except LetterIsThere as fault:
                known = fault.visit
                form.add_error(None, fault)
            except ValidationError as fault:
                form.add_error(None, fault)
            else:
                messages.success(request, f"The letter is read: {recognised(letter)}. {HELD_BACK}")
                return redirect(keep_address(letter))
    return _page(request, inspection, form, known=known)


def _read(form: EntryForm) -> _Read | None:
    """The letter as it was recognised; None after what is wrong was put on the form."""
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    try:
        if not file:
            return _Read(recognise(text))
        name, data = checked_name(file.name), file.read()
        return _Read(read_letter(data, name), name, sha256(data).hexdigest())
    except (UnreadableLetter, RefusedPdf) as fault:
        form.add_error("file" if file else "text", str(fault))
        return None


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _page(
    request: HttpRequest,
    inspection: Inspection,
    form: EntryForm,
    *,
    known: Visit | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"inspection": inspection, "form": form, "known": known, "fault": fault}
    return render(request, "ofsted/keep/add.html", context, status=status)
