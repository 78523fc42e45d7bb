"""Sends mail: beside the request where nobody waits for it, or at once where it is said whether it went out."""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.views.decorators.debug import sensitive_variables

log: Final = logging.getLogger(__name__)
_sender: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")
CANNOT_BE_SENT: Final = (OSError, ValueError)
"""An OSError is the server's or the network's, a ValueError an address that no mail can carry."""


def post(message: EmailMessage, *, about: str) -> None:
    """Sends the message beside the request, so that how long a mail server takes tells a visitor nothing.

    A message that cannot be sent is logged under `about`, without its address and its text, which can hold a link that
    opens an account. With the setting MAIL_ASIDE off it is sent before this returns.
    """
    if settings.MAIL_ASIDE:
        _sender.submit(_send, message, about)
    else:
        _send(message, about)


def _send(message: EmailMessage, about: str) -> None:
    try:
        message.send()
    except Exception as error:
        # Whatever it is, there is nobody here whom it could reach.
        log.error("A mail could not be sent (%s): %s", about, type(error).__name__)


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
                log.warning("%s could not be mailed: %s", about, type(error).__name__)
                unsent += message.to
    except CANNOT_BE_SENT as error:
        log.warning("%s could not be mailed: %s", about, type(error).__name__)
        return [address for message in messages for address in message.to]
    finally:
        with suppress(OSError):
            connection.close()
    return unsent
