"""Builds of packs, asked for and ended. A worker runs them in between: `building.py`.

Each asking is a row, `PackBuild`, and a job in the queue, both or neither: `job_rows.py`. Builds of one edition run one
after the other.
"""

from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app

from torbay_reports.access.models import User
from torbay_reports.agenda import job_rows
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import Instalment, JobState, PackBuild
from torbay_reports.core import clock
from torbay_reports.publishing.packplan import Edition

TASK: Final = "torbay_reports.agenda.tasks.build"
"""The job's name: whoever asks for one need not import the tasks."""
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
PROGRAM_FAILED: Final = (
    "The program failed while it built this pack; its log says where. Build it once more. If it fails again, tell "
    "whoever runs this site."
)
BUILDS: Final = job_rows.JobKind(
    rows=PackBuild,
    task=TASK,
    argument="build",
    lost=JOB_LOST,
    kept_ending=WORKER_KEPT_ENDING,
    failed=PROGRAM_FAILED,
    without_a_word=WITHOUT_A_WORD,
)


@transaction.atomic
def ask_for_build(
    *,
    instalment: Instalment,
    edition: Edition,
    by: User | None,
    publishes: bool = False,
    why: str = "",
    seen: str = "",
    only_withdraws: bool = False,
) -> PackBuild:
    """Put the building of an instalment's edition into the queue, or its building and publishing; while one waits there
    already, return that one, which then publishes too, in this person's name. `why` says why a later version is
    published, `seen` is the checksum of what the person looked at; one that `only_withdraws` publishes nothing else
    that is new.
    """
    # One asks after the other, so that the second finds what the first has put there.
    Instalment.objects.select_for_update().get(pk=instalment.pk)
    end_lost_builds(of=instalment)
    build, is_new = PackBuild.objects.get_or_create(
        instalment=instalment,
        edition=edition.value,
        state=JobState.WAITING,
        defaults={
            "asked_at": clock.now(),
            "asked_by": by,
            "publishes": publishes,
            "why": why,
            "seen": seen,
            "only_withdraws": only_withdraws,
        },
    )
    if publishes and not is_new:
        # What one wanted to look at only, or to publish beside a withdrawal, another publishes now.
        build.only_withdraws = only_withdraws and (build.only_withdraws or not build.publishes)
        build.publishes, build.why, build.seen, build.asked_by = True, why, seen, by
        build.save(update_fields=["publishes", "why", "seen", "only_withdraws", "asked_by"])
    if is_new:
        lock = f"pack {pack_key(instalment)} {edition}"
        app.configure_task(TASK, lock=lock).defer(build=build.pk)
    return build


def end(*, build: int, failure: str | None = None) -> None:
    """Note that a build has ended, well or for this reason; one that has ended already stays as it is."""
    job_rows.end(BUILDS, build, failure)


def end_lost_builds(*, of: Instalment | None = None) -> list[int]:
    """End each build, or each of one instalment, whose job is gone, and return their numbers."""
    return job_rows.end_lost(BUILDS) if of is None else job_rows.end_lost(BUILDS, instalment=of)
