"""The tables of a quarter as files."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.reports.exports import FORMATS, as_file, maker_of
from budget.views.guard import quarter_there
from torbay_reports.documents.tables import CONTENT_TYPES


@never_cache
@require_safe
def export(request: HttpRequest, year: str, number: int, name: str, fmt: str) -> StreamingHttpResponse:
    """The table of that name as CSV or XLSX, figures as numbers and their unit in the heads."""
    quarter = quarter_there(request, year, number)
    maker = maker_of(name)
    if maker is None or fmt not in FORMATS:
        raise Http404
    response = StreamingHttpResponse(as_file(maker(quarter), fmt), content_type=CONTENT_TYPES[fmt])
    response["Content-Disposition"] = f'attachment; filename="{year}-q{number}-{name}.{fmt}"'
    return response
