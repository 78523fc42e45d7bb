"""Pages not for publication among those that are read, and what reading costs; without a pack."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import page, text_of
from tests.agenda.brought import address_of, bring_to, make_paper, put_out
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.publishing.packplan import Edition, Restriction

pytestmark = pytest.mark.django_db


def reader_of(role: Role, clerk: User) -> Client:
    reader = Client()
    sign_in(reader, clerk if role is Role.CLERK else person_with(role))
    return reader


@pytest.fixture
def appendix(clerk: User) -> Paper:
    brought = bring_to(make_paper("appendix", restriction=Restriction.EXEMPT), clerk, texts=("Owed",))
    put_out(brought, edition=Edition.RESTRICTED, first=3)
    return brought


def test_a_page_not_for_publication_is_found_only_by_who_may_read_it(appendix: Paper, clerk: User) -> None:
    base = appendix.item.meeting.get_absolute_url()
    for role in (Role.MEMBER, Role.CLERK, Role.HEAD_OF_FINANCE):
        reader = reader_of(role, clerk)
        answer = reader.get(f"{base}pack/page/E3/")
        if role is Role.HEAD_OF_FINANCE:
            assert answer.status_code == reader.get(f"{base}pack/page/E9/").status_code == 404
        else:
            assert answer["Location"] == f"{address_of(appendix)}#page-E3"
    stranger = Client()
    there, absent = (stranger.get(f"{base}pack/page/{label}/") for label in ("E3", "E9"))
    assert there.status_code == absent.status_code == 302
    assert "appendix" not in there["Location"]
    typed = [stranger.get(f"{base}pack/page/", {"page": label}) for label in ("e3", "E9")]
    assert [each["Location"] for each in typed] == [f"{base}pack/page/E3/", f"{base}pack/page/E9/"]


def test_who_reads_a_restricted_paper_finds_it_marked_among_the_contents(appendix: Paper, clerk: User) -> None:
    member = reader_of(Role.MEMBER, clerk)
    (current,) = page(member, address_of(appendix)).cssselect(".beside__papers > li")
    assert text_of(current).startswith("The appendix Page E3 exempt")


def test_reading_costs_as_many_queries_for_many_instalments_as_for_one(clerk: User) -> None:
    first = bring_to(make_paper(), clerk)
    put_out(first)
    base = first.item.meeting.get_absolute_url()
    addresses = (base, f"{base}pack/", address_of(first), f"{base}pack/page/14/", "/")
    few = [queries_of(each) for each in addresses]
    for number in range(2, 6):
        instalment = Instalment.objects.get(number=1)
        instalment.pk, instalment.number = None, number
        instalment.save(force_insert=True)
        paper = make_paper(f"letter-{number}")
        Paper.objects.filter(pk=paper.pk).update(instalment=instalment)
        later = bring_to(Paper.objects.get(pk=paper.pk), clerk)
        put_out(later, first=20 * number)
    assert [queries_of(each) for each in addresses] == few


def queries_of(address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code in {200, 302}
    return len(captured)
