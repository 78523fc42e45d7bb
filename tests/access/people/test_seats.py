"""The committees' seats on screen."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import BOARD, SINCE, person
from tests.access.people.pages import done, kinds, page, refused, sentences, text_of
from torbay_reports.access import scopes
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role, ScopeKind

pytestmark = pytest.mark.django_db

ADDRESS = f"/people/committees/{BOARD}/"


def seat(name: str, **fields: object) -> RoleAssignment:
    wanted = {"role": Role.MEMBER, "starts_on": SINCE, "scope_kind": "committee", "scope_slug": BOARD, **fields}
    return RoleAssignment.objects.create(person=person(name), **wanted)


def counts(client: Client, **query: str) -> list[list[str]]:
    rows = page(client, "/people/committees/", **query).cssselect("tbody tr")
    return [[text_of(cell) for cell in row] for row in rows]


def groups(client: Client, **query: str) -> dict[str, list[str]]:
    """The lines under each heading of the committee's page."""
    tree = page(client, ADDRESS, **query)
    found = {}
    for head in tree.cssselect("main h2.govuk-heading-m"):
        lines = head.getnext()
        found[text_of(head)] = [text_of(each) for each in lines.xpath("./li")] or [text_of(lines)]
    return found


def test_each_committee_has_its_members_and_substitutes_of_the_day(browser: Client) -> None:
    seat("Robin Vale")
    seat("Grace Mill", ends_on=SINCE)
    seat("Ines Quay", is_substitute=True, ends_on=date(2017, 9, 6))
    seat("Ada North", starts_on=date(2017, 10, 1))
    assert counts(browser) == [["Council", "0", "0"], ["Overview and Scrutiny Board", "1", "1"]]
    assert counts(browser, on="9/5/2017") == [["Council", "0", "0"], ["Overview and Scrutiny Board", "2", "1"]]
    assert counts(browser, on="1/10/2017") == [["Council", "0", "0"], ["Overview and Scrutiny Board", "2", "0"]]
    assert counts(browser, on="never") == []


def test_without_a_committee_the_page_says_what_will_stand_there(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(scopes._sources, ScopeKind.COMMITTEE, dict)
    assert "Here will stand the committees" in sentences(browser, "/people/committees/")


def test_a_committees_page_shows_who_sits_and_who_will(browser: Client) -> None:
    seat("Robin Vale")
    seat("Ines Quay", is_substitute=True, ends_on=date(2017, 9, 6))
    seat("Ada North", starts_on=date(2017, 10, 1), ends_on=date(2017, 10, 31), is_substitute=True)
    seat("Grace Mill", scope_slug="council")
    assert groups(browser) == {
        "Members on 5 September 2017": ["Robin ValeSince 9 May 2017 End the seat of Robin Vale"],
        "Substitutes on 5 September 2017": [
            "Ines QuayAs a substitute from 9 May to 6 September 2017 End the seat of Ines Quay"
        ],
        "To come": ["Ada NorthAs a substitute from 1 to 31 October 2017 End the seat of Ada North"],
    }
    assert groups(browser, on="8/5/2017") == {
        "Members on 8 May 2017": ["Nobody sits on it on 8 May 2017. Who is given a seat stands here."],
        "Substitutes on 8 May 2017": ["It has no substitute on 8 May 2017."],
        "To come": [
            "Ada NorthAs a substitute from 1 to 31 October 2017 End the seat of Ada North",
            "Ines QuayAs a substitute from 9 May to 6 September 2017 End the seat of Ines Quay",
            "Robin ValeFrom 9 May 2017 End the seat of Robin Vale",
        ],
    }
    assert groups(browser, on="31/2/2017") == {}


def test_an_unknown_committee_is_not_found(browser: Client) -> None:
    for step in ("", "add/", "end/"):
        assert browser.get(f"/people/committees/no-such-board/{step}").status_code == 404


def test_the_pages_take_as_many_queries_for_40_seats_as_for_one(browser: Client) -> None:
    def queries() -> list[int]:
        counted = []
        for address in ("/people/committees/", ADDRESS, f"{ADDRESS}end/"):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(address).status_code == 200
            counted.append(len(captured))
        return counted

    seat("Robin Vale")
    few = queries()
    for number in range(40):
        seat(f"Robin {number}", is_substitute=bool(number % 2), ends_on=date(2017, 12, 31))
    assert queries() == few == [4, 4, 4]


def test_a_seat_is_added(browser: Client, robin: User) -> None:
    address, said = done(
        browser, f"{ADDRESS}add/", person=robin.pk, starts_on="9/9/2017", ends_on="9/9/2017", is_substitute="on"
    )
    assert (address, said) == (
        ADDRESS,
        ["Robin Vale: substitute member of the Overview and Scrutiny Board on 9 September 2017."],
    )
    given = RoleAssignment.objects.get(person=robin)
    assert (given.role, given.scope_kind, given.scope_slug, given.is_substitute) == ("member", "committee", BOARD, True)


def test_who_may_not_be_given_a_seat_is_not_offered(browser: Client, administrator: User, robin: User) -> None:
    User.objects.filter(pk=person("Grace Mill").pk).update(is_active=False, closed_on=SINCE)
    tree = page(browser, f"{ADDRESS}add/")
    assert [each.attrib["value"] for each in tree.cssselect("select option")] == ["", str(robin.pk)]
    (said,) = refused(browser, f"{ADDRESS}add/", person=administrator.pk, starts_on="9/9/2017")
    assert said == "Nobody like that can be given a role now. Choose somebody from the list."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"person": ""}, "Choose who is to sit on the committee."),
        ({"starts_on": ""}, "Type the first day of the seat."),
        ({"ends_on": "8/9/2017"}, "The role would end on 8 September 2017, before it begins on 9 September 2017."),
    ],
)
def test_a_seat_that_cannot_be_says_why(browser: Client, robin: User, data: dict[str, str], sentence: str) -> None:
    (said,) = refused(browser, f"{ADDRESS}add/", **{"person": str(robin.pk), "starts_on": "9/9/2017", **data})
    assert said.startswith(sentence)
    assert kinds() == []


def test_somebody_who_is_not_there_yet_is_invited_to_the_seat(browser: Client) -> None:
    (link,) = page(browser, f"{ADDRESS}add/").cssselect('a[href^="/people/invite/"]')
    chosen = page(browser, link.attrib["href"]).cssselect("option[selected]")
    assert {each.attrib["value"] for each in chosen} == {"member", f"committee:{BOARD}"}


def test_several_seats_end_on_one_day(browser: Client) -> None:
    first, second, third = seat("Robin Vale"), seat("Grace Mill"), seat("Ines Quay")
    address, said = done(browser, f"{ADDRESS}end/", seats=[first.pk, second.pk], ends_on="30/9/2017")
    assert (address, said) == (ADDRESS, ["2 seats end on 30 September 2017."])
    ends = RoleAssignment.objects.filter(role=Role.MEMBER).order_by("pk").values_list("pk", "ends_on")
    assert list(ends) == [(first.pk, date(2017, 9, 30)), (second.pk, date(2017, 9, 30)), (third.pk, None)]


def test_one_seat_that_cannot_end_then_leaves_all_as_they_are(browser: Client) -> None:
    first, second = seat("Robin Vale"), seat("Ada North", starts_on=date(2017, 10, 1))
    (said,) = refused(browser, f"{ADDRESS}end/", seats=[first.pk, second.pk], ends_on="30/9/2017")
    assert said == (
        "Ada North: The role would end on 30 September 2017, before it begins on 1 October 2017. Choose a later end. "
        "No seat was ended."
    )
    first.refresh_from_db()
    assert first.ends_on is None
    assert kinds() == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"seats": []}, "Tick at least one seat."),
        ({"seats": [999_999]}, "One of these seats is there no longer: somebody else ended it."),
        ({"ends_on": ""}, "Type the last day of these seats."),
    ],
)
def test_ends_that_cannot_be_say_why(browser: Client, data: dict[str, object], sentence: str) -> None:
    wanted = {"seats": [seat("Robin Vale").pk], "ends_on": "30/9/2017", **data}
    (said,) = refused(browser, f"{ADDRESS}end/", **wanted)
    assert said.startswith(sentence)


def test_no_seat_is_ticked_but_the_one_that_was_asked_for(browser: Client) -> None:
    lasting, ending = seat("Robin Vale"), seat("Ines Quay", ends_on=date(2017, 9, 6))
    seat("Grace Mill", ends_on=date(2017, 9, 4))

    def ticked(**query: str) -> list[str]:
        return [each.attrib["value"] for each in page(browser, f"{ADDRESS}end/", **query).cssselect("input[checked]")]

    assert "Ines Quay, from 9 May to 6 September 2017" in sentences(browser, f"{ADDRESS}end/")
    assert ticked() == []
    assert ticked(seat=str(lasting.pk)) == [str(lasting.pk)]
    assert ticked(seat=str(ending.pk)) == [str(ending.pk)]
    assert ticked(seat="x") == []
    assert "Grace Mill" not in sentences(browser, f"{ADDRESS}end/")


def test_without_a_seat_nothing_can_end(browser: Client) -> None:
    assert "Nobody sits on Overview and Scrutiny Board, today or later." in sentences(browser, f"{ADDRESS}end/")
