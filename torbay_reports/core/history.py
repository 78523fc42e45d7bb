"""Who changed which row when, from what to what and why: kept by the database's own triggers, for bulk writes too.

Triggers of django-pghistory write each version of a row of a tracked table into a table of events, once for each
statement, so that a hundred thousand rows cost little more than their copy. Nothing changes or deletes an event.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pghistory
import pgtrigger
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def tracked() -> Callable[[M], M]:
    """Class decorator: keep every version of the model's rows in a table of its own, called `…Event`."""
    decorator: Callable[[M], M] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        level=pgtrigger.Statement,
        append_only=True,
    )
    return decorator


@contextmanager
def acting(*, by: int | None, why: str = "") -> Iterator[None]:
    """Put the person (their number in `access.User`, None for a fixture) and their reason beside every change within.

    Within another `acting` it only adds: the person and the reason of the innermost count for the whole transaction.
    """
    with pghistory.context(by=by, why=why):
        yield
