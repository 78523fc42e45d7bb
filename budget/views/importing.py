"""Take a file of figures in: read it, and show what it would change before anything is changed."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from budget.forms.importing import BUDGET, TOO_LARGE, TableFileForm
from budget.importing.adding import rounded_total
from budget.importing.faults import RefusedRows
from budget.importing.stated import UnstatedFile
from budget.models import Quarter
from budget.services.returns_file import read_returns_file
from budget.services.waiting import hold_budget, read_budget_file
from budget.views.guard import kept_year
from budget.views.preview import show_preview
from torbay_reports.access.models import User
from torbay_reports.core import periods
from torbay_reports.core.formatting import count
from torbay_reports.core.opening.files import LARGEST_FILE
from torbay_reports.core.reading import UnreadableFile

LARGEST_BODY: Final = LARGEST_FILE + 64 * 1024
"""Bytes of a request with such a file: the form's other fields need little."""


@csrf_exempt
@never_cache
def upload(request: HttpRequest, year: str) -> HttpResponse:
    """A file for the year's budget, or for one of its open quarters.

    It checks the token itself, later than other pages do: to look for it reads the request, and one that is too large
    is refused unread.
    """
    period, by = kept_year(request, year)
    if request.method == "POST" and _length(request) > LARGEST_BODY:
        return _page(request, period, _form(period), faults=(TOO_LARGE,), status=413)
    return _upload(request, period, by)


@csrf_protect
def _upload(request: HttpRequest, period: periods.FinancialYear, by: User) -> HttpResponse:
    if request.method != "POST":
        return _page(request, period, _form(period))
    form = _form(period, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return _page(request, period, form)
    try:
        return _read(request, period, form, by)
    except UnstatedFile as fault:
        form.add_error(fault.what, str(fault))
    except RefusedRows as fault:
        return _page(request, period, form, faults=fault.sentences)
    except UnreadableFile as fault:
        form.add_error("file", str(fault))
    except ValidationError as refusal:
        form.add_error("what", refusal)
    return _page(request, period, form)


def _read(request: HttpRequest, period: periods.FinancialYear, form: TableFileForm, by: User) -> HttpResponse:
    file, wanted = form.cleaned_data["file"], form.cleaned_data["what"]
    name, data = " ".join(file.name.split()), file.read()
    if wanted == BUDGET:
        read_budget_file(year=period, data=data, file_name=name, stated=form.stated)
        waiting = hold_budget(
            year=period, data=data, file_name=name, stated=form.stated, why=form.cleaned_data["why"], by=by
        )
        return redirect("budget:import-preview", period.slug, waiting.pk)
    quarter = Quarter.objects.select_related("year").get(year__start_year=period.start, number=int(wanted))
    read = read_returns_file(quarter=quarter, data=data, file_name=name, stated=form.stated)
    notes = [f"{count(read.totals, 'total', 'totals')} of the file compared with the computed ones; none is stored."]
    notes += [rounded_total(each) for each in read.rounding]
    return show_preview(
        request,
        quarter,
        read.edits,
        back=reverse("budget:import", args=[period.slug]),
        notes=[*notes, *read.notes],
        why=form.cleaned_data["why"],
    )


def _form(period: periods.FinancialYear, **sent: Any) -> TableFileForm:
    quarters = Quarter.objects.select_related("year").filter(year__start_year=period.start, signed_at=None)
    choices = [(str(each.number), f"Actuals and forecasts of {each}") for each in quarters.order_by("number")]
    return TableFileForm(**sent, quarters=choices, year=period.label)


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0


def _page(
    request: HttpRequest,
    period: periods.FinancialYear,
    form: TableFileForm,
    *,
    faults: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"year": period, "form": form, "faults": faults}
    return render(request, "budget/import.html", context, status=status)
