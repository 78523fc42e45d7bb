"""What exists while the table is tried: the demonstration's people, its quarter and its meetings."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import TestCase
from fido2.utils import websafe_encode

from budget.demo import load_quarter
from improvement.demo import load_plan
from ofsted.demo import load_visits
from tests.access.signin.passkeys import Device
from tests.environment import STORES
from tests.set_once import set_once
from tests.urls_matrix.brought import add_brought, add_out
from tests.urls_matrix.held_back import add_held_back
from tests.urls_matrix.minutes import add_minutes
from tests.urls_matrix.ofsted import add_letters
from tests.urls_matrix.open_quarter import add_open_quarter
from tests.urls_matrix.people import NOT_IN_THE_CAST
from tests.urls_matrix.subscribing import add_subscribing
from tests.urls_matrix.tracker import add_to_plan
from torbay_reports.access.demo import load_people
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.demo import build_packs, load_meetings, publish_papers
from torbay_reports.agenda.models import Instalment
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.core import clock
from torbay_reports.core.progress import Progress
from torbay_reports.publishing.models import Verification
from torbay_reports.publishing.packplan import Edition

STEPS = (load_people, load_quarter, load_plan, load_visits, load_meetings, publish_papers, add_out, build_packs)
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
            publish_pack(instalment=instalment, edition=Edition.RESTRICTED, by=cast[Role.CLERK])
        add_brought(cast)
        add_held_back(cast)
        add_letters(cast)
        add_minutes(cast)
        add_subscribing()
        add_open_quarter(cast)
        add_verifications()
    return cast


def add_passkey(someone: User) -> None:
    """A passkey of somebody who is not in the cast, for the addresses about one."""
    options = {"publicKey": {"user": {"id": ""}, "challenge": websafe_encode(b"asked in no session")}}
    WebAuthn.add(someone, "work tablet", Device().create(options))


def add_verifications() -> None:
    """Two re-readings of what is published, the later with something that differs."""
    differing = [["packs/overview-and-scrutiny-board/2017-09-06/supplement-1/1/pack.pdf", "The file is missing."]]
    for differences in ([], differing):
        now = clock.now()
        Verification.objects.create(begun_at=now, ended_at=now, bundles=2, files=30, rows=12, differences=differences)


class InTheWorld(TestCase):
    """A class, because its world is built once for all of its tests: a pack takes seconds.

    The files of what is published are kept aside: each test finds them in the stores, and leaves these empty.
    """

    cast: dict[Role, User]
    kept: str

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = build()
        aside = Path(cls.enterClassContext(TemporaryDirectory()))
        cls.kept = str(shutil.copytree(STORES, aside / "stores"))

    def setUp(self) -> None:
        shutil.copytree(self.kept, STORES, dirs_exist_ok=True)
