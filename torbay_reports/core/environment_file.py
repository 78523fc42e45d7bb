"""The file `.env` at the checkout's root, written for the demonstration when there is none."""

import os
import secrets
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent.parent / ".env"

DEMONSTRATION = """\
# Settings of this checkout, written by `manage.py demo`. README.md lists them all.
DEMO=on
TODAY=2017-09-05
ALLOWED_HOSTS=127.0.0.1,localhost
SECRET_KEY={secret}
"""


def write_if_missing(path: Path = PATH) -> bool:
    """Write the demonstration's settings, readable by the owner only; True when the file is new."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(DEMONSTRATION.format(secret=secrets.token_urlsafe(48)))
    return True
