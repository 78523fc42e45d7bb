"""Mails the link by which a person first signs in, and whatever else these pages send."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from torbay_reports.access.models import Invitation
from torbay_reports.access.people.wording import moment

logger = logging.getLogger(__name__)
CANNOT_BE_SENT = (OSError, ValueError)
"""An OSError is the server's or the network's, a ValueError an address that no mail can carry."""


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


@sensitive_variables("messages", "message")
def deliver(messages: Sequence[EmailMessage], *, about: str) -> list[str]:
    """Sends each mail, and gives the addresses to which none could be sent; that is logged under `about`, without text.

    One that cannot be sent holds none of the others up; all go by one connection, so that a server that is away is
    waited for once.
    """
    connection = get_connection()
    unsent: list[str] = []
    try:
        connection.open()
        for message in messages:
            try:
                connection.send_messages([message])
            except CANNOT_BE_SENT as error:
                logger.warning("%s could not be mailed: %s", about, type(error).__name__)
                unsent += message.to
    except CANNOT_BE_SENT as error:
        logger.warning("%s could not be mailed: %s", about, type(error).__name__)
        return [address for message in messages for address in message.to]
    finally:
        with suppress(OSError):
            connection.close()
    return unsent
