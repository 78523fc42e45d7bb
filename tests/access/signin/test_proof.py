"""What wants a recent proof asks for it, and leads back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory

from tests.access.cast import person, sign_in
from torbay_reports.access.models import User
from torbay_reports.access.signin.proof import ProofWanted, is_recent, require_recent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def request_of(someone: User | AnonymousUser, client: Client) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = someone
    request.session = SessionStore(client.session.session_key)
    return request


@pytest.mark.parametrize(("ago", "recent"), [(0, True), (59, True), (61, False)])
def test_a_proof_is_recent_for_the_time_asked(client: Client, ago: int, recent: bool) -> None:
    robin = person()
    sign_in(client, robin, ago=timedelta(minutes=ago))
    request = request_of(robin, client)
    assert is_recent(request, HOUR) is recent
    if recent:
        require_recent(request, HOUR)
    else:
        with pytest.raises(ProofWanted):
            require_recent(request, HOUR)


def test_a_session_without_any_proof_and_a_visitor_have_none(client: Client) -> None:
    robin = person()
    client.force_login(robin)
    assert not is_recent(request_of(robin, client), HOUR)
    assert not is_recent(request_of(AnonymousUser(), Client()), HOUR)


def test_the_proofs_of_another_person_in_the_same_session_do_not_count(client: Client) -> None:
    sign_in(client, person())
    assert not is_recent(request_of(person("Sam Reed"), client), HOUR)
