"""What day and time it is: the only place in the program that asks the machine.

A demonstration, a test or a rehearsal lives on another day by the setting `TODAY`; everything that depends on the
date ("68 days old at the meeting", who sits on a board, what is overdue) then agrees.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The current moment, aware, in the council's time zone; on the day that `TODAY` names where it is set."""
    moment = timezone.localtime(timezone.now())
    pretended: date | None = settings.TODAY
    if pretended is None:
        return moment
    return datetime.combine(pretended, moment.timetz())


def today() -> date:
    """The current day in the council's time zone."""
    return now().date()
