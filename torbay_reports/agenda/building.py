"""The building and publishing of a pack by a worker, its progress written where everybody sees it."""

from typing import Final

from torbay_reports.agenda import job_rows
from torbay_reports.agenda.build_progress import WrittenProgress
from torbay_reports.agenda.builds import BUILDS
from torbay_reports.agenda.business import NotReadyToPublish, OpenWarnings
from torbay_reports.agenda.models import PackBuild
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.services import build_pack
from torbay_reports.agenda.whole import prepare_wholes
from torbay_reports.publishing.bundles.bundlestore import StoreError
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.selectors import DamagedPublication

PLAIN: Final = (PackFault, NotReadyToPublish, DamagedPublication, PurgeFailed, StoreError)
"""What stands against a pack and is said so that a clerk can mend it."""


def run_build(*, build: int) -> None:
    """Build what was asked for and note how it ended; nothing for a build that has ended or is gone.

    Called by a worker. A failure in plain words ends the build and leaves the old pack in place, as does a failure of
    the program, which is logged. Raises OperationalError or InterfaceError where the database is lost.
    """
    asked = PackBuild.objects.select_related("instalment__meeting__committee", "asked_by").filter(pk=build).first()
    if asked is None or not job_rows.begin(BUILDS, build, phase="", parts_done=0, parts_total=0):
        return
    job_rows.run(BUILDS, build, lambda: _build(asked), _said)


def _build(asked: PackBuild) -> None:
    edition = Edition(asked.edition)
    with WrittenProgress(asked.pk) as progress:
        if asked.publishes:
            publish_pack(
                instalment=asked.instalment,
                edition=edition,
                by=asked.asked_by,
                why=asked.why,
                seen=asked.seen,
                only_withdraws=asked.only_withdraws,
                progress=progress,
            )
            prepare_wholes(asked.instalment.meeting)
        else:
            build_pack(instalment=asked.instalment, edition=edition, by=asked.asked_by, progress=progress)
        progress("switch", 0, 1)


def _said(error: Exception) -> str | None:
    if isinstance(error, OpenWarnings):
        return error.beside_the_list
    return str(error) if isinstance(error, PLAIN) else None
