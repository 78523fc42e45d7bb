"""A worker killed while it looks at a brought file: nothing half kept, and the next one does it from the beginning."""

import signal
from collections.abc import Iterator

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.access.cast import person_with
from tests.agenda.brought import make_paper
from tests.agenda.doomed_worker import CLEANED
from tests.agenda.jobs import empty_queue
from tests.agenda.pdfs import written
from tests.agenda.workers import PATIENCE, Workers, until
from torbay_reports.access.roles import Role
from torbay_reports.agenda.bringing import TASK, send
from torbay_reports.agenda.models import BroughtFile, JobState, Paper
from torbay_reports.publishing.models import RestrictedPdf, UploadedPdf
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper() -> Iterator[Paper]:
    yield make_paper()
    empty_queue()


def test_a_worker_killed_over_a_file_leaves_it_to_the_next_one(paper: Paper, workers: Workers) -> None:
    file, clerk = written("Dear members"), person_with(Role.CLERK)
    send(paper=paper, seen=None, name="letter.pdf", data=file, restriction=Restriction.EXEMPT, by=clerk)
    assert workers.start(CLEANED, "0").wait(PATIENCE) == -signal.SIGKILL
    until(lambda: not workers.left(), "the end of all that the worker started")
    interrupted = BroughtFile.objects.get()
    assert (interrupted.state, bytes(interrupted.data or b"")) == (JobState.RUNNING, file)
    assert not UploadedPdf.objects.exists()
    assert not RestrictedPdf.objects.exists()
    assert Paper.objects.filter(upload=None, restriction="open", held_back=None).exists()
    healthy = workers.start()
    until(lambda: not BroughtFile.objects.get().is_under_way, "the end of the file")
    done = BroughtFile.objects.get()
    assert (done.pk, done.state, done.data) == (interrupted.pk, JobState.DONE, None)
    assert Paper.objects.filter(held_back__upload=RestrictedPdf.objects.get(), restriction="exempt").exists()
    assert not UploadedPdf.objects.exists()
    until(lambda: not ProcrastinateJob.objects.filter(task_name=TASK).exists(), "the end of the job")
    healthy.terminate()
    assert healthy.wait(PATIENCE) == 0
