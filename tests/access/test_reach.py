"""Out of reach looks like not there."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from tests.access.cast import BOARD, person, person_with
from torbay_reports.access import decisions
from torbay_reports.access.decisions import Decision, register
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import ReachMiddleware, Refused, SignInFirst, not_found, out_of_reach, require, there
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Committee

pytestmark = pytest.mark.django_db
PAPER = Permission.READ_PUBLICATION
WHY = "The reason: "


@pytest.fixture(autouse=True)
def only_open_papers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_open(someone: User | AnonymousUser, obj: object, on: date) -> Decision:
        return Decision(obj == "open", "it is open" if obj == "open" else "it is exempt")

    monkeypatch.setattr(decisions, "_rules", {})
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


def test_the_reason_is_given_where_the_view_asks_for_it_and_only_to_who_is_signed_in() -> None:
    with pytest.raises(Refused) as refusal:
        require(request_by(person()), PAPER, "exempt", say_why=True)
    assert refusal.value.decision == Decision(False, "it is exempt")
    with pytest.raises(SignInFirst):
        require(request_by(AnonymousUser()), PAPER, "exempt", say_why=True)
    with pytest.raises(Http404) as absence:
        require(request_by(person("Ada Holt")), PAPER, None, say_why=True)
    assert not isinstance(absence.value, Refused)
    assert require(request_by(person("Ann Rowe")), PAPER, "open", say_why=True) == "open"


def test_the_page_of_a_404_says_why_for_a_refusal_and_is_otherwise_always_the_same() -> None:
    request = RequestFactory().get("/papers/5/")
    request.user = AnonymousUser()
    said = not_found(request, Refused(Decision(False, "you are not <b>clerk</b> on 5 September 2017")))
    assert said.status_code == 404
    assert (
        f"{WHY}you are not &lt;b&gt;clerk&lt;/b&gt; on 5 September 2017. The administrator gives"
        in said.content.decode()
    )
    plain = not_found(request, Http404("this paper is not published"))
    assert plain.status_code == 404
    assert plain.content == not_found(request, Http404()).content
    assert WHY not in plain.content.decode()


class TestThePages:
    """The addresses that are no secret, with the rules as they are."""

    @pytest.fixture(autouse=True)
    def only_open_papers_are_read(self) -> None:
        """The rules stay as the rooms registered them."""

    @pytest.mark.parametrize(
        ("address", "reason"),
        [
            ("/record/", "you are not administrator or monitoring officer of the whole council on 5 September 2017"),
            ("/people/", "you are not administrator of the whole council on 5 September 2017"),
            ("/people/999999/", "you are not administrator of the whole council on 5 September 2017"),
            (
                "/budget/",
                "you are not finance officer, head of finance or budget holder on 5 September 2017",
            ),
        ],
    )
    def test_a_signed_in_person_is_told_what_is_missing(self, client: Client, address: str, reason: str) -> None:
        assert client.get(address).status_code == 302
        client.force_login(person_with(Role.MEMBER))
        response = client.get(address)
        assert response.status_code == 404
        assert f"{WHY}{reason}. The administrator gives roles." in response.content.decode()
        assert "<title>You may not open this page – " in response.content.decode()

    def test_a_role_that_has_ended_is_named(self, client: Client) -> None:
        client.force_login(person_with(Role.ADMINISTRATOR, ends_on=date(2017, 9, 4)))
        assert f"{WHY}your role as administrator ended on 4 September 2017." in client.get("/record/").content.decode()

    def test_a_restricted_pack_that_is_there_and_one_that_is_not_read_the_same_to_the_byte(
        self, client: Client
    ) -> None:
        board = Committee.objects.create(slug=BOARD, name="Overview and Scrutiny Board")
        board.meetings.create(held_on=date(2017, 9, 6))
        client.force_login(person_with(Role.CLERK, ends_on=date(2017, 9, 4)))
        pages = []
        for committee in (BOARD, "no-such-board"):
            response = client.get(f"/meetings/{committee}/2017-09-06/restricted-pack.pdf")
            assert response.status_code == 404
            token = str(response.context["csrf_token"])
            pages.append((response.content.decode().replace(token, ""), sorted(response.headers)))
        assert pages[0] == pages[1]
        assert "There is no page here for you" in pages[0][0]
        assert WHY not in pages[0][0]
