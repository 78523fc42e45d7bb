"""What every template may know of the reader's rights, asked only when a template uses it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from torbay_reports.access.decisions import may
from torbay_reports.access.permissions import Permission


def rights(request: HttpRequest) -> dict[str, object]:
    """Whether the navigation offers the draft reports and the record."""
    return {
        "may_read_draft": SimpleLazyObject(lambda: bool(may(request.user, Permission.READ_DRAFT_REPORT))),
        "may_read_record": SimpleLazyObject(lambda: bool(may(request.user, Permission.READ_RECORD))),
    }
