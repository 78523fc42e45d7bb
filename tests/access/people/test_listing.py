"""The list of people: what it shows, finds, refuses and gives away as a file."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import BOARD, SINCE, person, person_with
from tests.access.people.pages import page, text_of
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.views.listing import ROWS_ON_A_PAGE
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db


def shown(client: Client, **query: str) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in page(client, "/people/", **query).cssselect("tbody tr")]


def names_shown(client: Client, **query: str) -> list[str]:
    return [row[0] for row in shown(client, **query)]


def test_a_row_says_who_it_is_whether_they_sign_in_and_what_they_hold_today(browser: Client, robin: User) -> None:
    RoleAssignment.objects.create(
        person=robin, role=Role.BUDGET_HOLDER, starts_on=SINCE, scope_kind="service", scope_slug="childrens-services"
    )
    RoleAssignment.objects.create(
        person=robin,
        role=Role.MEMBER,
        starts_on=SINCE,
        ends_on=date(2017, 12, 31),
        scope_kind="committee",
        scope_slug=BOARD,
        is_substitute=True,
    )
    RoleAssignment.objects.create(person=robin, role=Role.CLERK, starts_on=SINCE, ends_on=SINCE)
    person("Grace Mill")
    closed = person("Ines Quay", password="x")
    User.objects.filter(pk=closed.pk).update(is_active=False, closed_on=SINCE)
    assert shown(browser) == [
        ["Grace Mill", "grace.mill@council.invalid", "Invited, has not signed in yet", "No role"],
        ["Ines Quay", "ines.quay@council.invalid", "Closed", "No role"],
        [
            "Robin Vale",
            "robin.vale@council.invalid",
            "Can sign in",
            "Budget holder for Children's Services since 9 May 2017"
            "Substitute member of the Overview and Scrutiny Board from 9 May to 31 December 2017",
        ],
        ["Test administrator", "test.administrator@council.invalid", "Can sign in", "Administrator since 9 May 2017"],
    ]


def test_people_are_found_by_words_role_state_and_day(browser: Client, robin: User) -> None:
    person_with(Role.CLERK, starts_on=SINCE, ends_on=SINCE)
    assert names_shown(browser, words="VALE robin") == ["Robin Vale"]
    assert names_shown(browser, words="test.clerk@") == ["Test clerk"]
    assert names_shown(browser, role="clerk") == []
    assert names_shown(browser, role="clerk", on="9/5/2017") == ["Test clerk"]
    assert names_shown(browser, role="clerk", on="10/5/2017") == []
    assert names_shown(browser, state="invited") == ["Test clerk"]
    assert names_shown(browser, state="signs-in") == ["Robin Vale", "Test administrator"]
    assert names_shown(browser, state="closed") == []


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ({"on": "31/2/2017"}, "on", "“Roles on the day” is no day that can be read."),
        ({"role": "mayor"}, "role", "There is no such role. Choose one from the list."),
        ({"state": "asleep"}, "state", "There is no such state. Choose one from the list."),
        ({"words": "a" * 201}, "words", "That is too much to look for."),
        ({"words": "a\x00b"}, "words", "Null characters are not allowed."),
    ],
)
@pytest.mark.parametrize("extra", [{}, {"as": "csv"}])
def test_a_filter_that_cannot_be_says_why(
    browser: Client, query: dict[str, str], field: str, sentence: str, extra: dict[str, str]
) -> None:
    tree = page(browser, "/people/", **query, **extra)
    (link,) = tree.cssselect(".govuk-error-summary__list a")
    assert text_of(link).startswith(sentence)
    assert link.attrib["href"] == f"#id_{field}"
    assert tree.findtext(".//title").startswith("Error: ")
    assert tree.cssselect("tbody") == []


@pytest.mark.parametrize("query", ["page=0", "page=x", f"page={'9' * 5000}", "sort=nonsense", "sort=-state"])
def test_nonsense_in_the_address_shows_people_all_the_same(browser: Client, query: str) -> None:
    assert "Test administrator" in browser.get(f"/people/?{query}").content.decode()


def test_nobody_found_is_said(browser: Client) -> None:
    assert "Nobody is like that." in text_of(page(browser, "/people/", words="zzz"))


def test_a_long_list_is_read_in_pages_that_keep_the_filter(browser: Client) -> None:
    for number in range(ROWS_ON_A_PAGE + 1):
        person(f"Robin {number:03}")
    tree = page(browser, "/people/", words="robin")
    assert len(tree.cssselect("tbody tr")) == ROWS_ON_A_PAGE
    assert tree.cssselect("a[rel=next]")[0].attrib["href"] == "?words=robin&page=2"
    assert names_shown(browser, words="robin", page="2") == ["Robin 050"]


def test_the_list_and_its_file_take_as_many_queries_for_40_people_as_for_one(browser: Client, robin: User) -> None:
    def queries() -> list[int]:
        counted = []
        for query in ({}, {"as": "csv"}):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get("/people/", query).content
            counted.append(len(captured))
        return counted

    def seat(someone: User) -> None:
        RoleAssignment.objects.create(
            person=someone, role=Role.MEMBER, starts_on=SINCE, scope_kind="committee", scope_slug=BOARD
        )

    seat(robin)
    few = queries()
    for number in range(40):
        seat(person(f"Robin {number}"))
    assert queries() == few
    assert few == [6, 5]


def test_the_file_holds_what_the_filter_finds_and_no_formula(browser: Client, robin: User) -> None:
    person("=HYPERLINK(1)")
    response = browser.get("/people/", {"as": "csv", "words": "hyperlink", "on": "1/6/2017"})
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert "no-store" in response["Cache-Control"]
    heads, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert heads == ["Name", "E-mail address", "State", "Roles on 1 June 2017"]
    assert row == ["'=HYPERLINK(1)", "'=hyperlink(1)@council.invalid", "Invited, has not signed in yet", ""]


def test_a_name_is_shown_as_words(browser: Client) -> None:
    person("<img src=x>")
    assert page(browser, "/people/").cssselect("tbody img") == []
