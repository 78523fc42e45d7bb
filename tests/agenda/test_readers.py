"""Who may read one restricted paper on a day, and why in words."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import BOARD, SINCE, TODAY, person, person_with, sign_in
from tests.access.people.pages import page, sentences, text_of
from tests.agenda.held_back import (
    SECRET,
    address_of,
    again,
    brought,
    make_held_back,
    put_out,
    with_confidential_grounds,
    with_grounds,
)
from torbay_reports.access.decisions import Decision, may
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.roles import Role
from torbay_reports.agenda.deciding import admit, decide_councillors
from torbay_reports.agenda.models import Committee, Paper
from torbay_reports.agenda.readers import readers_sentence, restricted_papers_for
from torbay_reports.core import clock
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db
UNTIL = date(2017, 12, 31)


@pytest.fixture
def officer(db: None) -> User:
    return person_with(Role.MONITORING_OFFICER)


@pytest.fixture
def paper(clerk: User) -> Paper:
    """An exempt paper that is published to those who may read it."""
    kept = brought(make_held_back(), clerk)
    put_out(kept)
    return kept


def seated(name: str, committee: str, *, substitute: bool = False, ends_on: date | None = None) -> User:
    """A person who sits on the committee."""
    Committee.objects.get_or_create(slug=committee, defaults={"name": committee.capitalize()})
    someone = person(name)
    RoleAssignment.objects.create(
        person=someone,
        role=Role.MEMBER,
        scope_kind="committee",
        scope_slug=committee,
        is_substitute=substitute,
        starts_on=SINCE,
        ends_on=ends_on,
    )
    return someone


def asked(someone: User | AnonymousUser, paper: Paper, on: date = TODAY) -> Decision:
    return may(someone, Permission.READ_PUBLICATION, again(paper), on=on)


def test_officers_and_members_read_it_whatever_its_ground(paper: Paper, clerk: User, officer: User) -> None:
    member = seated("Mem Ber", BOARD)
    for kept in (paper, with_grounds(paper, clerk, (1,)), with_grounds(paper, clerk, (3, 5))):
        assert [bool(asked(each, kept)) for each in (clerk, officer, member)] == [True] * 3
    assert asked(member, paper).reason == "you sit on the Overview and Scrutiny Board since 9 May 2017"


def test_a_substitute_reads_it_on_the_days_of_the_substitution_alone(paper: Paper) -> None:
    substitute = seated("Sub Stitute", BOARD, substitute=True, ends_on=UNTIL)
    assert asked(substitute, paper, UNTIL)
    assert not asked(substitute, paper, UNTIL + timedelta(days=1))


@pytest.mark.parametrize(
    ("numbers", "terms", "reads"),
    [
        ((3,), False, True),
        ((6,), False, True),
        ((6,), True, True),
        ((3,), True, False),
        ((1,), False, False),
        ((2,), False, False),
        ((4,), False, False),
        ((5,), False, False),
        ((7,), False, False),
        ((3, 6), False, False),
        ((3, 5), False, False),
        ((), False, False),
    ],
)
def test_a_councillor_of_another_committee_reads_what_section_100f_opens(
    paper: Paper, clerk: User, numbers: Sequence[int], terms: bool, reads: bool
) -> None:
    if numbers:
        with_grounds(paper, clerk, numbers, has_contract_terms=terms)
    assert bool(asked(seated("Coun Cillor", "council"), paper)) is reads


def test_the_reason_names_the_seat_and_the_section(paper: Paper, clerk: User) -> None:
    with_grounds(paper, clerk)
    assert asked(seated("Coun Cillor", "council"), paper).reason == (
        "you sit on the Council since 9 May 2017, and it rests on paragraph 3 of Schedule 12A without terms proposed "
        "for a contract (section 100F)"
    )


def test_who_has_left_the_council_reads_nothing_by_section_100f(paper: Paper, clerk: User) -> None:
    with_grounds(paper, clerk)
    former = seated("For Mer", "council", ends_on=date(2017, 9, 4))
    assert asked(former, paper, date(2017, 9, 4))
    assert not asked(former, paper)


def test_a_paper_on_several_paragraphs_waits_for_the_monitoring_officer(
    paper: Paper, clerk: User, officer: User
) -> None:
    with_grounds(paper, clerk, (3, 5))
    councillor = seated("Coun Cillor", "council")
    assert not asked(councillor, paper)
    decide_councillors(paper=paper, may_read=True, reason="All need it.", by=officer)
    assert asked(councillor, paper).reason == (
        "you sit on the Council since 9 May 2017, and it rests on paragraphs 3 and 5 of Schedule 12A and the "
        "monitoring officer has decided that every councillor may read it"
    )
    decide_councillors(paper=paper, may_read=False, reason="No longer.", by=officer)
    assert not asked(councillor, paper)


def test_a_paper_of_the_older_list_waits_too(clerk: User, officer: User) -> None:
    old = brought(make_held_back(held_on=date(2005, 6, 1)), clerk)
    put_out(old)
    with_grounds(old, clerk, (7,))
    councillor = seated("Coun Cillor", "council")
    assert not asked(councillor, old)
    decide_councillors(paper=old, may_read=True, reason="All need it.", by=officer)
    assert asked(councillor, old)


def test_a_confidential_paper_is_never_every_councillors(clerk: User) -> None:
    terms = brought(make_held_back(Restriction.CONFIDENTIAL), clerk)
    put_out(terms)
    with_confidential_grounds(terms, clerk)
    terms.held_back.every_councillor = True
    terms.held_back.save(update_fields=["every_councillor"])
    assert not asked(seated("Coun Cillor", "council"), terms)
    assert asked(seated("Mem Ber", BOARD), terms)


def test_who_is_admitted_reads_that_paper_until_the_day(paper: Paper, officer: User, clerk: User) -> None:
    other = brought(make_held_back(slug="other"), clerk)
    put_out(paper, other)
    adviser = person("Ad Viser")
    assert not asked(adviser, paper)
    admit(paper=paper, person=adviser, reason="They advise on the sale.", until=UNTIL, by=officer)
    assert asked(adviser, paper, UNTIL).reason == (
        "you are admitted to this paper by Test monitoring officer until 31 December 2017"
    )
    assert not asked(adviser, paper, UNTIL + timedelta(days=1))
    assert not asked(adviser, other)


@pytest.mark.parametrize(
    "role", [each for each in Role if each not in {Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER}]
)
def test_no_other_role_reads_it(paper: Paper, clerk: User, role: Role) -> None:
    with_grounds(paper, clerk)
    someone = person_with(role)
    assert not asked(someone, paper)
    client = Client()
    sign_in(client, someone)
    assert client.get(address_of(paper)).status_code == 404


def test_the_public_reads_nothing(paper: Paper, clerk: User) -> None:
    with_grounds(paper, clerk)
    assert not asked(AnonymousUser(), paper)
    assert restricted_papers_for(AnonymousUser(), paper.item.meeting) == []


def test_before_it_is_published_its_officers_alone_read_it(clerk: User, officer: User) -> None:
    waiting = with_grounds(brought(make_held_back(), clerk), clerk)
    people = (clerk, officer, seated("Mem Ber", BOARD), seated("Coun Cillor", "council"))
    assert [bool(asked(each, waiting)) for each in people] == [True, True, False, False]


def test_the_meetings_list_has_what_is_published_and_may_be_read(paper: Paper, clerk: User, officer: User) -> None:
    closed = with_grounds(brought(make_held_back(slug="closed"), clerk), clerk, (1,))
    not_out = with_grounds(brought(make_held_back(slug="waiting"), clerk), clerk)
    with_grounds(paper, clerk)
    put_out(again(paper), closed)
    meeting, councillor = paper.item.meeting, seated("Coun Cillor", "council")
    found = restricted_papers_for(councillor, meeting)
    assert [(each.paper, each.address) for each in found] == [(paper, address_of(paper))]
    assert found[0].reason == asked(councillor, paper).reason
    assert [each.paper for each in restricted_papers_for(officer, meeting)] == [paper, closed]
    assert not_out not in [each.paper for each in restricted_papers_for(officer, meeting)]


def test_the_list_costs_the_same_number_of_queries_however_long_it_is(paper: Paper, clerk: User) -> None:
    meeting = paper.item.meeting

    def queries() -> int:
        councillor = User.objects.get(full_name="Coun Cillor")
        with CaptureQueriesContext(connection) as captured:
            restricted_papers_for(councillor, meeting)
        return len(captured)

    seated("Coun Cillor", "council")
    with_grounds(paper, clerk)
    few = queries()
    more = [with_grounds(brought(make_held_back(slug=f"more-{n}"), clerk), clerk) for n in range(5)]
    put_out(again(paper), *more)
    assert len(restricted_papers_for(User.objects.get(full_name="Coun Cillor"), meeting)) == 6
    assert queries() == few <= 6


@pytest.mark.parametrize(
    ("numbers", "terms", "sentence"),
    [
        ((3,), False, "Every councillor may read it, because it rests on paragraph 3 of Schedule 12A without terms"),
        ((6,), False, "Every councillor may read it, because it rests on paragraph 6 of Schedule 12A (section 100F)."),
        ((3,), True, "may read it: it rests on paragraph 3 of Schedule 12A and holds terms proposed for a contract."),
        (
            (5,),
            False,
            "Only the members of the Overview and Scrutiny Board and their substitutes may read it: it rests",
        ),
        ((3, 5), False, "It rests on paragraphs 3 and 5 of Schedule 12A. Until the monitoring officer decides, only"),
        ((), False, "Nobody has said yet on which ground it is exempt. Until then only the members of the"),
    ],
)
def test_a_sentence_says_who_may_read_it(
    paper: Paper, clerk: User, numbers: Sequence[int], terms: bool, sentence: str
) -> None:
    if numbers:
        with_grounds(paper, clerk, numbers, has_contract_terms=terms)
    assert sentence in readers_sentence(again(paper))


def test_the_page_tells_officers_who_may_read_it(browser: Client, paper: Paper, clerk: User, officer: User) -> None:
    with_grounds(paper, clerk)
    admit(paper=paper, person=person("Ad Viser"), reason="They advise on the sale.", until=UNTIL, by=officer)
    said = sentences(browser, address_of(paper, "readers/"))
    assert f"Item 7: {SECRET}" in said
    assert "Every councillor may read it" in said
    assert "Ad Viser until 31 December 2017, by Test monitoring officer: They advise on the sale." in said
    assert "Exempt: paragraph 3, financial or business affairs. Review on 1 March 2018." in said


def test_the_clerk_reads_there_and_the_monitoring_officer_decides(
    browser: Client, paper: Paper, clerk: User, officer: User
) -> None:
    with_grounds(paper, clerk, (3, 5))
    admit(paper=paper, person=person("Ad Viser"), reason="They advise on the sale.", until=UNTIL, by=officer)
    client = Client()
    sign_in(client, officer)
    links = [
        [text_of(each) for each in page(reader, address_of(paper, "readers/")).cssselect("main a")]
        for reader in (browser, client)
    ]
    assert links == [
        ["Change the grounds"],
        [
            "Decide whether every councillor may read it",
            "End it for Ad Viser",
            "Admit a person",
            "Change the grounds",
            "Review it",
            "Clear words of this paper",
        ],
    ]


def test_the_page_is_not_kept_and_wants_a_recent_proof(browser: Client, paper: Paper, clerk: User) -> None:
    address = address_of(paper, "readers/")
    assert "no-store" in browser.get(address)["Cache-Control"]
    sign_in(browser, clerk, ago=timedelta(hours=5))
    assert browser.get(address).status_code == 302


def test_clock_and_cast_agree() -> None:
    assert clock.today() == TODAY
