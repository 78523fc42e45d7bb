"""Mails the link by which a person first signs in."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access.models import Invitation
from torbay_reports.access.people.wording import moment

logger = logging.getLogger(__name__)


@sensitive_variables("secret", "words")
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
    try:
        send_mail(
            subject=f"Your sign-in for the papers of {settings.COUNCIL_NAME}",
            message=render_to_string("access/people/invitation.txt", words),
            from_email=None,
            recipient_list=[person.email],
        )
    except (OSError, ValueError) as error:
        # An OSError is the server's or the network's, a ValueError an address that no mail can carry.
        logger.warning("The invitation of person %s could not be mailed: %s", person.pk, type(error).__name__)
        return False
    return True
