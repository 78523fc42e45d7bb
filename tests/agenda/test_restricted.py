"""An exempt paper: in the restricted edition on its own pages, and nowhere that the public can reach."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.cast import SINCE, person, person_with
from tests.agenda.conftest import Supplement
from tests.printed.pdf import outline, page_texts
from tests.urls_matrix.rows import ANONYMOUS
from tests.urls_matrix.table import TABLE
from torbay_reports.access.models import RoleAssignment
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.services import build_pack
from torbay_reports.documents.blocks import Document, Paragraph, words
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.services import publish

pytestmark = pytest.mark.django_db

TITLE_CANARY = "Zanzibar appendix of debtors"
TEXT_CANARY = "The debtor Quillfeather Holdings owes the sum named below."
CANARIES = (TITLE_CANARY, "Quillfeather", "appendix-one")


@pytest.fixture
def packs(supplement: Supplement) -> tuple[StoredPack, StoredPack]:
    """Both editions, once an exempt appendix stands under item 5."""
    clerk = RoleAssignment.objects.get(role=Role.CLERK).person
    document = Document(
        source="test.exempt",
        subject="appendix-one",
        title=TITLE_CANARY,
        blocks=(Paragraph(anchor="para-1.1", number="1.1", content=words(TEXT_CANARY)),),
    )
    Paper.objects.create(
        item=supplement.paper.item,
        instalment=supplement.instalment,
        slug="appendix-one",
        title=TITLE_CANARY,
        restriction=Restriction.EXEMPT,
        publication=publish(document=document, restriction=Restriction.EXEMPT, by=clerk),
        position=2,
    )
    return (
        build_pack(instalment=supplement.instalment, edition=Edition.PUBLIC, by=clerk),
        build_pack(instalment=supplement.instalment, edition=Edition.RESTRICTED, by=clerk),
    )


def exempt_address(supplement: Supplement) -> str:
    return f"{supplement.address}items/5/appendix-one/"


def test_the_public_edition_is_the_same_bytes_with_and_without_the_exempt_paper(
    supplement: Supplement, packs: tuple[StoredPack, StoredPack]
) -> None:
    public, _ = packs
    assert bytes(public.pdf) == bytes(supplement.pack.pdf)
    assert public.pages == supplement.pack.pages


def test_the_restricted_edition_has_it_on_pages_of_its_own_and_marked(packs: tuple[StoredPack, StoredPack]) -> None:
    public, restricted = packs
    texts = page_texts(bytes(restricted.pdf))
    assert restricted.pages["labels"] == [*public.pages["labels"], "E1"]
    assert TEXT_CANARY in " ".join(texts[-1].split())
    assert "NOT FOR PUBLICATION" in texts[-1]
    assert re.search(r"Page E1\b", texts[-1])
    assert any(TITLE_CANARY in title for _, title in outline(bytes(restricted.pdf)))


def test_nothing_that_the_public_can_ask_for_holds_a_canary(
    supplement: Supplement, packs: tuple[StoredPack, StoredPack], client: Client
) -> None:
    assert packs[1].edition == Edition.RESTRICTED
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
        client.force_login(held.person if held else person_with(role))
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
    client.force_login(member)
    assert client.get(exempt_address(supplement)).status_code == 404
    assert client.get(f"{supplement.address}restricted-pack.pdf").status_code == 404
    assert TITLE_CANARY not in client.get(supplement.address).content.decode()


@pytest.mark.usefixtures("packs")
def test_who_may_read_the_restricted_pack_is_told_why(supplement: Supplement) -> None:
    client = Client()
    client.force_login(person_with(Role.MEMBER))
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
    client.force_login(officer)
    assert client.get(exempt_address(supplement)).status_code == 404
    assert client.get(f"{supplement.address}restricted-pack.pdf").status_code == 404


@pytest.mark.usefixtures("packs")
def test_a_paper_opened_by_mistake_stays_closed_while_it_was_frozen_as_exempt(supplement: Supplement) -> None:
    Paper.objects.filter(slug="appendix-one").update(restriction=Restriction.OPEN)
    assert Client().get(exempt_address(supplement)).status_code == 302
    for address in ("", "pack/"):
        assert TITLE_CANARY not in Client().get(supplement.address + address).content.decode()
    pack = build_pack(instalment=supplement.instalment, edition=Edition.PUBLIC, by=None)
    assert bytes(pack.pdf) == bytes(supplement.pack.pdf)


@pytest.mark.usefixtures("packs")
def test_a_paper_opened_by_mistake_is_still_marked_and_kept_from_caches(supplement: Supplement) -> None:
    Paper.objects.filter(slug="appendix-one").update(restriction=Restriction.OPEN)
    client = Client()
    client.force_login(person_with(Role.MEMBER))
    response = client.get(exempt_address(supplement))
    assert "NOT FOR PUBLICATION: exempt" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
