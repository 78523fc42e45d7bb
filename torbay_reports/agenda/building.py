"""The building of a pack by a worker, its progress written where everybody sees it."""

import logging
from typing import Final

from django.db import InterfaceError, OperationalError

from torbay_reports.agenda.build_progress import WrittenProgress
from torbay_reports.agenda.builds import UNDER_WAY, end
from torbay_reports.agenda.business import NotReadyToPublish, OpenWarnings
from torbay_reports.agenda.models import BuildState, PackBuild
from torbay_reports.agenda.services import build_pack
from torbay_reports.core import clock
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.selectors import DamagedPublication

log: Final = logging.getLogger(__name__)

PLAIN: Final = (PackFault, NotReadyToPublish, DamagedPublication)
"""What stands against a pack and is said so that a clerk can mend it."""
CONNECTION_LOST: Final = (OperationalError, InterfaceError)
"""What another try may mend, and what nobody could be told anyway."""
PROGRAM_FAILED: Final = (
    "The program failed while it built this pack; its log says where. Build it once more. If it fails again, tell "
    "whoever runs this site."
)


def run_build(*, build: int) -> None:
    """Build what was asked for and note how it ended; nothing for a build that has ended or is gone.

    Called by a worker. A failure in plain words ends the build and leaves the old pack in place, as does a failure of
    the program, which is logged. Raises OperationalError or InterfaceError where the database is lost.
    """
    asked = PackBuild.objects.select_related("instalment__meeting__committee", "asked_by").filter(pk=build).first()
    if asked is None or not _begin(asked):
        return
    try:
        with WrittenProgress(build) as progress:
            build_pack(
                instalment=asked.instalment, edition=Edition(asked.edition), by=asked.asked_by, progress=progress
            )
            progress("switch", 0, 1)
    except OpenWarnings as error:
        end(build=build, failure=error.beside_the_list)
    except PLAIN as error:
        end(build=build, failure=str(error))
    except CONNECTION_LOST:
        raise
    except Exception:
        log.exception("The build %s, %s, failed", build, asked)
        end(build=build, failure=PROGRAM_FAILED)
    else:
        end(build=build)


def _begin(build: PackBuild) -> bool:
    """Note that it runs, from the beginning where it was interrupted; whether it is still to be built."""
    fresh = {"phase": "", "parts_done": 0, "parts_total": 0}
    still = PackBuild.objects.filter(pk=build.pk, state__in=UNDER_WAY)
    return bool(still.update(state=BuildState.RUNNING, started_at=clock.now(), **fresh))
