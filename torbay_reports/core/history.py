"""Who changed which row when, from what to what and why: kept by the database's own triggers, for bulk writes too.

Triggers of django-pghistory write each version of a row of a tracked table into a table of events, once for each
statement, so that a hundred thousand rows cost little more than their copy. Nothing changes or deletes an event.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models
from django.db.backends.utils import CursorWrapper

from torbay_reports.core import clock

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
    with pghistory.context(by=by, why=why, at=clock.now().isoformat()):
        yield


def events(model: type[models.Model]) -> models.QuerySet[Any]:
    """Every version of the rows of a tracked model, in the order in which they were written.

    A transaction writes its versions while it holds what it changes, so this is the order of the changes too.
    """
    kept = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    found: models.QuerySet[Any] = kept._default_manager.order_by("pgh_id")
    return found


def moment_of(metadata: Mapping[str, Any] | None, created: datetime) -> datetime:
    """When a version was written, by the program's clock; by the database's for what passed the program by."""
    at = (metadata or {}).get("at")
    return datetime.fromisoformat(at) if at else created


def hand_over(cursor: CursorWrapper) -> None:
    """Give the person and the reason to the transaction, before a COPY: what passes by Django's cursors lacks them."""
    cursor.execute("VALUES (1)")
