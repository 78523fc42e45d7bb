"""Builds of packs, asked for and ended. A worker runs them in between: `building.py`.

Each asking is a row, `PackBuild`, and a job in the queue, both or neither. Builds of one edition run one after the
other. A worker that is killed leaves its build running and its job to `tasks.rescue`. A build whose job is cancelled or
gone ends as soon as somebody looks at it or asks anew, and within a minute where a worker lives.
"""

from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from torbay_reports.access.models import User
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import BuildState, Instalment, PackBuild
from torbay_reports.core import clock
from torbay_reports.publishing.packplan import Edition

TASK: Final = "torbay_reports.agenda.tasks.build"
"""The job's name: whoever asks for one need not import the tasks."""
UNDER_WAY: Final = (BuildState.WAITING, BuildState.RUNNING)
WORKER_KEPT_ENDING: Final = (
    "The worker ended each time it built this pack, perhaps for want of memory. Tell whoever runs this site; its log "
    "and the machine's say more."
)
JOB_LOST: Final = (
    "Its job ended before the pack was built: somebody cancelled it or emptied the queue, or the database was away. "
    "Build the pack once more."
)
WITHOUT_A_WORD: Final = (
    "It ended without saying why. Build the pack once more; if it fails again, tell whoever runs this site."
)


@transaction.atomic
def ask_for_build(*, instalment: Instalment, edition: Edition, by: User | None) -> PackBuild:
    """Put the building of an instalment's edition into the queue; while one waits there already, return that one."""
    # One asks after the other, so that the second finds what the first has put there.
    Instalment.objects.select_for_update().get(pk=instalment.pk)
    end_lost_builds(of=instalment)
    build, is_new = PackBuild.objects.get_or_create(
        instalment=instalment,
        edition=edition.value,
        state=BuildState.WAITING,
        defaults={"asked_at": clock.now(), "asked_by": by},
    )
    if is_new:
        lock = f"pack {pack_key(instalment)} {edition}"
        app.configure_task(TASK, lock=lock).defer(build=build.pk)
    return build


def end(*, build: int, failure: str | None = None) -> None:
    """Note that a build has ended, well or for this reason; one that has ended already stays as it is."""
    now = clock.now()
    still = PackBuild.objects.filter(pk=build, state__in=UNDER_WAY)
    # One that never began is given the moment of its end for both.
    still.filter(started_at=None).update(state=BuildState.RUNNING, started_at=now)
    if failure is None:
        still.update(state=BuildState.DONE, finished_at=now)
    else:
        still.update(state=BuildState.FAILED, message=_plain(failure), finished_at=now)


def end_lost_builds(*, of: Instalment | None = None) -> list[int]:
    """End each build that is under way and whose job is gone, and return their numbers; at most two queries for none.

    With `of` those of one instalment. Somebody has cancelled the job or emptied the queue, or it was given up.
    """
    # In this order: a build and its job are written together, so a job that is still to run is found.
    builds = set(_under_way(of).values_list("pk", flat=True))
    if not builds:
        return []
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=("todo", "doing"))
    lost = sorted(builds - set(jobs.filter(args__build__in=builds).values_list("args__build", flat=True)))
    for build in lost:
        end(build=build, failure=JOB_LOST)
    return lost


def _under_way(of: Instalment | None) -> QuerySet[PackBuild]:
    under_way = PackBuild.objects.filter(state__in=UNDER_WAY)
    return under_way.filter(instalment=of) if of is not None else under_way


def _plain(failure: str) -> str:
    """A reason as it can be stored and shown: its lines, without what is no character to read; never nothing."""
    shown = ("".join(each if each.isprintable() else " " for each in line) for line in failure.splitlines())
    return "\n".join(" ".join(line.split()) for line in shown if line.strip()) or WITHOUT_A_WORD
