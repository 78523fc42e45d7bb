"""What workers do: look at brought files, build packs, rescue jobs of workers that were killed, clean up once a day.

Only a worker imports this module (`PROCRASTINATE_IMPORT_PATHS`).
"""

import logging
from typing import Final

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.management import CommandError, call_command
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.utils import utcnow

from torbay_reports.agenda import bringing, building, builds, job_rows, withdrawing
from torbay_reports.agenda.subscribing import notices, reminders
from torbay_reports.publishing.bundles.bundlestore import StoreError
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.bundles.services import finish_withdrawals as finish
from torbay_reports.publishing.bundles.services import roll_back_all
from torbay_reports.publishing.uploads import converting

log: Final = logging.getLogger(__name__)

RESCUES: Final = 5
"""How often a job is begun anew: one that ended its workers as often would end the next one too."""
DAILY_COMMANDS: Final = ("forget_personal_data", "clean_parts", "verify_publications")
KINDS: Final = (bringing.FILES, builds.BUILDS)
AGAIN_LONGER: Final = RetryStrategy(
    max_attempts=60, wait=60, retry_exceptions=(*job_rows.CONNECTION_LOST, PurgeFailed, StoreError, OSError)
)
AGAIN_SLOWER: Final = RetryStrategy(
    max_attempts=60, linear_wait=60, retry_exceptions=(*job_rows.CONNECTION_LOST, notices.NotAllTold)
)
"""A mail server that is away for a day is waited for: after one minute more each time."""
AGAIN: Final = RetryStrategy(max_attempts=RESCUES, wait=5, retry_exceptions=job_rows.CONNECTION_LOST)


# Without a queueing lock: an interrupted job goes back into the queue, where a newer one may wait already.
@app.task(name=builds.TASK, retry=AGAIN)
def build(*, build: int) -> None:
    """Build what the row of this number asks for."""
    building.run_build(build=build)


@app.task(name=bringing.TASK, priority=bringing.BEFORE_BUILDS, retry=AGAIN)
def bring(*, file: int) -> None:
    """Clean the brought file whose row has this number, and put it under its item."""
    bringing.run_bringing(file=file)


@app.task(name=withdrawing.TASK, retry=AGAIN_LONGER)
def finish_withdrawals() -> None:
    """Do what is left to do of withdrawals."""
    finish()


@app.task(name=notices.TASK, priority=notices.BEFORE_BUILDS, retry=AGAIN_SLOWER)
def tell(*, notice: int) -> None:
    """Mail subscribers what the version brings of which the row with this number tells."""
    notices.tell(number=notice)


# Before all that waits, so that what was interrupted keeps its place.
@app.periodic(cron=settings.RESCUE_EVERY)
@app.task(queueing_lock="rescue", priority=100)
async def rescue(timestamp: int) -> None:
    """Put the jobs of workers that were killed back into the queue, and end rows that have no job."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=settings.WORKER_SILENCE):
        if job.attempts < RESCUES:
            await _begin_anew(job)
        else:
            await _give_up(job)
    await sync_to_async(_end_lost)()
    await sync_to_async(_settle)()


@app.periodic(cron=settings.CLEAN_UP_EVERY)
@app.task
def clean_up(timestamp: int) -> None:
    """Forget what is personal and no longer needed, drop set pages that no pack has used for long, and read everything
    published again; each of them whatever becomes of the others."""
    _end_lost()
    bringing.forget_files()
    notices.again()
    for command in DAILY_COMMANDS:
        try:
            call_command(command)
        except CommandError as error:
            log.error("manage.py %s: %s", command, error)
    # Last, so that a cleaning that begins anew has hardly sent it before.
    reminders.remind()


def _end_lost() -> None:
    for kind in KINDS:
        for lost in job_rows.end_lost(kind):
            log.error("The row %s of %s had no job any more.", lost, kind.task)


def _settle() -> None:
    """What publishing or converting left behind when it was broken off goes; what is left of withdrawals is done."""
    converting.forget_left_over()
    roll_back_all()
    try:
        finish()
    except (PurgeFailed, StoreError, OSError) as error:
        log.error("A withdrawal is not finished; it is tried again in a minute. %s", error)


async def _begin_anew(job: Job) -> None:
    log.warning("The job %s of a worker that is gone begins anew.", job.call_string)
    try:
        await app.job_manager.retry_job(job, retry_at=utcnow())
    except ConnectorException as error:
        # Its like waits already, or it ended in this moment after all: either way there is nothing to begin anew.
        log.warning("The job %s stays where it is: %s", job.call_string, error.__cause__ or error)
        await _finish(job)


async def _give_up(job: Job) -> None:
    log.error("The job %s is given up: its worker ended %s times.", job.call_string, job.attempts + 1)
    for kind in KINDS:
        number = job.task_kwargs.get(kind.argument)
        if job.task_name == kind.task and isinstance(number, int):
            await sync_to_async(job_rows.end)(kind, number, kind.kept_ending)
    await _finish(job)


async def _finish(job: Job) -> None:
    try:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    except ConnectorException as error:
        log.warning("The job %s has ended already: %s", job.call_string, error.__cause__ or error)
