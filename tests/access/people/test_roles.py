"""Giving, ending, taking back and handing over roles on screen."""

from datetime import date

import pytest
from django.test import Client

from tests.access.cast import BOARD, SINCE, TODAY, person
from tests.access.people.pages import done, kinds, page, refused, sentences, text_of
from torbay_reports.access import services
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db

HOLDER = {"role": "budget_holder", "scope": "service:childrens-services", "starts_on": "1/10/2017"}
GONE = "What this is about is there no longer: somebody else has changed it. Go back and look."


@pytest.fixture
def clerk(robin: User) -> RoleAssignment:
    return RoleAssignment.objects.create(person=robin, role=Role.CLERK, starts_on=SINCE)


@pytest.fixture
def holder(robin: User) -> RoleAssignment:
    return RoleAssignment.objects.create(
        person=robin, role=Role.BUDGET_HOLDER, starts_on=SINCE, scope_kind="service", scope_slug="childrens-services"
    )


def own_role(administrator: User) -> RoleAssignment:
    return RoleAssignment.objects.get(person=administrator)


def test_a_role_is_given_from_a_day_to_a_day(browser: Client, robin: User, administrator: User) -> None:
    address, said = done(browser, f"/people/{robin.pk}/roles/", **HOLDER, ends_on="31/3/2018")
    assert address == f"/people/{robin.pk}/"
    assert said == ["Robin Vale: budget holder for Children's Services from 1 October 2017 to 31 March 2018."]
    role = RoleAssignment.objects.get(person=robin)
    assert (role.role, role.scope_slug, role.given_by) == ("budget_holder", "childrens-services", administrator)
    assert (role.starts_on, role.ends_on) == (date(2017, 10, 1), date(2018, 3, 31))
    words = sentences(browser, address)
    assert "Roles to come Budget holder for Children's Services from 1 October 2017 to 31 March 2018" in words
    assert "Given by Test administrator." in words


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"role": ""}, "Choose a role."),
        ({"role": "mayor"}, "There is no such role. Choose one from the list."),
        (
            {"scope": "service:no-such-service"},
            "There is no such committee, service or plan. Choose one from the list.",
        ),
        ({"scope": "childrens-services"}, "There is no such committee, service or plan. Choose one from the list."),
        ({"scope": f"committee:{BOARD}"}, "The role budget holder is limited to a service, not to a committee."),
        ({"starts_on": ""}, "Type the first day of the role."),
        ({"starts_on": "1/1/1999"}, "“From” is 1 January 1999. Type a day from 1 January 2000 to 31 December 2099."),
        (
            {"ends_on": "30/9/2017"},
            "The role would end on 30 September 2017, before it begins on 1 October 2017. Choose a later end.",
        ),
    ],
)
def test_a_role_that_cannot_be_says_why(browser: Client, robin: User, data: dict[str, str], sentence: str) -> None:
    assert refused(browser, f"/people/{robin.pk}/roles/", **{**HOLDER, **data}) == [sentence]
    assert not RoleAssignment.objects.filter(person=robin).exists()


def test_a_role_that_is_held_already_says_so(browser: Client, robin: User, clerk: RoleAssignment) -> None:
    (said,) = refused(browser, f"/people/{robin.pk}/roles/", role="clerk", starts_on="5/9/2017")
    assert said.startswith("Robin Vale is clerk from 9 May 2017 without an end already.")


def test_nobody_gives_themselves_a_role(browser: Client, administrator: User) -> None:
    address = f"/people/{administrator.pk}/roles/"
    tree = page(browser, address)
    assert "Nobody gives themselves a role. Ask another administrator." in text_of(tree)
    assert tree.cssselect("main button") == []
    assert browser.post(address, HOLDER).status_code == 200
    assert RoleAssignment.objects.filter(person=administrator).count() == 1
    own = page(browser, f"/people/{administrator.pk}/")
    assert "This is you." in text_of(own)
    assert own.cssselect(f'a[href="{address}"]') == []


def test_a_role_ends_on_a_day_on_which_it_is_still_held(browser: Client, clerk: RoleAssignment) -> None:
    address = f"/people/{clerk.person_id}/roles/{clerk.pk}/end/"
    assert "Clerk since 9 May 2017." in sentences(browser, address)
    _, said = done(browser, address, ends_on="30/9/2017")
    assert said == ["Robin Vale: the role as clerk ends on 30 September 2017."]
    clerk.refresh_from_db()
    assert clerk.ends_on == date(2017, 9, 30)


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [
        ("", "Type the last day of the role."),
        ("8/5/2017", "The role would end on 8 May 2017, before it begins on 9 May 2017. Choose a later end."),
        ("1.5", "“Last day” is no day that can be read. Type one like 5/9/2017 or 5 September 2017."),
    ],
)
def test_an_end_that_cannot_be_says_why(browser: Client, clerk: RoleAssignment, ends_on: str, sentence: str) -> None:
    assert refused(browser, f"/people/{clerk.person_id}/roles/{clerk.pk}/end/", ends_on=ends_on) == [sentence]


def test_a_form_older_than_another_administrators_end_says_what_happened(
    browser: Client, clerk: RoleAssignment
) -> None:
    services.end_role(assignment=clerk, ends_on=TODAY, by=None)
    (said,) = refused(browser, f"/people/{clerk.person_id}/roles/{clerk.pk}/end/", ends_on="30/9/2017")
    assert said.startswith("This role ends on 5 September 2017 already.")


@pytest.mark.parametrize("step", ["end/", "take-back/"])
def test_a_form_whose_role_was_taken_back_meanwhile_says_so(browser: Client, clerk: RoleAssignment, step: str) -> None:
    address = f"/people/{clerk.person_id}/roles/{clerk.pk}/{step}"
    services.take_back_role(assignment=RoleAssignment.objects.get(pk=clerk.pk), by=None)
    assert done(browser, address, ends_on="30/9/2017") == (f"/people/{clerk.person_id}/", [GONE])
    assert browser.get(address).status_code == 404


def test_the_role_of_somebody_else_is_not_found(browser: Client, administrator: User, clerk: RoleAssignment) -> None:
    assert browser.get(f"/people/{administrator.pk}/roles/{clerk.pk}/end/").status_code == 404


def test_a_role_given_by_mistake_is_taken_back(browser: Client, clerk: RoleAssignment) -> None:
    address = f"/people/{clerk.person_id}/roles/{clerk.pk}/take-back/"
    assert "Only for a role that was given by mistake" in sentences(browser, address)
    _, said = done(browser, address)
    assert said == ["Robin Vale: the role as clerk is taken back."]
    assert not RoleAssignment.objects.filter(pk=clerk.pk).exists()
    assert kinds() == ["role_taken_back"]


@pytest.mark.parametrize("step", ["end/", "take-back/"])
def test_the_last_administrator_does_not_remove_themselves(browser: Client, administrator: User, step: str) -> None:
    role = own_role(administrator)
    (said,) = refused(browser, f"/people/{administrator.pk}/roles/{role.pk}/{step}", ends_on="5/9/2017")
    assert said.startswith("Nobody would be left who can give roles")
    assert own_role(administrator).ends_on is None


def test_roles_are_handed_over_together(browser: Client, clerk: RoleAssignment, holder: RoleAssignment) -> None:
    grace = person("Grace Mill", password="x")
    address = f"/people/{clerk.person_id}/hand-over/"
    tree = page(browser, address)
    assert [each.attrib["value"] for each in tree.cssselect("input[checked]")] == [str(clerk.pk), str(holder.pk)]
    assert tree.get_element_by_id("id_starts_on").attrib["value"] == "06/09/2017"
    _, said = done(browser, address, roles=[clerk.pk, holder.pk], to=grace.pk, starts_on="1/10/2017")
    assert said == ["2 roles go from Robin Vale to Grace Mill on 1 October 2017."]
    assert set(RoleAssignment.objects.filter(person=grace).values_list("role", "starts_on")) == {
        ("clerk", date(2017, 10, 1)),
        ("budget_holder", date(2017, 10, 1)),
    }
    assert set(RoleAssignment.objects.filter(person=clerk.person).values_list("ends_on")) == {(date(2017, 9, 30),)}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"roles": []}, "Tick at least one role."),
        ({"roles": [999_999]}, "One of these roles is there no longer"),
        ({"roles": ["x"]}, "One of these roles is there no longer"),
        ({"to": ""}, "Choose who takes the roles over."),
        ({"to": "999999"}, "Nobody like that can be given a role now."),
        ({"starts_on": ""}, "Type the first day of the successor."),
        ({"starts_on": "9/5/2017"}, "Robin Vale is clerk from 9 May 2017. Hand it over on a later day"),
    ],
)
def test_what_cannot_be_handed_over_says_why(
    browser: Client, clerk: RoleAssignment, holder: RoleAssignment, change: dict[str, object], sentence: str
) -> None:
    data = {"roles": [holder.pk, clerk.pk], "to": person("Grace Mill").pk, "starts_on": "1/10/2017", **change}
    (said,) = refused(browser, f"/people/{clerk.person_id}/hand-over/", **data)
    assert said.startswith(sentence)
    assert RoleAssignment.objects.filter(ends_on__isnull=False).count() == 0
    assert kinds() == []


def test_neither_the_holder_nor_the_administrator_is_offered_as_successor(
    browser: Client, administrator: User, clerk: RoleAssignment
) -> None:
    grace = person("Grace Mill")
    tree = page(browser, f"/people/{clerk.person_id}/hand-over/")
    assert [each.attrib["value"] for each in tree.cssselect("select option")] == ["", str(grace.pk)]


def test_seats_and_the_administrators_role_are_not_handed_over(browser: Client, administrator: User) -> None:
    tree = page(browser, f"/people/{administrator.pk}/hand-over/")
    assert "Test administrator has no role that could be handed over." in text_of(tree)
    assert tree.cssselect("main button") == []
    assert page(browser, f"/people/{administrator.pk}/").cssselect('a[href$="/hand-over/"]') == []


def test_who_has_a_role_that_can_be_handed_over_is_offered_that(browser: Client, clerk: RoleAssignment) -> None:
    assert page(browser, f"/people/{clerk.person_id}/").cssselect('a[href$="/hand-over/"]')


def test_what_the_roles_are_is_said_beside_the_form(browser: Client, robin: User) -> None:
    words = sentences(browser, f"/people/{robin.pk}/roles/")
    assert "Sits on named committees and reads their papers. Is always for one committee." in words
    assert "explains their variances. Is always for one service." in words
    assert "gives and ends their roles. Is always the whole council's." in words
