"""What every template may know of the reader's rights, asked only when a template uses it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.signin.second_factor import OWED_AT, is_wanted_of


def rights(request: HttpRequest) -> dict[str, object]:
    """What the navigation offers, the council's own sign-in service or None, and whether a second factor is a must."""
    return {
        "council_account": settings.OIDC_PROVIDER,
        "second_factor_owed_at": getattr(request, OWED_AT, ""),
        "second_factor_wanted": SimpleLazyObject(lambda: isinstance(request.user, User) and is_wanted_of(request.user)),
        "may_read_draft": SimpleLazyObject(lambda: bool(may(request.user, Permission.READ_DRAFT_REPORT))),
        "may_read_plan": SimpleLazyObject(lambda: bool(may(request.user, Permission.READ_PLAN))),
        "may_manage_people": SimpleLazyObject(lambda: bool(may(request.user, Permission.MANAGE_PEOPLE))),
        "may_review_papers": SimpleLazyObject(lambda: bool(may(request.user, Permission.DECIDE_EXEMPTIONS))),
        "may_read_verifications": SimpleLazyObject(lambda: bool(may(request.user, Permission.READ_VERIFICATIONS))),
        "may_read_record": SimpleLazyObject(lambda: bool(may(request.user, Permission.READ_RECORD))),
    }
