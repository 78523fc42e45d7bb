"""Keeps from the logs what opens an account: the secrets in the addresses of invitations and of new passwords."""

import logging
import re
from typing import Final

SECRET: Final = re.compile(r"(/invitation/|/password/new/)[^/\s?]+")


class WithoutSecrets(logging.Filter):
    """Replaces each secret in the message by dots; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True, after the message has lost its secrets."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            return True  # its arguments do not fit; the handler says so
        clean = SECRET.sub(r"\1…", message)
        if clean != message:
            record.msg, record.args = clean, ()
        return True
