"""Once a week a mail to who has to see to it: how many papers kept from the public are due for review."""

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.models.assignments import held_on
from torbay_reports.agenda.reviews import OFFICERS, diary
from torbay_reports.agenda.subscribing import links
from torbay_reports.core import clock
from torbay_reports.core.formatting import count
from torbay_reports.core.mailing import deliver

MONDAY: Final = 0


def remind() -> None:
    """On Mondays mail each clerk and monitoring officer the number of reviews due to them; nothing where none is."""
    if clock.today().weekday() != MONDAY:
        return
    roles = RoleAssignment.objects.filter(held_on(clock.today()), role__in=OFFICERS)
    officers = User.objects.filter(is_active=True, pk__in=roles.values("person")).order_by("pk")
    mails = [_mail(each, due) for each in officers if (due := len(diary(each).due))]
    if mails:
        deliver(mails, about="A reminder of reviews")


def _mail(officer: User, due: int) -> EmailMessage:
    papers = count(due, "paper", "papers")
    words = {
        "name": officer.full_name,
        "papers": f"{papers} not for publication {'is' if due == 1 else 'are'}",
        "council_name": settings.COUNCIL_NAME,
        "link": links.absolute(reverse("agenda:reviews")),
    }
    return EmailMessage(
        subject=f"Reviews due: {papers}",
        body=render_to_string("agenda/subscribing/reminder.txt", words),
        to=[officer.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
