"""What exists while the table is tried: the demonstration's people, its quarter and its meetings."""

from allauth.mfa.webauthn.internal.auth import WebAuthn
from fido2.utils import websafe_encode

from budget.demo import load_quarter
from improvement.demo import load_plan
from tests.access.signin.passkeys import Device
from tests.set_once import set_once
from tests.urls_matrix.brought import add_brought
from tests.urls_matrix.people import NOT_IN_THE_CAST
from tests.urls_matrix.tracker import add_to_plan
from torbay_reports.access.demo import load_people
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.demo import build_packs, load_meetings, publish_papers
from torbay_reports.agenda.models import Instalment
from torbay_reports.agenda.services import build_pack
from torbay_reports.core.progress import Progress
from torbay_reports.publishing.packplan import Edition

STEPS = (load_people, load_quarter, load_plan, load_meetings, publish_papers, build_packs)
"""What makes the things that the rows of `table.py` name in `there`, in this order."""


def build() -> dict[Role, User]:
    """Makes everything, the restricted packs too, and returns the person of each role, by their address."""
    with set_once():
        for step in STEPS:
            step(Progress(step.__name__))
        cast = {role: User.objects.get(email=f"{role.value.replace('_', '-')}@demo.invalid") for role in Role}
        add_passkey(User.objects.get(email=NOT_IN_THE_CAST))
        add_to_plan(cast)
        for instalment in Instalment.objects.all():
            build_pack(instalment=instalment, edition=Edition.RESTRICTED, by=cast[Role.CLERK])
        add_brought(cast)
    return cast


def add_passkey(someone: User) -> None:
    """A passkey of somebody who is not in the cast, for the addresses about one."""
    options = {"publicKey": {"user": {"id": ""}, "challenge": websafe_encode(b"asked in no session")}}
    WebAuthn.add(someone, "work tablet", Device().create(options))
