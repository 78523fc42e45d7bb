"""Papers of the world for which PDFs were brought: one that a pack holds, one that waits for the next."""

from collections.abc import Mapping
from typing import Final

from tests.agenda.brought import NO_TEXT, SHA, bring_to, make_paper
from tests.urls_matrix.tracker import Number
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.composition import pack_key, paper_key
from torbay_reports.agenda.models import BroughtFile, JobState
from torbay_reports.core import clock
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition, Restriction

OUT: Final = {"item": "7", "paper": "brought-and-out"}
WAITING: Final = {"item": "7", "paper": "brought-and-waiting"}
TO_FOLLOW: Final = {"item": "7", "paper": "to-follow"}
REFUSED: Final = {**TO_FOLLOW, "number": Number(lambda: BroughtFile.objects.values_list("pk", flat=True)[0])}
WARNING: Final = {"code": NO_TEXT[0], "page": NO_TEXT[1]}
NO_WARNINGS: Final = ({**WARNING, "code": "no-such-code"}, {**WARNING, "page": 1})


def add_brought(cast: Mapping[Role, User]) -> None:
    """Made after the packs, which know nothing of them but what is written into the public one here."""
    clerk = cast[Role.CLERK]
    out = make_paper(OUT["paper"])
    bring_to(out, clerk, texts=("Dear members",), is_tagged=False)
    stored = StoredPack.objects.get(key=pack_key(out.instalment), edition=Edition.PUBLIC)
    key = paper_key(out.item.number, out)
    stored.pages["papers"][key] = ["1", "1", 0]
    stored.pages["anchors"].append([key, "page-1", "1"])
    stored.save()
    bring_to(make_paper(WAITING["paper"]), clerk, texts=("Dear members", ""), findings=(NO_TEXT,))
    now = clock.now()
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
