"""Mails the link by which a person first signs in."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access.models import Invitation
from torbay_reports.access.people.wording import moment
from torbay_reports.core.mailing import deliver


@sensitive_variables("secret", "words", "message")
def send_invitation(*, request: HttpRequest, invitation: Invitation, secret: str) -> bool:
    """Mails the person the link; False when the mail could not be sent, which is logged without the link.

    Call it after the transaction in which the link was made, so that no mail names a link that does not exist.
    """
    person = invitation.person
    words = {
        "person": person,
        "council_name": settings.COUNCIL_NAME,
        "link": request.build_absolute_uri(reverse("access:invitation", args=[secret])),
        "until": moment(invitation.expires_at),
    }
    message = EmailMessage(
        subject=f"Your sign-in for the papers of {settings.COUNCIL_NAME}",
        body=render_to_string("access/people/invitation.txt", words),
        to=[person.email],
    )
    return not deliver([message], about=f"The invitation of person {person.pk}")
