"""The page of the record, and its file."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.record.exports import csv_lines
from torbay_reports.access.record.forms import RecordFilterForm
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.selectors import entries
from torbay_reports.access.record.tables import RecordTable

ROWS_ON_A_PAGE = 50


@never_cache
@require_safe
def record_page(request: HttpRequest) -> HttpResponseBase:
    """The entries that the filter finds, newest first, a page at a time; `?as=csv` takes all of them away."""
    require(request, Permission.READ_RECORD, "record", say_why=True)
    form = RecordFilterForm(request.GET)
    if not form.is_valid():
        return _page(request, form, None)
    wanted = form.cleaned_data
    found = entries(
        kind=RecordKind(wanted["kind"]) if wanted["kind"] else None,
        words=wanted["words"],
        since=wanted["since"],
        until=wanted["until"],
    )
    if request.GET.get("as") == "csv":
        response = StreamingHttpResponse(csv_lines(found), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="record.csv"'
        return response
    table = RecordTable(found)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=ROWS_ON_A_PAGE)
    table.page = table.paginator.get_page(request.GET.get("page"))
    return _page(request, form, table)


def _page(request: HttpRequest, form: RecordFilterForm, table: RecordTable | None) -> HttpResponse:
    is_filtered = any(request.GET.get(name) for name in form.fields)
    context: dict[str, object] = {"form": form, "table": table, "is_filtered": is_filtered, "kinds": list(RecordKind)}
    context |= {"months": settings.PERSONAL_DATA_MONTHS}
    return render(request, "access/record.html", context)
