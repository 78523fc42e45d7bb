"""A letter as Ofsted sent it, with how its findings are read, and these as a file."""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from ofsted import presenting
from ofsted.calculations.places import counted
from ofsted.reports.findings_file import findings_table
from ofsted.selectors import public, reading
from ofsted.selectors.rows import LetterRow
from ofsted.views.guard import inspection_there, letter_there
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import there
from torbay_reports.documents.tables import CONTENT_TYPES, Format, exported
from torbay_reports.publishing import schedule12a

OFSTED: Final = "Ofsted"
_FORMATS: Final[dict[str, Format]] = {"csv": "csv", "xlsx": "xlsx"}


@require_safe
@login_not_required
def letter(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """The letter of a visit: a published one for everybody, one that is held back for who may read it."""
    shown = _readable(request, inspection, visit)
    row, stored = shown.letter, inspection_there(request, inspection)
    context = {
        "letter": row,
        "inspection": row.inspection,
        "marking": shown.marking,
        "reason": shown.reason,
        "visit_words": presenting.visit_words(row.visit),
        "found": presenting.findings_words(counted(each.polarity for each in row.findings)),
        "sections": [(heading, presenting.blocks(paragraphs)) for heading, paragraphs in row.sections],
        "may_read_plan": bool(may(request.user, Permission.READ_PLAN, stored.plan)),
        "may_keep": bool(may(request.user, Permission.KEEP_LETTERS, stored)),
        "may_open": bool(may(request.user, Permission.OPEN_LETTERS, stored)),
    }
    return _kept_from_caches(render(request, "ofsted/read/letter.html", context), shown)


@require_safe
@login_not_required
def letter_file(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """The letter's findings as CSV or XLSX (`?as=`), for who may read the letter."""
    shown = _readable(request, inspection, visit)
    fmt = _FORMATS.get(request.GET.get("as", ""))
    if fmt is None:
        raise Http404
    data = exported(findings_table(shown.letter), fmt, marking=shown.marking)
    response = HttpResponse(data, content_type=CONTENT_TYPES[fmt])
    name = f"{'NOT-FOR-PUBLICATION-' if shown.marking else ''}{inspection}-{visit}-findings.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept_from_caches(response, shown)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A letter that the reader may read; one that is held back with its marking, and why they may."""

    letter: LetterRow
    marking: str = ""
    reason: str = ""


def _readable(request: HttpRequest, inspection: str, visit: str) -> _Shown:
    published = public.letter(inspection, visit)
    if published is not None:
        return _Shown(published)
    stored = letter_there(request, inspection, visit)
    row = there(request, reading.letter(inspection, visit))
    reason = may(request.user, Permission.READ_LETTER, stored).reason
    return _Shown(row, schedule12a.confidential_marking(furnished_by=OFSTED), reason)


def _kept_from_caches(response: HttpResponse, shown: _Shown) -> HttpResponse:
    if shown.marking:
        add_never_cache_headers(response)
    return response
