"""An entry of the record in words, the same on screen and in the file."""

from django.utils import timezone

from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record.kinds import SIGN_INS
from torbay_reports.core.formatting import long_date


def who(entry: AccessRecord) -> str:
    """The person's name, the address that was given, or what stands for neither."""
    if entry.person is not None:
        return entry.person.full_name
    if entry.email:
        return "Nobody known"
    return "Not known" if entry.kind in SIGN_INS else "The installation"


def address(entry: AccessRecord) -> str:
    """The person's e-mail address, or the one that was given."""
    return entry.person.email if entry.person is not None else entry.email


def when(entry: AccessRecord) -> str:
    """5 September 2017, 14:05, in the council's time zone."""
    at = timezone.localtime(entry.at)
    return f"{long_date(at.date())}, {at:%H:%M}"
