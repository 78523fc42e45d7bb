"""Pages for finance: the quarters in the books and each one's report as it stands now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from budget.reports.monitoring import BrokenReport, quarterly_report
from budget.selectors.quarters import UnknownQuarter, years_in_books
from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.documents.html import render_screen


@cache_control(no_store=True)
def quarters(request: HttpRequest) -> HttpResponse:
    """The years in the books with their quarters, newest first, and how far each quarter is."""
    require(request, Permission.READ_DRAFT_REPORT, "quarters", say_why=True)
    keeps = bool(may(request.user, Permission.KEEP_BUDGET))
    return render(request, "budget/quarters.html", {"years": years_in_books(), "keeps": keeps})


@cache_control(no_store=True)
def draft(request: HttpRequest, year: str, number: int) -> HttpResponse:
    """A quarter's report built from the rows of this moment, marked as a draft; a fault in its words is shown."""
    require(request, Permission.READ_DRAFT_REPORT, "draft")
    try:
        document = quarterly_report(f"{year}/q{number}")
    except UnknownQuarter as error:
        raise Http404 from error
    except BrokenReport as error:
        return render(request, "budget/broken_draft.html", {"fault": str(error)}, status=409)
    return render(request, "budget/draft.html", {"document": document, "body": render_screen(document)})
