"""A person's page, and what can be done with their account."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import BOARD, SINCE, TODAY, person
from tests.access.people.pages import again, done, kinds, page, refused, sentences, text_of
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.selectors import state_of
from torbay_reports.access.people.states import State
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


def held(someone: User, role: Role, **fields: object) -> RoleAssignment:
    return RoleAssignment.objects.create(**{"person": someone, "role": role, "starts_on": SINCE, **fields})


def closed(someone: User, **fields: date) -> User:
    User.objects.filter(pk=someone.pk).update(is_active=False, closed_on=SINCE, **fields)
    return someone


def test_the_page_says_who_it_is_and_shows_roles_of_today_to_come_and_past(browser: Client, robin: User) -> None:
    held(robin, Role.CLERK, starts_on=date(2017, 1, 1), ends_on=date(2017, 3, 31), ended_by=person("Grace Mill"))
    held(robin, Role.MEMBER, scope_kind="committee", scope_slug=BOARD, given_by=person("Ines Quay"))
    held(robin, Role.BUDGET_HOLDER, starts_on=date(2017, 10, 1))
    words = sentences(browser, f"/people/{robin.pk}/")
    assert "robin.vale@council.invalid Can sign in." in words.replace("invalidCan", "invalid Can")
    assert "Roles today Member of the Overview and Scrutiny Board since 9 May 2017Given by Ines Quay." in words
    assert "Roles to come Budget holder from 1 October 2017Given by the installation." in words
    assert "Roles past Clerk from 1 January to 31 March 2017Given by the installation, ended by Grace Mill." in words


def test_the_page_links_to_the_persons_entries_in_the_record(browser: Client, robin: User) -> None:
    (link,) = page(browser, f"/people/{robin.pk}/").cssselect('a[href^="/record/?"]')
    assert link.attrib["href"] == "/record/?words=Robin%20Vale"


def test_the_page_takes_as_many_queries_for_40_roles_as_for_one(browser: Client, robin: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"/people/{robin.pk}/").status_code == 200
        return len(captured)

    held(robin, Role.MEMBER, scope_kind="committee", scope_slug=BOARD)
    few = queries()
    for number in range(40):
        given_by = person(f"Giver {number}")
        held(robin, Role.MEMBER, scope_kind="committee", scope_slug=f"committee-{number}", given_by=given_by)
    assert queries() == few == 6


def test_an_unknown_person_is_not_found(browser: Client) -> None:
    for number in ("999999", "9" * 30, "9" * 5000):
        assert browser.get(f"/people/{number}/").status_code == 404


def test_a_name_and_an_address_are_changed(browser: Client, robin: User) -> None:
    address = f"/people/{robin.pk}/change/"
    assert page(browser, address).get_element_by_id("id_full_name").attrib["value"] == "Robin Vale"
    _, said = done(browser, address, full_name=" Robin  Dale ", email="Robin.Dale@council.invalid")
    assert said == ["The name and the address are saved."]
    assert (again(robin).full_name, again(robin).email) == ("Robin Dale", "robin.dale@council.invalid")
    assert kinds() == ["person_changed"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"full_name": " "}, "Type the person's full name."),
        ({"email": "robin"}, "This is no e-mail address. Type one like name@example.com."),
        ({"email": "test.administrator@council.invalid"}, "test.administrator@council.invalid is somebody else's"),
    ],
)
def test_a_change_that_cannot_be_says_why(browser: Client, robin: User, data: dict[str, str], sentence: str) -> None:
    wanted = {"full_name": "Robin Dale", "email": "robin.vale@council.invalid", **data}
    (said,) = refused(browser, f"/people/{robin.pk}/change/", **wanted)
    assert said.startswith(sentence)
    assert again(robin).full_name == "Robin Vale"


def test_closing_says_what_nobody_answers_for_then(browser: Client, robin: User) -> None:
    held(robin, Role.BUDGET_HOLDER, scope_kind="service", scope_slug="childrens-services")
    held(robin, Role.CLERK)
    held(robin, Role.HEAD_OF_FINANCE)
    held(robin, Role.IMPROVEMENT_LEAD, ends_on=TODAY)
    held(person("Grace Mill"), Role.HEAD_OF_FINANCE)
    tree = page(browser, f"/people/{robin.pk}/close/")
    assert [text_of(each) for each in tree.cssselect("main ul.govuk-list--bullet li")] == [
        "Children's Services has no budget holder from 6 September 2017.",
        "Nobody is clerk from 6 September 2017.",
    ]
    assert tree.cssselect(f'a[href="/people/{robin.pk}/hand-over/"]')


def test_closing_with_nothing_left_behind_lists_nothing(browser: Client, robin: User) -> None:
    held(robin, Role.BUDGET_HOLDER, scope_kind="service", scope_slug="childrens-services")
    held(person("Grace Mill"), Role.BUDGET_HOLDER)
    assert "Nobody else" not in sentences(browser, f"/people/{robin.pk}/close/")


def test_who_cannot_sign_in_is_no_successor(browser: Client, robin: User) -> None:
    held(robin, Role.CLERK)
    held(closed(person("Grace Mill")), Role.CLERK)
    assert "Nobody is clerk from 6 September 2017." in sentences(browser, f"/people/{robin.pk}/close/")


def test_an_account_is_closed_and_opened_again(browser: Client, robin: User) -> None:
    _, said = done(browser, f"/people/{robin.pk}/close/")
    assert said == ["Robin Vale's account is closed."]
    assert state_of(again(robin)) is State.CLOSED
    assert "Closed since 5 September 2017." in sentences(browser, f"/people/{robin.pk}/")
    _, said = done(browser, f"/people/{robin.pk}/reopen/")
    assert said == ["Robin Vale's account is open again."]
    assert state_of(again(robin)) is State.SIGNS_IN
    assert kinds() == ["account_closed", "account_reopened"]


def test_the_last_administrator_does_not_close_their_own_account(browser: Client, administrator: User) -> None:
    (said,) = refused(browser, f"/people/{administrator.pk}/close/")
    assert said.startswith("Nobody would be left who can give roles")
    assert again(administrator).is_active


def test_a_closed_account_offers_no_role_and_an_open_one_is_not_opened(browser: Client, robin: User) -> None:
    assert "Robin Vale's account is open." in sentences(browser, f"/people/{robin.pk}/reopen/")
    closed(robin)
    assert page(browser, f"/people/{robin.pk}/").cssselect(f'a[href="/people/{robin.pk}/roles/"]') == []
    assert "is closed already" in sentences(browser, f"/people/{robin.pk}/close/")
    assert "Open it again before giving a role." in sentences(browser, f"/people/{robin.pk}/roles/")
    assert browser.post(f"/people/{robin.pk}/close/").status_code == 200
    assert kinds() == []


def test_of_who_was_forgotten_the_name_alone_stays(browser: Client, robin: User) -> None:
    closed(robin, forgotten_on=TODAY - timedelta(days=1))
    assert "What was personal was removed on 4 September 2017" in sentences(browser, f"/people/{robin.pk}/")
    for step in ("change/", "reopen/"):
        tree = page(browser, f"/people/{robin.pk}/{step}")
        assert "was removed on 4 September 2017. Invite them anew." in text_of(tree)
        assert tree.cssselect("main button") == []
        assert browser.post(f"/people/{robin.pk}/{step}").status_code == 200
    assert kinds() == []


def test_a_lost_second_factor_is_removed(browser: Client, robin: User) -> None:
    address = f"/people/{robin.pk}/second-factor/"
    assert page(browser, f"/people/{robin.pk}/").cssselect(f'a[href="{address}"]') == []
    assert "Robin Vale has no second factor." in sentences(browser, address)
    Authenticator.objects.create(user=robin, type=Authenticator.Type.TOTP, data={})
    assert page(browser, f"/people/{robin.pk}/").cssselect(f'a[href="{address}"]')
    assert "Make sure, by telephone or face to face" in sentences(browser, address)
    _, said = done(browser, address)
    assert said == ["Robin Vale's second factor is removed."]
    assert not Authenticator.objects.filter(user=robin).exists()


def test_an_administrator_removes_their_own_second_factor_only_where_it_asks_for_it(
    browser: Client, administrator: User
) -> None:
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={})
    address = f"/people/{administrator.pk}/second-factor/"
    assert page(browser, f"/people/{administrator.pk}/").cssselect(f'a[href="{address}"]') == []
    tree = page(browser, address)
    assert "Ask another administrator. Your own second factor is under “You”." in text_of(tree)
    assert tree.cssselect("main button") == []
    assert browser.post(address).status_code == 200
    assert Authenticator.objects.filter(user=administrator).exists()
    assert "second_factor_removed" not in kinds()


def test_an_administrator_changes_their_own_name_but_not_their_own_address(
    browser: Client, administrator: User
) -> None:
    address = f"/people/{administrator.pk}/change/"
    (link,) = page(browser, f"/people/{administrator.pk}/").cssselect(f'a[href="{address}"]')
    assert text_of(link) == "Change your name"
    tree = page(browser, address)
    assert tree.cssselect('main input[type="email"]') == []
    assert "Your own e-mail address is changed by another administrator. Ask one." in text_of(tree)
    done(browser, address, full_name="Grace Mill", email="thief@council.invalid")
    stored = again(administrator)
    assert (stored.full_name, stored.email) == ("Grace Mill", "test.administrator@council.invalid")


def test_what_they_may_do_is_answered_for_a_day_in_the_words_that_they_are_told(browser: Client, robin: User) -> None:
    held(robin, Role.MONITORING_OFFICER, starts_on=date(2017, 9, 6))
    address = f"/people/{robin.pk}/may/"

    def row(**query: str) -> list[str]:
        rows = page(browser, address, **query).cssselect("tbody tr")
        (found,) = [each for each in rows if "Read the record" in each.text_content()]
        return [text_of(cell) for cell in found]

    assert row()[2:] == ["No", "“your role as monitoring officer begins on 6 September 2017”"]
    assert row(on="6/9/2017")[2:] == ["Yes", "“you are monitoring officer since 6 September 2017”"]


def test_a_day_that_cannot_be_read_answers_nothing(browser: Client, robin: User) -> None:
    tree = page(browser, f"/people/{robin.pk}/may/", on="never")
    assert tree.cssselect("tbody") == []
    assert tree.findtext(".//title").startswith("Error: ")


def test_the_answers_take_as_many_queries_for_40_roles_as_for_one(browser: Client, robin: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(f"/people/{robin.pk}/may/").status_code == 200
        return len(captured)

    held(robin, Role.MEMBER, scope_kind="committee", scope_slug=BOARD)
    few = queries()
    for number in range(40):
        held(robin, Role.MEMBER, scope_kind="committee", scope_slug=f"committee-{number}")
    assert queries() == few
