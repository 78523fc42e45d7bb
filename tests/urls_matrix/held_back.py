"""Papers of the world that are not for publication: one that waits for a decision, with a person admitted to it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from tests.agenda.held_back import brought, make_held_back, with_grounds
from tests.urls_matrix.tracker import Number
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.deciding import admit
from torbay_reports.agenda.models import Admission

HELD_BACK: Final = {"item": "7", "paper": "held-back"}
ADMITTED: Final = {**HELD_BACK, "number": Number(lambda: Admission.objects.values_list("pk", flat=True)[0])}


def add_held_back(cast: Mapping[Role, User]) -> None:
    """Made after the packs, which know nothing of it."""
    clerk, officer = cast[Role.CLERK], cast[Role.MONITORING_OFFICER]
    paper = with_grounds(brought(make_held_back(slug=HELD_BACK["paper"]), clerk), clerk, (3, 5))
    admit(
        paper=paper,
        person=cast[Role.FINANCE_OFFICER],
        reason="They advise on the sale.",
        until=date(2017, 12, 31),
        by=officer,
    )
