"""Every address of the URLconf is tried as every role, the public included, against the written table."""

from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access.cast import sign_in
from tests.sampling import sampled
from tests.urls_matrix.rows import (
    ANONYMOUS,
    AUDIENCES,
    BEGIN,
    ELSEWHERE,
    NOT_THERE,
    SIGN_IN,
    Audience,
    Outcome,
    Row,
    signed_in,
)
from tests.urls_matrix.table import TABLE
from tests.urls_matrix.walk import differences, walk
from tests.urls_matrix.world import InTheWorld

Cookies = Mapping[Audience, SimpleCookie]


def test_the_table_names_every_address_and_no_other() -> None:
    problems = differences(walk(get_resolver().url_patterns), (row.key for row in TABLE))
    assert not problems, "\n".join(problems)


def test_every_row_says_what_each_audience_gets() -> None:
    for row in TABLE:
        assert set(row.expected) == set(AUDIENCES), row.name


def test_every_address_with_arguments_is_tried_with_something_that_does_not_exist() -> None:
    for row in TABLE:
        assert bool(row.there) == bool(row.absent), f"{row.name}: give `absent` where there are arguments"
        for arguments in row.absent:
            assert set(arguments) == set(row.there), f"{row.name}: absent and there name different arguments"


class TestEveryAddress(InTheWorld):
    cookies: dict[Audience, SimpleCookie]

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.cookies = {ANONYMOUS: SimpleCookie()}
        for role, someone in cls.cast.items():
            client = Client()
            sign_in(client, someone)
            cls.cookies[role] = client.cookies

    def test_everybody_gets_what_the_table_says_for_what_exists(self) -> None:
        report([line for row in TABLE for line in tried(self.cookies, row, row.there, row.expected)])

    def test_what_does_not_exist_sends_anonymous_to_sign_in_and_everybody_else_to_404(self) -> None:
        nothing = signed_in(NOT_THERE)
        absences = [(row, absent, row.dead or nothing) for row in TABLE for absent in row.absent]
        report(
            [
                line
                for row, absent, expected in absences
                for line in tried(self.cookies, row, absent, expected, whoever_matters(row))
            ]
        )


def whoever_matters(row: Row) -> list[Audience]:
    """The public, one of those for whom something is there, and one of the others; in a soak everybody."""
    roles = [each for each in AUDIENCES if each != ANONYMOUS]
    opens = [each for each in roles if row.expected[each] != NOT_THERE]
    others = [each for each in roles if each not in opens]
    return [
        ANONYMOUS,
        *sampled(opens, one_in=len(roles), seed=row.name),
        *sampled(others, one_in=len(roles), seed=row.name),
    ]


def report(wrong: list[str]) -> None:
    assert not wrong, "\n".join(wrong)


def tried(
    cookies: Cookies,
    row: Row,
    arguments: Mapping[str, object],
    expected: Mapping[Audience, Outcome],
    audiences: Sequence[Audience] = AUDIENCES,
) -> list[str]:
    """One line for each of these audiences that gets something else than expected."""
    address = reverse(row.name, kwargs=dict(arguments)) + (f"?{row.query}" if row.query else "")
    wrong = []
    for audience in audiences:
        got = asked(cookies[audience], row.method, address)
        if got != expected[audience]:
            wrong.append(f"{row.method} {address} as {audience}: expected {expected[audience]}, got {got}")
    return wrong


def asked(cookies: SimpleCookie, method: str, address: str) -> Outcome | str:
    """What who has these cookies gets, as the table words it; an error in a view comes with its exception.

    What the asking writes is undone, a sign-out too: so everybody meets the same world, signed in once.
    """
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies)
    with transaction.atomic():
        response = client.generic(method, address)
        transaction.set_rollback(True)
    if response.status_code == 500:
        return f"500 ({getattr(response, 'exc_info', ('', ''))[1]!r})"
    return outcome(response, address)


def outcome(response: HttpResponseBase, address: str) -> Outcome | str:
    if not 300 <= response.status_code < 400:
        return response.status_code
    target = urlsplit(response["Location"])
    if target.path != reverse("account_login"):
        return ELSEWHERE
    if not target.query:
        return BEGIN
    leads_back = target.query == urlencode({"next": address}, safe="/")
    return SIGN_IN if leads_back else f"sign-in without the way back: {response['Location']}"
