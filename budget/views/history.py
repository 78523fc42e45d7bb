"""Who changed which figure when: of a quarter, of a service in it, and by a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from budget.forms.history import HistoryFilterForm
from budget.models import Service
from budget.selectors.changes import Change, changes_by, changes_of_line, changes_of_quarter
from budget.tables import HistoryTable
from budget.views.guard import quarter_there
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there

ROWS_ON_A_PAGE = 50


@never_cache
@require_safe
def quarter_history(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """Every figure entered for the quarter and every step of its close."""
    quarter = quarter_there(request, year, number)
    back = (reverse("budget:desk", args=[year, number]), str(quarter))
    return _page(request, f"History of {quarter}", changes_of_quarter(quarter), back)


@never_cache
@require_safe
def line_history(request: HttpRequest, year: str, number: int, service: str) -> HttpResponse:
    """The same of one service or group, with its budget lines and virements of the year."""
    quarter = quarter_there(request, year, number)
    line = there(request, Service.objects.filter(year=quarter.year_id, slug=service).first())
    back = (reverse("budget:history", args=[year, number]), f"History of {quarter}")
    return _page(request, f"History of {line.name}, {quarter}", changes_of_line(quarter, line), back)


@never_cache
@require_safe
def person_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person changed in any quarter; for finance alone."""
    person = require(request, Permission.KEEP_BUDGET, User.objects.filter(pk=pk).first())
    return _page(
        request, f"Changes by {person.full_name}", changes_by(person), (reverse("budget:quarters"), "Quarters")
    )


def _page(request: HttpRequest, title: str, changes: list[Change], back: tuple[str, str]) -> HttpResponse:
    form = HistoryFilterForm(request.GET, changes=changes)
    table = HistoryTable(form.found)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS_ON_A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    is_filtered = any(request.GET.get(name) for name in form.fields)
    context = {"title": title, "form": form, "table": table, "is_filtered": is_filtered, "back": back}
    return render(request, "budget/history.html", context)
