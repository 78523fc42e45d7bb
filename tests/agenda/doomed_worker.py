"""A worker that kills itself at a given moment of a job, or works on where no moment is given.

`python -m tests.agenda.doomed_worker DATABASE [MOMENT NUMBER]`. The moments are the phases of which a build tells:
there the worker ends at the phase's report of that number, counted from 0. `statement` ends it a while after the phase
"store" began, when the statement that puts the new pack in the old one's place is under way. `cleaned` ends it when a
brought file is cleaned and stored, before it stands for its paper. Its intervals are short, so that the next worker
rescues what this one leaves behind within seconds.
"""

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any
from unittest import mock

import django
from django.conf import settings
from django.core.management import call_command

STATEMENT = "statement"
CLEANED = "cleaned"
INTO_THE_STATEMENT = (0.2, 0.15)
"""Seconds after the phase's beginning, and how many more for each number; the test makes the statement last longer."""


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(moment: str, number: int) -> None:
    """End the process at that moment."""
    from torbay_reports.agenda import building
    from torbay_reports.agenda.build_progress import WrittenProgress
    from torbay_reports.publishing.uploads import services as uploads

    least, more = INTO_THE_STATEMENT

    class Doomed(WrittenProgress):
        reports = 0

        def __call__(self, phase: str, done: int, total: int) -> None:
            super().__call__(phase, done, total)
            if phase == "store" and moment == STATEMENT:
                threading.Timer(least + number * more, kill_self).start()
            elif phase == moment:
                if self.reports >= number or done == total:
                    kill_self()
                self.reports += 1

    mock.patch.object(building, "WrittenProgress", Doomed).start()
    if moment == CLEANED:
        bring_pdf = uploads.bring_pdf

        def doomed(**given: Any) -> None:
            bring_pdf(**given)
            kill_self()

        mock.patch.object(uploads, "bring_pdf", doomed).start()


def main(arguments: Sequence[str]) -> None:
    settings.DATABASES["default"]["NAME"] = arguments[0]
    settings.WORKER_SILENCE = 1
    settings.RESCUE_EVERY = "* * * * * *"
    settings.PROCRASTINATE_WORKER_DEFAULTS = {
        "update_heartbeat_interval": 0.25,
        "stalled_worker_timeout": 1,
        "fetch_job_polling_interval": 0.25,
        "delete_jobs": "successful",
    }
    django.setup()
    from torbay_reports.agenda import tasks

    mock.patch.object(tasks, "RESCUES", 1000).start()
    if arguments[1:]:
        arm(arguments[1], int(arguments[2]))
    call_command("procrastinate", "worker")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torbay_reports.settings")
    main(sys.argv[1:])
