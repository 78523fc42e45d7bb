"""The list of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from torbay_reports.access.people.exports import csv_file
from torbay_reports.access.people.forms.people import PeopleFilterForm
from torbay_reports.access.people.selectors import people
from torbay_reports.access.people.states import State
from torbay_reports.access.people.tables import PeopleTable
from torbay_reports.access.people.views.guard import administrator
from torbay_reports.access.roles import Role
from torbay_reports.access.wording import names_read_once
from torbay_reports.core import clock

ROWS_ON_A_PAGE = 50


@never_cache
@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    """The people whom the filter finds, by name, a page at a time; `?as=csv` takes all of them away."""
    administrator(request)
    form = PeopleFilterForm(request.GET)
    if not form.is_valid():
        return _page(request, form, None)
    wanted = form.cleaned_data
    on = wanted["on"] or clock.today()
    found = people(
        on=on,
        words=wanted["words"],
        role=Role(wanted["role"]) if wanted["role"] else None,
        state=State(wanted["state"]) if wanted["state"] else None,
    )
    names = names_read_once()
    if request.GET.get("as") == "csv":
        return csv_file(found, names, on)
    table = PeopleTable(found, names=names, on=on)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS_ON_A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    return _page(request, form, table)


def _page(request: HttpRequest, form: PeopleFilterForm, table: PeopleTable | None) -> HttpResponse:
    is_filtered = any(request.GET.get(name) for name in form.fields)
    return render(request, "access/people/people.html", {"form": form, "table": table, "is_filtered": is_filtered})
