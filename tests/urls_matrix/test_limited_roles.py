"""Every address again, for people whose roles are limited: to one day, to one committee, to one service.

Where a role does not count, its holder gets what a person without any role gets.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.cast import BOARD, SCOPES, TODAY, person, sign_in
from tests.sampling import sampled
from tests.urls_matrix.rows import NOT_THERE, Outcome, Row, everybody, only, signed_in
from tests.urls_matrix.table import TABLE
from tests.urls_matrix.test_matrix import outcome, report
from tests.urls_matrix.world import InTheWorld
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

DAY: Final = timedelta(days=1)
PASSWORD: Final = "nine-green-bottles"
THIS_COMMITTEE: Final = ("committee", BOARD)
ANOTHER_COMMITTEE: Final = ("committee", "council")
A_SERVICE: Final = ("service", "adult-social-care")

OF_ANY_COMMITTEE: Final = ("agenda:reviews", "agenda:openings", "agenda:meeting-add", "publishing:verifications")
"""What a role counts for whichever committee it is limited to: the diary and the openings that wait, which tell of that
one alone, the form for a new meeting, which offers that one alone, and whether everything is as it was published, which
tells of nobody and of no paper."""
OF_THE_OTHER_COMMITTEE: Final = ("agenda:decision-carry",)
"""What is asked here of the clerk of another committee: a recommendation goes onto that one's agenda."""
NOT_HERE: Final = (*OF_THE_OTHER_COMMITTEE, "agenda:committees-kept", "agenda:committee-add", "agenda:committee-edit")
"""What hangs on another committee, or on none: the list of all is the administrator's of the whole council."""
ROOM_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "committee": ("agenda:", "publishing:verifications"),
    "service": ("budget:",),
}
"""Where a role that is limited to such a thing still counts; nothing else hangs on a committee or a service."""

LIMITED_HERE: Final = (
    (Role.CLERK, *THIS_COMMITTEE),
    (Role.MONITORING_OFFICER, *THIS_COMMITTEE),
    (Role.ADMINISTRATOR, *THIS_COMMITTEE),
    (Role.MEMBER, *THIS_COMMITTEE),
    (Role.BUDGET_HOLDER, *A_SERVICE),
)
LIMITED_ELSEWHERE: Final = (
    (Role.CLERK, *ANOTHER_COMMITTEE),
    (Role.MONITORING_OFFICER, *ANOTHER_COMMITTEE),
    (Role.ADMINISTRATOR, *ANOTHER_COMMITTEE),
    (Role.MEMBER, *ANOTHER_COMMITTEE),
)

Expectation = Callable[[Row], Outcome]


def test_without_a_role_one_gets_what_everybody_gets_and_nothing_that_only_some_get() -> None:
    assert Row("a", everybody(200)).without_a_role == 200
    assert Row("a", signed_in("elsewhere", anonymous=200)).without_a_role == "elsewhere"
    assert Row("a", only([Role.CLERK])).without_a_role == NOT_THERE


def test_every_role_but_those_of_later_rooms_opens_something_in_the_table() -> None:
    """Else the tests below would say nothing about a role."""
    opens_nothing = {role for role in Role if all(row.expected[role] == row.without_a_role for row in TABLE)}
    assert opens_nothing <= {Role.IMPROVEMENT_LEAD, Role.ACTION_OWNER}


class TestLimitedRoles(InTheWorld):
    for_one_day: dict[Role, User]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.for_one_day = {role: holder(f"{role.label} for a day", role, *SCOPES.get(role, ("", ""))) for role in Role}

    def test_the_day_before_and_the_day_after_a_role_counts_for_nothing(self) -> None:
        for on in (TODAY - DAY, TODAY + DAY):
            with self.settings(TODAY=on):
                self.hold(self.for_one_day.values(), on, without_a_role)

    def test_on_its_one_day_a_role_opens_what_the_table_says(self) -> None:
        for role, someone in self.for_one_day.items():
            self.hold([someone], TODAY, as_the(role))

    def test_who_has_no_role_at_all_gets_what_everybody_gets(self) -> None:
        self.hold([person("No role", PASSWORD)], TODAY, without_a_role)

    def test_a_substitute_opens_what_a_member_opens_on_these_days_alone(self) -> None:
        substitute = holder("Substitute", Role.MEMBER, *THIS_COMMITTEE, is_substitute=True)
        self.hold([substitute], TODAY, as_the(Role.MEMBER))
        for on in (TODAY - DAY, TODAY + DAY):
            with self.settings(TODAY=on):
                self.hold([substitute], on, without_a_role)

    def test_a_limited_role_opens_what_hangs_on_its_committee_or_service_and_nothing_else(self) -> None:
        for role, kind, slug in LIMITED_HERE:
            self.hold(
                [holder(f"{role.label} here", role, kind, slug)],
                TODAY,
                as_the(role, in_the_room=ROOM_OF[kind], but=NOT_HERE),
            )

    def test_a_role_in_another_committee_opens_nothing_of_this_one(self) -> None:
        for role, kind, slug in LIMITED_ELSEWHERE:
            elsewhere = holder(f"{role.label} elsewhere", role, kind, slug)
            self.hold([elsewhere], TODAY, as_the(role, in_the_room=OF_ANY_COMMITTEE + OF_THE_OTHER_COMMITTEE))

    def hold(self, people: Iterable[User], on: date, expected: Expectation) -> None:
        report([line for someone in people for line in tried(someone, on, expected)])


def holder(name: str, role: Role, kind: str, slug: str, *, is_substitute: bool = False) -> User:
    """A person who has that role on the one day, written as it stands: the services refuse some of these limits."""
    someone = person(name, PASSWORD)
    RoleAssignment.objects.create(
        person=someone,
        role=role,
        scope_kind=kind,
        scope_slug=slug,
        is_substitute=is_substitute,
        starts_on=TODAY,
        ends_on=TODAY,
    )
    return someone


def without_a_role(row: Row) -> Outcome:
    return row.without_a_role


def as_the(role: Role, *, in_the_room: tuple[str, ...] = ("",), but: tuple[str, ...] = ()) -> Expectation:
    """What the table says for the role, in that room; elsewhere what it says for nobody."""
    return lambda row: (
        row.expected[role] if row.name.startswith(in_the_room) and row.name not in but else row.without_a_role
    )


def rows_that_tell(someone: User) -> list[Row]:
    """The rows in which one of the person's roles, counted, gets what not everybody gets, and a sample of the others;
    in a soak all."""
    roles = {Role(role) for role in someone.assignments.values_list("role", flat=True)}
    telling = [row for row in TABLE if any(row.expected[role] != row.without_a_role for role in roles)]
    return telling + sampled([row for row in TABLE if row not in telling], one_in=5, seed=someone.email)


def tried(someone: User, on: date, expected: Expectation) -> list[str]:
    """One line for each row of the table by which the person gets something else than expected."""
    client = Client(raise_request_exception=False)
    sign_in(client, someone)
    wrong = []
    for row in rows_that_tell(someone):
        address = reverse(row.name, kwargs=dict(row.there)) + (f"?{row.query}" if row.query else "")
        with transaction.atomic():
            response = client.generic(row.method, address)
            # What somebody ends here is there for the next one.
            transaction.set_rollback(True)
        got = outcome(response, address)
        if got != expected(row):
            wrong.append(f"{row.method} {address} as {someone} on {on}: expected {expected(row)}, got {got}")
        if row.method == "POST":
            sign_in(client, someone)
    return wrong
