"""Out of reach looks like not there."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from tests.access.cast import person
from torbay_reports.access import decisions
from torbay_reports.access.decisions import Decision, register
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import ReachMiddleware, SignInFirst, out_of_reach, require, there

pytestmark = pytest.mark.django_db
PAPER = Permission.READ_PUBLICATION


@pytest.fixture(autouse=True)
def only_open_papers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_open(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
        return Decision(obj == "open", "it is open" if obj == "open" else "it is exempt")

    monkeypatch.setattr(decisions, "_predicates", {})
    register(PAPER, is_open)


def request_by(someone: User | AnonymousUser, method: str = "GET") -> HttpRequest:
    request = RequestFactory().generic(method, "/papers/5/?page=2")
    request.user = someone
    return request


def test_what_one_may_read_comes_back_itself() -> None:
    assert require(request_by(AnonymousUser()), PAPER, "open") == "open"
    assert require(request_by(person()), PAPER, "open") == "open"


@pytest.mark.parametrize("thing", ["exempt", None])
def test_anonymous_is_sent_to_sign_in_and_a_person_gets_404_whether_it_exists_or_not(thing: str | None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(require(request, PAPER, thing))

    anonymous = request_by(AnonymousUser())
    with pytest.raises(SignInFirst) as refusal:
        view(anonymous)
    redirect = ReachMiddleware(view).process_exception(anonymous, refusal.value)
    assert redirect is not None
    assert redirect["Location"] == "/sign-in/?next=/papers/5/%3Fpage%3D2"
    with pytest.raises(Http404):
        view(request_by(person()))


def test_a_thing_that_is_there_needs_no_permission() -> None:
    assert there(request_by(AnonymousUser()), "open") == "open"
    with pytest.raises(SignInFirst):
        there(request_by(AnonymousUser()), None)
    with pytest.raises(Http404):
        there(request_by(person()), None)


def test_out_of_reach_answers_the_same_way() -> None:
    assert out_of_reach(request_by(AnonymousUser()))["Location"] == "/sign-in/?next=/papers/5/%3Fpage%3D2"
    assert out_of_reach(request_by(AnonymousUser(), "POST"))["Location"] == "/sign-in/"
    with pytest.raises(Http404):
        out_of_reach(request_by(person()))


def test_without_the_middleware_the_answer_is_still_a_refusal() -> None:
    assert issubclass(SignInFirst, PermissionDenied)


def test_the_middleware_leaves_other_exceptions_alone() -> None:
    middleware = ReachMiddleware(lambda request: HttpResponse())
    assert middleware.process_exception(request_by(AnonymousUser()), Http404()) is None
    assert middleware.process_exception(request_by(AnonymousUser()), PermissionDenied()) is None
