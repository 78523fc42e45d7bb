"""Writes: files that clerks bring for papers, sent, looked at by a worker, and forgotten.

A file is kept in its row, `BroughtFile`, until it is cleaned or refused: whatever ends the row empties it, and the
database holds it to that. Of a paper's files one is looked at, at a time.
"""

from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from procrastinate.contrib.django import app

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.agenda import job_rows
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import BroughtFile, JobState, Paper
from torbay_reports.agenda.models.papers import LARGE
from torbay_reports.agenda.restricting import close
from torbay_reports.agenda.uploading import check
from torbay_reports.core import clock
from torbay_reports.publishing.models import AnyPdf
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads import services as uploads
from torbay_reports.publishing.uploads.refusals import RefusedPdf

TASK: Final = "torbay_reports.agenda.tasks.bring"
MADE: Final = ("upload", "restricted_upload")
"""The fields of a row that name what was made of its file."""
BEFORE_BUILDS: Final = 50
"""The job's priority: it is short beside a pack, and somebody waits for it."""
TOLD_FOR: Final = timedelta(days=1)
"""How long a page tells what became of a file."""
FILES: Final = job_rows.JobKind(
    rows=BroughtFile,
    task=TASK,
    argument="file",
    lost=(
        "The job ended before the file was looked at: somebody cancelled it or emptied the queue, or the database was "
        "away. Bring the file once more."
    ),
    kept_ending=(
        "The worker ended each time it looked at this file, perhaps for want of memory. Bring it with smaller "
        "pictures, or in two parts; if that fails too, tell whoever runs this site."
    ),
    failed=(
        "The program failed while it looked at this file; its log says where. Bring the file once more. If it fails "
        "again, tell whoever runs this site."
    ),
    without_a_word=(
        "It ended without saying why. Bring the file once more; if it fails again, tell whoever runs this site."
    ),
    emptied={"data": None},
)
MEANWHILE: Final = (
    "Meanwhile {who} has brought “{name}” for this paper, and that file stands. If yours is to take its place, choose "
    "it again and send it."
)
GONE: Final = "Meanwhile the file that stood there was taken away from this paper. Choose your file again and send it."
DELETED: Final = "Meanwhile somebody has deleted this paper."
ANOTHER: Final = (
    "Another file, which {who} has sent for this paper, is being looked at. Wait until it stands on the check list or "
    "is refused. If yours is to take its place, choose it again then and send it."
)
NO_LONGER: Final = "{who} may not bring papers for this meeting any more, so the file was not taken."


class BroughtMeanwhile(ValidationError):
    """Somebody else has brought a file since the form was opened; `now` is the key of what stands there."""

    def __init__(self, there: AnyPdf | None) -> None:
        super().__init__(_meanwhile(there))
        self.now = there.pk if there else None


@transaction.atomic
def send(*, paper: Paper, seen: int | None, name: str, data: bytes, restriction: Restriction, by: User) -> BroughtFile:
    """Put the looking at a PDF into the queue, which then stands for the paper in the place of what the person saw.

    The same file sent twice is looked at once; one that stands there already is done. Raises RefusedPdf,
    ValidationError, BroughtMeanwhile, Paper.DoesNotExist; nothing is then kept of the file.
    """
    kept = held_paper(paper.pk)
    check(kept, restriction)
    now = clock.now()
    file = BroughtFile(
        paper=kept,
        asked_at=now,
        asked_by=by,
        name=uploads.checked_name(name),
        restriction=restriction.value,
        closes_paper=restriction is not Restriction.OPEN and not kept.is_restricted,
        seen=seen,
        checksum=sha256(data).hexdigest(),
    )
    there = kept.content.upload
    if there and (there.original_checksum, there.restriction) == (file.checksum, file.restriction):
        file.state, file.started_at, file.finished_at = JobState.DONE, now, now
        setattr(file, _made_as(restriction), there)
        file.save()
        return file
    if waiting := under_way(kept):
        if (waiting.checksum, waiting.restriction) == (file.checksum, file.restriction):
            return waiting
        raise ValidationError(ANOTHER.format(who=waiting.asked_by.full_name))
    if kept.content.upload_id != seen:
        raise BroughtMeanwhile(there)
    file.data = data
    file.save()
    app.configure_task(TASK, priority=BEFORE_BUILDS).defer(file=file.pk)
    return file


def under_way(paper: Paper) -> BroughtFile | None:
    """The file that is being looked at for this paper; one whose job is gone is ended."""
    job_rows.end_lost(FILES, paper=paper)
    return paper.brought_files.filter(state__in=job_rows.UNDER_WAY).select_related("asked_by").first()


def find_file(paper: Paper, number: int) -> BroughtFile | None:
    """The paper's file of that number, with who sent it and what was made of it; one whose job is gone is ended."""
    job_rows.end_lost(FILES, paper=paper, pk=number)
    large = (f"{made}__{name}" for made in MADE for name in LARGE)
    return paper.brought_files.select_related("asked_by", *MADE).defer("data", *large).filter(pk=number).first()


def run_bringing(*, file: int) -> None:
    """Clean the file of this number and put it under its item, or note why not; nothing for one that has ended.

    Called by a worker. Raises OperationalError or InterfaceError where the database is lost.
    """
    if job_rows.begin(FILES, file):
        job_rows.run(FILES, file, lambda: _bring(file), _said)


def forget_files() -> int:
    """Forget the files that came to an end more than a day ago; how many those were."""
    ended = BroughtFile.objects.filter(finished_at__lt=clock.now() - TOLD_FOR)
    return ended.delete()[0]


@transaction.atomic
def _bring(number: int) -> None:
    """An open paper becomes exempt or confidential with its file; a restricted one never becomes open."""
    file = BroughtFile.objects.select_related("paper", "asked_by").get(pk=number)
    restriction = Restriction(file.restriction)
    # Reading the file takes seconds and needs no lock.
    upload = uploads.bring_pdf(
        name=file.name,
        title=file.paper.content.title,
        data=bytes(file.data or b""),
        restriction=restriction,
        by=file.asked_by,
    )
    kept = held_paper(file.paper.pk)
    check(kept, restriction)
    if kept.content.upload_id != file.seen:
        raise BroughtMeanwhile(kept.content.upload)
    if not may(file.asked_by, Permission.KEEP_PAPERS, kept.item.meeting):
        raise ValidationError(NO_LONGER.format(who=file.asked_by.full_name))
    if restriction is not Restriction.OPEN and not kept.is_restricted:
        close(paper=kept, restriction=restriction)
    content = kept.content
    content.upload = upload
    content.save(update_fields=["upload"])
    # Of two workers that were given it the second undoes what it did, and so does one whose file was given up.
    made: dict[str, object] = {_made_as(restriction): upload}
    if not job_rows.end(FILES, number, None, **made):
        raise ValidationError(FILES.lost)


def _made_as(restriction: Restriction) -> str:
    """The field of a row that names what was made of its file."""
    return "upload" if restriction is Restriction.OPEN else "restricted_upload"


def _said(error: Exception) -> str | None:
    if isinstance(error, ValidationError):
        return "\n".join(error.messages)
    if isinstance(error, Paper.DoesNotExist | BroughtFile.DoesNotExist):
        return DELETED
    return str(error) if isinstance(error, RefusedPdf) else None


def _meanwhile(there: AnyPdf | None) -> str:
    if there is None:
        return GONE
    return MEANWHILE.format(who=there.uploaded_by.full_name, name=there.name)
