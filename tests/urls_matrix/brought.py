"""Papers of the world for which PDFs were brought: one that a pack holds, one that waits for the next."""

from collections.abc import Mapping
from typing import Final

from tests.agenda.brought import NO_TEXT, bring_to, make_paper
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.composition import pack_key, paper_key
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition

OUT: Final = {"item": "7", "paper": "brought-and-out"}
WAITING: Final = {"item": "7", "paper": "brought-and-waiting"}
TO_FOLLOW: Final = {"item": "7", "paper": "to-follow"}
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
    make_paper(TO_FOLLOW["paper"])
