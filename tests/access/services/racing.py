"""Several requests at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import connection

from torbay_reports.access.invitations import InvitationRefused

Result = TypeVar("Result")


def at_once(ask: Callable[[int], Result], times: int) -> list[Result | Exception]:
    """What each of the calls `ask(0)`, `ask(1)`… returned or was refused with, begun together in threads."""
    together = Barrier(times)

    def run(number: int) -> Result | Exception:
        try:
            together.wait(timeout=10)
            return ask(number)
        except (ValidationError, InvitationRefused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=times) as workers:
        return list(workers.map(run, range(times)))
