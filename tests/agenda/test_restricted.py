"""An exempt paper: in the restricted edition on its own pages, and nowhere that the public can reach."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from tests.access.cast import SINCE, person, person_with, sign_in
from tests.agenda.brought import closed
from tests.agenda.conftest import Supplement
from tests.printed.pdf import outline, page_texts
from tests.publishing.packs import budget_table
from tests.set_once import set_once
from tests.urls_matrix.rows import ANONYMOUS
from tests.urls_matrix.subscribing import add_subscribing
from tests.urls_matrix.table import TABLE
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.record.kinds import READS
from torbay_reports.access.roles import Role
from torbay_reports.agenda.grounds import give_exempt_grounds
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.services import build_pack
from torbay_reports.documents.blocks import Document, Paragraph, words
from torbay_reports.publishing.models import AnyPack, RestrictedPack, RestrictedPublication, StoredPack
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

TITLE_CANARY = "Zanzibar appendix of debtors"
TEXT_CANARY = "The debtor Quillfeather Holdings owes the sum named below."
CANARIES = (TITLE_CANARY, "Quillfeather", "appendix-one")


@pytest.fixture
def packs(supplement: Supplement) -> tuple[AnyPack, AnyPack]:
    """Both editions, once an exempt appendix stands under item 5, the restricted one published too."""
    clerk = RoleAssignment.objects.get(role=Role.CLERK).person
    document = Document(
        source="test.exempt",
        subject="appendix-one",
        title=TITLE_CANARY,
        blocks=(Paragraph(anchor="para-1.1", number="1.1", content=words(TEXT_CANARY)), budget_table()),
    )
    appendix = Paper.objects.create(
        item=supplement.paper.item,
        instalment=supplement.instalment,
        slug="appendix-one",
        title=TITLE_CANARY,
        position=2,
    )
    frozen_in(closed(appendix), document, clerk)
    give_exempt_grounds(
        paper=appendix,
        numbers=[1],
        reason="It names a debtor.",
        public_interest="Naming it would hinder the recovery.",
        has_contract_terms=False,
        review_on=date(2018, 3, 1),
        by=clerk,
    )
    with set_once():
        public = build_pack(instalment=supplement.instalment, edition=Edition.PUBLIC, by=clerk)
        publish_pack(instalment=supplement.instalment, edition=Edition.RESTRICTED, by=clerk)
    return public, RestrictedPack.objects.get()


def frozen_in(paper: Paper, document: Document, by: User) -> None:
    """Freezes the Document as exempt and puts it under the paper's item."""
    held_back = paper.held_back
    frozen = publish(document=document, restriction=Restriction.EXEMPT, by=by)
    assert isinstance(frozen, RestrictedPublication)
    held_back.publication = frozen
    held_back.save()


def slip() -> None:
    """The exempt paper's row is opened past the program."""
    appendix = Paper.objects.filter(slug="exempt-paper")
    appendix.update(restriction=Restriction.OPEN, descriptions=[], description_list=None)


def exempt_address(supplement: Supplement) -> str:
    return f"{supplement.address}items/5/exempt-paper/"


def test_the_public_edition_is_the_same_bytes_with_and_without_the_exempt_paper(
    supplement: Supplement, packs: tuple[AnyPack, AnyPack]
) -> None:
    public, _ = packs
    assert bytes(public.pdf) == bytes(supplement.pack.pdf)
    assert public.pages == supplement.pack.pages


def test_the_restricted_edition_has_it_on_pages_of_its_own_and_marked(packs: tuple[AnyPack, AnyPack]) -> None:
    public, restricted = packs
    texts = page_texts(bytes(restricted.pdf))
    assert restricted.pages["labels"] == [*public.pages["labels"], "E1"]
    assert TEXT_CANARY in " ".join(texts[-1].split())
    assert "NOT FOR PUBLICATION" in texts[-1]
    assert re.search(r"Page E1\b", texts[-1])
    assert any(TITLE_CANARY in title for _, title in outline(bytes(restricted.pdf)))


def test_nothing_that_the_public_can_ask_for_holds_a_canary(
    supplement: Supplement, packs: tuple[AnyPack, AnyPack], client: Client
) -> None:
    assert isinstance(packs[0], StoredPack)
    assert isinstance(packs[1], RestrictedPack)
    add_subscribing()
    tried = 0
    for row in TABLE:
        if row.expected[ANONYMOUS] != 200:
            continue
        response = client.get(reverse(row.name, kwargs=dict(row.there)))
        body = response.content
        text = " ".join(page_texts(body)) if body.startswith(b"%PDF") else body.decode()
        for canary in CANARIES:
            assert canary not in text, f"{row.name} holds {canary}"
            assert canary.encode() not in body, f"{row.name} holds {canary}"
        tried += 1
    assert tried >= 7


@pytest.mark.usefixtures("packs")
def test_the_exempt_papers_page_is_for_the_board_and_its_officers(supplement: Supplement) -> None:
    address = exempt_address(supplement)
    assert Client().get(address).status_code == 302
    for role in Role:
        client = Client()
        held = RoleAssignment.objects.filter(role=role).first()
        sign_in(client, held.person if held else person_with(role))
        response = client.get(address)
        allowed = role in {Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER}
        assert response.status_code == (200 if allowed else 404), role
        if allowed:
            assert "NOT FOR PUBLICATION" in response.content.decode(), role
            assert "no-store" in response["Cache-Control"], role


@pytest.mark.usefixtures("packs")
def test_a_member_of_another_committee_is_told_that_there_is_no_such_page(supplement: Supplement) -> None:
    member = person_with(Role.MEMBER)
    RoleAssignment.objects.filter(person=member).update(scope_slug="planning")
    client = Client()
    sign_in(client, member)
    assert client.get(exempt_address(supplement)).status_code == 404
    assert client.get(f"{supplement.address}restricted-pack.pdf").status_code == 404
    assert TITLE_CANARY not in client.get(supplement.address).content.decode()


@pytest.mark.usefixtures("packs")
def test_who_may_read_the_restricted_pack_is_told_why(supplement: Supplement) -> None:
    client = Client()
    sign_in(client, person_with(Role.MEMBER))
    assert "You may read it: you" in client.get(supplement.address).content.decode()
    response = client.get(f"{supplement.address}restricted-pack.pdf")
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("role", [Role.CLERK, Role.MONITORING_OFFICER])
def test_an_officer_of_another_committee_is_told_that_there_is_no_such_page(supplement: Supplement, role: Role) -> None:
    officer = person(f"Other {role.label}")
    RoleAssignment.objects.create(
        person=officer, role=role, starts_on=SINCE, scope_kind="committee", scope_slug="planning"
    )
    client = Client()
    sign_in(client, officer)
    assert client.get(exempt_address(supplement)).status_code == 404
    assert client.get(f"{supplement.address}restricted-pack.pdf").status_code == 404


@pytest.mark.usefixtures("packs")
def test_a_paper_whose_row_was_opened_past_the_program_shows_nothing_to_the_public(supplement: Supplement) -> None:
    slip()
    assert Client().get(exempt_address(supplement)).status_code == 302
    for address in ("", "pack/"):
        shown = Client().get(supplement.address + address).content.decode()
        assert not [canary for canary in CANARIES if canary in shown]
    with set_once():
        pack = build_pack(instalment=supplement.instalment, edition=Edition.PUBLIC, by=None)
    printed = " ".join(" ".join(page_texts(bytes(pack.pdf))).split())
    assert not [canary for canary in CANARIES if canary in printed]
    assert len(pack.pages["labels"]) == len(supplement.pack.pages["labels"])


def reads() -> list[tuple[str, str, str]]:
    """Kind, object and reason of every read on record, oldest first."""
    return [(each.kind, each.about, each.reason) for each in AccessRecord.objects.filter(kind__in=READS).order_by("pk")]


MEMBER_SINCE = "you sit on the Overview and Scrutiny Board since 9 May 2017"
EXEMPT_PAPER = "xempt paper under item 5, Overview and Scrutiny Board, 6 September 2017"


@pytest.mark.usefixtures("packs")
def test_each_read_of_what_is_restricted_is_recorded_with_its_reason_and_without_a_title(
    supplement: Supplement,
) -> None:
    member, client = person_with(Role.MEMBER), Client()
    sign_in(client, member)
    address = exempt_address(supplement)
    for read in (address, f"{address}tables/budget/", f"{address}tables/budget/?as=csv"):
        assert client.get(read).status_code == 200
    assert client.get(f"{supplement.address}restricted-pack.pdf").status_code == 200
    table = f"Table 1 of the e{EXEMPT_PAPER}"
    assert reads() == [
        ("paper_read", f"E{EXEMPT_PAPER}", MEMBER_SINCE),
        ("table_read", table, MEMBER_SINCE),
        ("table_taken", table, MEMBER_SINCE),
        ("pack_read", "Restricted pack, Overview and Scrutiny Board, 6 September 2017", MEMBER_SINCE),
    ]
    assert {each.person for each in AccessRecord.objects.filter(kind__in=READS)} == {member}
    administrator = Client()
    sign_in(administrator, person_with(Role.ADMINISTRATOR))
    for page in ("/record/", "/record/?as=csv"):
        content = administrator.get(page).getvalue().decode()
        assert "xempt paper under item 5" in content
        assert not [canary for canary in CANARIES if canary in content]


@pytest.mark.usefixtures("packs")
def test_neither_a_refusal_nor_an_open_paper_nor_what_is_not_there_is_a_read(supplement: Supplement) -> None:
    refused, member = Client(), Client()
    sign_in(refused, person_with(Role.HEAD_OF_FINANCE))
    sign_in(member, person_with(Role.MEMBER))
    address = exempt_address(supplement)
    for visitor in (Client(), refused):
        visitor.get(address)
        visitor.get(f"{supplement.address}restricted-pack.pdf")
    assert member.get(f"{address}tables/no-such-table/").status_code == 404
    for open_to_all in (supplement.paper_address, f"{supplement.paper_address}tables/budget-table/?as=csv"):
        assert member.get(open_to_all).status_code == 200
    assert member.get(f"{supplement.address}pack.pdf").status_code == 200
    assert reads() == []


@pytest.mark.usefixtures("packs")
def test_nothing_restricted_is_shown_when_the_read_cannot_be_recorded(
    supplement: Supplement, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**fields: object) -> None:
        raise DatabaseError("the disk is full")

    client = Client(raise_request_exception=False)
    sign_in(client, person_with(Role.MEMBER))
    monkeypatch.setattr("torbay_reports.agenda.views.recording.record", fail)
    address = exempt_address(supplement)
    for wanted in (
        address,
        f"{address}tables/budget/",
        f"{address}tables/budget/?as=xlsx",
        f"{supplement.address}restricted-pack.pdf",
    ):
        response = client.get(wanted)
        assert response.status_code == 500, wanted
        assert not [canary for canary in CANARIES if canary.encode() in response.content]
        assert not response.content.startswith((b"%PDF", b"PK"))
    assert client.get(supplement.paper_address).status_code == 200


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("role", list(Role))
def test_nobody_reads_unmarked_or_unrecorded_what_a_slip_in_the_papers_row_has_opened(
    supplement: Supplement, role: Role
) -> None:
    slip()
    client = Client()
    held = RoleAssignment.objects.filter(role=role).first()
    sign_in(client, held.person if held else person_with(role))
    address = exempt_address(supplement)
    for wanted in (address, f"{address}tables/budget/", f"{address}tables/budget/?as=csv"):
        response = client.get(wanted)
        assert response.status_code == 404, wanted
        assert not [canary for canary in CANARIES if canary.encode() in response.content]
    assert reads() == []


@pytest.mark.usefixtures("packs")
def test_a_member_who_signed_in_long_ago_proves_again_who_they_are_before_an_exempt_paper(
    supplement: Supplement,
) -> None:
    client, member = Client(), person_with(Role.MEMBER)
    member.set_password("correct horse battery")
    member.save()
    sign_in(client, member, ago=timedelta(hours=5))
    for address in (exempt_address(supplement), f"{supplement.address}restricted-pack.pdf"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/sign-in/again/?{urlencode({'next': address})}")
    assert not AccessRecord.objects.filter(kind__in=READS).exists()
    assert client.get(supplement.address).status_code == 200
    wrong = client.post("/sign-in/again/", {"password": "wrong", "next": exempt_address(supplement)})
    assert "This is not your password" in wrong.content.decode()
    again = client.post(
        "/sign-in/again/", {"password": "correct horse battery", "next": exempt_address(supplement)}, follow=True
    )
    assert again.redirect_chain == [(exempt_address(supplement), 302)]
    assert "NOT FOR PUBLICATION" in again.content.decode()
