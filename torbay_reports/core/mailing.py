"""Sends mail that nobody waits for."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

log: Final = logging.getLogger(__name__)
_sender: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


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
