"""Notes that budget holders were reminded."""

from collections.abc import Collection

from budget.models import CloseStep, Quarter, Service
from budget.services.writing import writing
from torbay_reports.access.models import User
from torbay_reports.core import clock


def note_reminded(*, quarter: Quarter, slugs: Collection[str], by: User) -> int:
    """A step of the close for each of these services, of whose holders one at least was mailed; how many.

    Call it after the mails went out. Raises QuarterLocked where the quarter was signed meanwhile.
    """
    with writing(quarter=quarter, by=by) as held:
        now = clock.now()
        noted = CloseStep.objects.bulk_create(
            CloseStep(quarter=held, service=service, kind=CloseStep.Kind.REMINDED, at=now, by=by)
            for service in Service.objects.filter(year=held.year_id, slug__in=slugs)
        )
    return len(noted)
