"""Two workers, each a process of its own, hold to one limit, one use of a code and one end of a session."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection

from tests.access.cast import person
from tests.access.signin.codes import code
from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.throttling import LIMIT

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Visitor:
    """A browser that asks one worker, and may carry its cookies to the other."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.session = requests.Session()

    def get(self, worker: int, path: str) -> requests.Response:
        return self.session.get(f"http://127.0.0.1:{self.ports[worker]}{path}", allow_redirects=False, timeout=30)

    def post(self, worker: int, path: str, **data: str) -> requests.Response:
        """Fills in the form that stands at the path."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(worker, path).text)
        assert token is not None, path
        address = f"http://127.0.0.1:{self.ports[worker]}{path}"
        filled = {**data, "csrfmiddlewaretoken": token[1]}
        return self.session.post(address, filled, allow_redirects=False, timeout=30)

    def sign_in(self, worker: int, someone: User, password: str = PASSWORD) -> requests.Response:
        return self.post(worker, "/sign-in/", login=someone.email, password=password)


@pytest.fixture
def ports(transactional_db: None) -> Iterator[list[int]]:
    command = [sys.executable, "-m", "tests.access.signin.worker", connection.settings_dict["NAME"]]
    workers = [subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        lines = [worker.stdout.readline() for worker in workers if worker.stdout is not None]
        yield [int(line) for line in lines]
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


@pytest.mark.django_db(transaction=True)
def test_ten_wrong_passwords_from_two_workers_are_one_limit(ports: list[int]) -> None:
    robin = person(password=PASSWORD)
    answers = [Visitor(ports).sign_in(number % 2, robin, "wrong").status_code for number in range(LIMIT)]
    assert answers == [200] * LIMIT
    for worker in (0, 1):
        refused = Visitor(ports).sign_in(worker, robin)
        assert refused.status_code == 429
        assert "Wait 15 minutes" in refused.text
    counts = AccessRecord.objects.values_list("kind", flat=True)
    assert list(counts).count(RecordKind.SIGN_IN_FAILED) == LIMIT
    assert list(counts).count(RecordKind.SIGN_IN_THROTTLED) == 2


@pytest.mark.django_db(transaction=True)
def test_a_code_spent_at_one_worker_is_spent_at_the_other(ports: list[int]) -> None:
    robin = person(password=PASSWORD)
    TOTP.activate(robin, SECRET)
    used = code(SECRET)
    first, second = Visitor(ports), Visitor(ports)
    for visitor, worker in ((first, 0), (second, 1)):
        assert visitor.sign_in(worker, robin).headers["Location"] == "/sign-in/code/"
    assert first.post(0, "/sign-in/code/", code=used).status_code == 302
    assert second.post(1, "/sign-in/code/", code=used).status_code == 200
    assert first.get(1, "/me/").status_code == 200
    assert second.get(0, "/me/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_stolen_session_that_its_owner_ends_at_one_worker_is_out_at_once_at_the_other(ports: list[int]) -> None:
    robin = person(password=PASSWORD)
    owner, thief = Visitor(ports), Visitor(ports)
    thief.sign_in(1, robin)
    owner.sign_in(0, robin)
    stolen = Visitor(ports)
    stolen.session.cookies.update(thief.session.cookies)
    assert stolen.get(1, "/me/").status_code == 200
    listed = owner.get(0, "/me/devices/").text
    ends = re.findall(r'name="(\w+)" value="(\d+)"', listed)
    assert len(ends) == 1, "one other session stands there to be ended"
    owner.post(0, "/me/devices/", **dict(ends))
    for worker in (0, 1):
        assert stolen.get(worker, "/me/").status_code == 302
        assert owner.get(worker, "/me/").status_code == 200
