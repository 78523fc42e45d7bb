"""Builds of packs, asked for and ended. A worker runs them in between: `building.py`.

Each asking is a row, `PackBuild`, and a job in the queue, both or neither. Builds of one edition run one after the
other. A worker that is killed leaves its build running and its job to `tasks.rescue`.
"""

from typing import Final

from django.db import transaction
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
    "Its job ended before the pack was built, because the database was away or somebody emptied the queue. Build the "
    "pack once more."
)


@transaction.atomic
def ask_for_build(*, instalment: Instalment, edition: Edition, by: User | None) -> PackBuild:
    """Put the building of an instalment's edition into the queue; while one waits there already, return that one."""
    # One asks after the other, so that the second finds what the first has put there.
    Instalment.objects.select_for_update().get(pk=instalment.pk)
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


def end(*, build: int, failure: str = "") -> None:
    """Note that a build has ended, well or for this reason; one that has ended already stays as it is."""
    now = clock.now()
    still = PackBuild.objects.filter(pk=build, state__in=UNDER_WAY)
    # One that never began is given the moment of its end for both.
    still.filter(started_at=None).update(state=BuildState.RUNNING, started_at=now)
    still.update(state=BuildState.FAILED if failure else BuildState.DONE, message=failure, finished_at=now)


def end_lost_builds() -> list[int]:
    """End each build that is under way and has no job, and return their numbers: somebody emptied the queue."""
    # In this order: a build and its job are written together, so a job that is still to run is found.
    builds = set(PackBuild.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True))
    jobs = ProcrastinateJob.objects.filter(task_name=TASK, status__in=("todo", "doing"))
    lost = sorted(builds - {arguments["build"] for arguments in jobs.values_list("args", flat=True)})
    for build in lost:
        end(build=build, failure=JOB_LOST)
    return lost
