"""Mails of the tracker. None holds a step's text, and every link asks to sign in."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from improvement.models import Update, UpdateRequest
from improvement.selectors.answering import Asked
from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.core.formatting import count, long_date
from torbay_reports.core.mailing import deliver, post

_ASKED: Final = "An update on your steps, by {day}"
_RETURNED: Final = "Your update on step {reference} was returned"


def mail_request(request: HttpRequest, asked: UpdateRequest, people: Sequence[Asked]) -> list[User]:
    """Mails each of these people of the round the link to their form; gives those to whom the mail went out.

    Call it after the transaction in which the round was stored.
    """
    link = request.build_absolute_uri(reverse("improvement:answer", args=[asked.plan.slug]))
    mails = [_asking(asked, each, link) for each in people]
    unsent = deliver(mails, about=f"The request for updates {asked.pk}") if mails else []
    return [each.person for each in people if each.person.email not in unsent]


def _asking(asked: UpdateRequest, whom: Asked, link: str) -> EmailMessage:
    words = {
        "name": whom.person.full_name,
        "by": asked.asked_by.full_name,
        "steps": count(len(whom.steps), "step", "steps"),
        "plan": _in_one_line(asked.plan.title),
        "day": long_date(asked.answer_by),
        "link": link,
        "council_name": settings.COUNCIL_NAME,
    }
    return EmailMessage(
        subject=_ASKED.format(day=words["day"]),
        body=render_to_string("improvement/asked.txt", words),
        to=[whom.person.email],
    )


def mail_return(request: HttpRequest, update: Update, by: User) -> bool:
    """Tells the writer that their update was returned; the reason stands behind the link, since it may tell the text.

    Gives whether a mail was on its way: none goes to who can no longer write on the step, for whom the link leads
    nowhere. Call it after the transaction in which that was stored. Nobody waits for the mail.
    """
    step, writer = update.step, update.written_by
    if writer is None or step.dropped_on is not None or not may(writer, Permission.UPDATE_STEP, step):
        return False
    where = [step.action.plan.slug, step.action.reference, step.number]
    words = {
        "name": writer.full_name,
        "by": by.full_name,
        "reference": _in_one_line(step.reference),
        "plan": _in_one_line(step.action.plan.title),
        "link": request.build_absolute_uri(reverse("improvement:step-update", args=where)),
        "council_name": settings.COUNCIL_NAME,
    }
    message = EmailMessage(
        subject=_RETURNED.format(reference=words["reference"]),
        body=render_to_string("improvement/returned.txt", words),
        to=[writer.email],
    )
    post(message, about=f"The return of update {update.pk}")
    return True


def _in_one_line(words: str) -> str:
    """Words that came with a file: a line break in them would end a mail's header, or begin a sentence of our own."""
    return " ".join(words.split())
