"""What rows that stand beside a job have in common: each begins, ends once, and with a sentence where its job is gone.

A row and its job are written in one transaction. A worker that is killed leaves its row running and its job to
`tasks.rescue`. A row whose job is cancelled or gone ends as soon as somebody looks at it or asks anew, and within a
minute where a worker lives.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from procrastinate.contrib.django.models import ProcrastinateJob

from torbay_reports.agenda.models import JobRow, JobState
from torbay_reports.core import clock

log: Final = logging.getLogger(__name__)

UNDER_WAY: Final = (JobState.WAITING, JobState.RUNNING)
CONNECTION_LOST: Final = (OperationalError, InterfaceError)
"""What another try may mend, and what nobody could be told anyway."""


@dataclass(frozen=True)
class JobKind:
    """Rows of one model and their jobs: the task's name, so that whoever asks need not import it, and its argument.

    `lost`, `kept_ending` and `failed` are said where the job is gone, where it ended its workers each time, and where
    the program fails. `emptied` is written over what a row held for its job alone.
    """

    rows: type[JobRow]
    task: str
    argument: str
    lost: str
    kept_ending: str
    failed: str
    without_a_word: str
    emptied: Mapping[str, object] = field(default_factory=dict)


def begin(kind: JobKind, number: int, **fresh: object) -> bool:
    """Note that it runs, from the beginning where it was interrupted; whether it is still to be done."""
    return bool(_still(kind).filter(pk=number).update(state=JobState.RUNNING, started_at=clock.now(), **fresh))


def end(kind: JobKind, number: int, failure: str | None = None, **made: object) -> bool:
    """Note that a job has ended, well or for this reason; False for one that has ended already and stays as it is."""
    now = clock.now()
    state = JobState.DONE if failure is None else JobState.FAILED
    message = "" if failure is None else _plain(failure) or kind.without_a_word
    # One that never began is given the moment of its end for both.
    began = Coalesce("started_at", Value(now))
    ended = {"state": state, "message": message, "started_at": began, "finished_at": now, **kind.emptied, **made}
    return bool(_still(kind).filter(pk=number).update(**ended))


def end_lost(kind: JobKind, **of: object) -> list[int]:
    """End each row that is under way and whose job is gone, and return their numbers; at most two queries for none.

    With `of` only the rows that have these values. Somebody has cancelled the job or emptied the queue, or it was given
    up.
    """
    # In this order: a row and its job are written together, so a job that is still to run is found.
    numbers = set(_still(kind).filter(**of).values_list("pk", flat=True))
    if not numbers:
        return []
    name = f"args__{kind.argument}"
    jobs = ProcrastinateJob.objects.filter(
        task_name=kind.task, status__in=("todo", "doing"), **{f"{name}__in": numbers}
    )
    lost = sorted(numbers - set(jobs.values_list(name, flat=True)))
    for number in lost:
        end(kind, number, kind.lost)
    return lost


def run(kind: JobKind, number: int, work: Callable[[], None], said: Callable[[Exception], str | None]) -> None:
    """Do the work of a row that has begun, and note how it ended. Called by a worker.

    What `said` puts into words ends it with these; any other failure is the program's and logged. Raises
    OperationalError or InterfaceError where the database is lost.
    """
    try:
        work()
    except CONNECTION_LOST:
        raise
    except Exception as error:
        failure = said(error)
        if failure is None:
            log.exception("The row %s of %s failed", number, kind.task)
            failure = kind.failed
        end(kind, number, failure)
    else:
        end(kind, number)


def _still(kind: JobKind) -> QuerySet[JobRow]:
    return kind.rows._default_manager.filter(state__in=UNDER_WAY)


def _plain(failure: str) -> str:
    """A reason as it can be stored and shown: its lines, without what is no character to read."""
    shown = ("".join(each if each.isprintable() else " " for each in line) for line in failure.splitlines())
    return "\n".join(" ".join(line.split()) for line in shown if line.strip())
