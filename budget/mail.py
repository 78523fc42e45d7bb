"""Mails of the close. None holds a figure or a reason, and every link asks to sign in."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from budget.models import Quarter
from budget.selectors.reminders import Reminder
from torbay_reports.access.models import User
from torbay_reports.core.formatting import count, long_date
from torbay_reports.core.mailing import deliver

_REMINDED: Final = "Returns for {quarter}, due {day}"
_SENT_BACK: Final = "Your return for {quarter} was sent back"


def mail_reminders(request: HttpRequest, quarter: Quarter, reminders: Sequence[Reminder], by: User) -> list[User]:
    """Mails each of these people the link to the quarter's desk; gives those to whom the mail went out."""
    mails = [_reminding(request, quarter, each, by) for each in reminders]
    unsent = deliver(mails, about=f"Reminders for {quarter}") if mails else []
    return [each.person for each in reminders if each.person.email not in unsent]


def mail_sent_back(
    request: HttpRequest, quarter: Quarter, submitters: Mapping[str, User], names: Mapping[str, str], by: User
) -> None:
    """Tells who submitted these services' returns, by short name, that they went back; one mail a person.

    Call it after the transaction in which that was stored.
    """
    people: dict[User, list[str]] = {}
    for slug, person in submitters.items():
        if person != by:
            people.setdefault(person, []).append(names[slug])
    mails = [
        EmailMessage(
            subject=_SENT_BACK.format(quarter=quarter),
            body=render_to_string(
                "budget/sent_back.txt",
                {**_words(request, quarter, by), "name": person.full_name, "services": theirs},
            ),
            to=[person.email],
        )
        for person, theirs in people.items()
    ]
    if mails:
        deliver(mails, about=f"Returns of {quarter} sent back")


def _reminding(request: HttpRequest, quarter: Quarter, whom: Reminder, by: User) -> EmailMessage:
    due = quarter.returns_due
    words = {
        **_words(request, quarter, by),
        "name": whom.person.full_name,
        "number": count(len(whom.rows), "service", "services"),
        "services": [row.name for row in whom.rows],
        "day": long_date(due) if due is not None else "",
    }
    return EmailMessage(
        subject=_REMINDED.format(quarter=quarter, day=words["day"]) if due else f"Returns for {quarter}",
        body=render_to_string("budget/reminded.txt", words),
        to=[whom.person.email],
    )


def _words(request: HttpRequest, quarter: Quarter, by: User) -> dict[str, object]:
    link = reverse("budget:desk", args=[quarter.period.year.slug, quarter.number])
    return {
        "by": by.full_name,
        "quarter": str(quarter),
        "link": request.build_absolute_uri(link),
        "council_name": settings.COUNCIL_NAME,
    }
