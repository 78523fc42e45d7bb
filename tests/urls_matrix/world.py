"""What exists while the table is tried: the demonstration's people, one for each role, its quarter and its meetings."""

from budget.demo import load_quarter
from torbay_reports.access.demo import load_people
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.demo import build_packs, load_meetings, publish_papers
from torbay_reports.agenda.models import Instalment
from torbay_reports.agenda.services import build_pack
from torbay_reports.core.progress import Progress
from torbay_reports.publishing.packplan import Edition

STEPS = (load_people, load_quarter, load_meetings, publish_papers, build_packs)
"""What makes the things that the rows of `table.py` name in `there`, in this order."""


def build() -> dict[Role, User]:
    """Makes everything, the restricted packs too, and returns the person of each role."""
    for step in STEPS:
        step(Progress(step.__name__))
    cast = {Role(each.role): each.person for each in RoleAssignment.objects.select_related("person")}
    for instalment in Instalment.objects.all():
        build_pack(instalment=instalment, edition=Edition.RESTRICTED, by=cast[Role.CLERK])
    return cast
