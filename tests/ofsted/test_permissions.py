"""Who reads a letter, keeps it and opens it: by role, by plan, by name and by day."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from improvement.models import Plan
from ofsted.models import Inspection, Letter
from ofsted.selectors.letters import find_letter
from tests.access.cast import SINCE, TODAY, person, person_with
from tests.improvement.builders import person_with_plan
from tests.ofsted.builders import an_inspection
from tests.ofsted.readers import Letters
from torbay_reports.access.decisions import answers, may
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
READ, KEEP, OPEN = Permission.READ_LETTER, Permission.KEEP_LETTERS, Permission.OPEN_LETTERS
DAY = timedelta(days=1)


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def other(letters: Letters) -> Inspection:
    """An inspection to which another plan answers."""
    return an_inspection("other-2016", title="Another inspection")


def held_back(letters: Letters) -> Letter:
    found = find_letter(letters.inspection.slug, "2017-11")
    assert found is not None
    return found


def test_a_published_letter_is_everybodys(letters: Letters) -> None:
    everybody: list[User | AnonymousUser] = [AnonymousUser(), person("Nobody")]
    for someone in (*everybody, *(person_with(role) for role in Role)):
        decision = may(someone, READ, letters.published)
        assert decision
        assert decision.reason == "Ofsted has published this letter"


def test_each_role_reads_keeps_and_opens_what_it_should(letters: Letters) -> None:
    found = {role: person_with(role) for role in Role}
    letter = held_back(letters)
    openers = {Role.IMPROVEMENT_LEAD, Role.MONITORING_OFFICER}
    assert {role for role in Role if may(found[role], READ, letter)} == openers
    assert {role for role in Role if may(found[role], OPEN, letters.inspection)} == openers
    assert {role for role in Role if may(found[role], KEEP, letters.inspection)} == {Role.IMPROVEMENT_LEAD}
    for permission, thing in ((READ, letter), (KEEP, letters.inspection), (OPEN, letters.inspection)):
        assert not may(person(f"Nobody {permission}"), permission, thing)
        assert may(AnonymousUser(), permission, thing).reason == "you are not signed in"


def test_a_lead_of_another_plan_neither_reads_keeps_nor_opens_it(letters: Letters, other: Inspection) -> None:
    lead = person_with_plan(Role.IMPROVEMENT_LEAD, other.plan, "Lou Lead")
    assert not may(lead, READ, held_back(letters))
    assert not may(lead, KEEP, letters.inspection)
    assert not may(lead, OPEN, letters.inspection)
    assert may(lead, KEEP, other)


def test_a_role_counts_from_its_first_to_its_last_day(letters: Letters) -> None:
    lead = person_with(Role.IMPROVEMENT_LEAD, starts_on=TODAY, ends_on=TODAY)
    letter = held_back(letters)
    for permission, thing in ((READ, letter), (KEEP, letters.inspection), (OPEN, letters.inspection)):
        assert [bool(may(lead, permission, thing, on=TODAY + days * DAY)) for days in (-1, 0, 1)] == [
            False,
            True,
            False,
        ]


def test_a_named_reader_reads_this_letter_and_no_other_and_opens_nothing(letters: Letters) -> None:
    reader = letters.reader()
    decision = may(reader, READ, held_back(letters))
    assert decision.reason == "you are named as a reader of this letter"
    assert not may(reader, KEEP, letters.inspection)
    assert not may(reader, OPEN, letters.inspection)
    letters.published.published_on = None
    assert not may(reader, READ, letters.published)


def test_a_closed_account_reads_nothing(letters: Letters) -> None:
    reader = letters.reader()
    reader.is_active = False
    assert not may(reader, READ, held_back(letters))


def test_what_is_no_letter_is_not_read(letters: Letters) -> None:
    assert may(letters.lead, READ, None).reason == "there is no such letter"


def test_an_administrators_page_asks_about_every_inspection_and_names_no_letter(
    letters: Letters, other: Inspection
) -> None:
    told = {(each.permission, each.thing) for each in answers(letters.lead, TODAY)}
    for permission in (KEEP, OPEN):
        assert {thing for asked, thing in told if asked is permission} == {
            "Inspection of services for children",
            "Another inspection",
        }
    assert not [thing for asked, thing in told if asked is READ]


def test_the_decision_about_a_letter_that_was_found_costs_no_query_besides_the_roles(letters: Letters) -> None:
    reader = letters.reader()
    letter = held_back(letters)
    with CaptureQueriesContext(connection) as captured:
        assert may(reader, READ, letter)
    assert len(captured) == 1


def test_a_role_for_the_whole_council_counts_for_every_plan(letters: Letters, other: Inspection) -> None:
    someone = person("Whole Lead")
    RoleAssignment.objects.create(person=someone, role=Role.IMPROVEMENT_LEAD, starts_on=SINCE)
    assert may(someone, KEEP, letters.inspection)
    assert may(someone, KEEP, other)
    assert Plan.objects.count() == 2
