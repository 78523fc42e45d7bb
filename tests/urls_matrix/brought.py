"""Papers of the world for which PDFs were brought: one in a pack, one that waits for the next, one withdrawn."""

from collections.abc import Mapping
from typing import Final

from tests.agenda.brought import NO_TEXT, SHA, make_paper
from tests.agenda.pdfs import written
from tests.urls_matrix.tracker import Number
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import BroughtFile, JobState, Paper, WithdrawnPaper
from torbay_reports.core import clock
from torbay_reports.core.progress import Progress
from torbay_reports.publishing.models import UploadedPdf
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads.services import bring_pdf

OUT: Final = {"item": "7", "paper": "brought-and-out"}
WAITING: Final = {"item": "7", "paper": "brought-and-waiting"}
WITHDRAWN: Final = {"item": "7", "paper": "withdrawn"}
TO_FOLLOW: Final = {"item": "7", "paper": "to-follow"}
REFUSED: Final = {**TO_FOLLOW, "number": Number(lambda: BroughtFile.objects.values_list("pk", flat=True)[0])}
WARNING: Final = {"code": NO_TEXT[0], "page": NO_TEXT[1]}
NO_WARNINGS: Final = ({**WARNING, "code": "no-such-code"}, {**WARNING, "page": 1})


def add_out(progress: Progress) -> None:
    """Made before the packs, so that it is published with the first of them."""
    clerk = User.objects.get(email="clerk@demo.invalid")
    _put(make_paper(OUT["paper"]), clerk, "Dear members")


def add_brought(cast: Mapping[Role, User]) -> None:
    """Made after the packs, which know nothing of them."""
    clerk = cast[Role.CLERK]
    _put(make_paper(WAITING["paper"]), clerk, "Dear members", "")
    now = clock.now()
    WithdrawnPaper.objects.create(
        paper=make_paper(WITHDRAWN["paper"]), at=now, by=clerk, office="the clerk", why="It names a tenant."
    )
    BroughtFile.objects.create(
        paper=make_paper(TO_FOLLOW["paper"]),
        state=JobState.FAILED,
        message="This PDF is locked with a password. Save it without one and bring that.",
        asked_at=now,
        started_at=now,
        finished_at=now,
        asked_by=clerk,
        name="letter.pdf",
        restriction=Restriction.OPEN.value,
        closes_paper=False,
        checksum=SHA,
    )


def _put(paper: Paper, clerk: User, *pages: str) -> None:
    title = paper.title
    brought = bring_pdf(name="letter.pdf", title=title, data=written(*pages), restriction=Restriction.OPEN, by=clerk)
    assert isinstance(brought, UploadedPdf)
    paper.upload = brought
    paper.save()
