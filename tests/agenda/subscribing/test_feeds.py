"""A committee's feed is Atom (RFC 4287), and holds no title of what is withdrawn."""

from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree, html

from tests.access.cast import person_with
from tests.agenda.subscribing.world import (
    AT,
    BUSINESS,
    COMMITTEE,
    FEED,
    board,
    item,
    publish,
    publish_without_fees,
    withdraw,
)
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Committee
from torbay_reports.publishing.models import Bundle

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def committee() -> Committee:
    return board()


def feed(client: Client) -> etree._Element:
    response = client.get(FEED)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def said(parent: etree._Element, name: str) -> list[str]:
    return [each.text or "" for each in parent.findall(f"{ATOM}{name}")]


def test_it_has_what_atom_asks_for(committee: Committee, client: Client) -> None:
    publish(instalment_slug="agenda", at=AT - timedelta(days=1))
    publish()
    publish(2, reason="A sum was wrong.", at=AT + timedelta(days=1))
    root = feed(client)
    entries = root.findall(f"{ATOM}entry")
    assert said(root, "title") == ["Harbour Board: agendas and supplements"]
    links = {each.get("rel"): each.get("href") for each in root.findall(f"{ATOM}link")}
    assert links == {"self": f"http://testserver{FEED}", "alternate": f"http://testserver{COMMITTEE}"}
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Torbay Council"
    for each in (root, *entries):
        assert all(len(said(each, name)) == 1 for name in ("id", "title", "updated"))
    ids = [each.findtext(f"{ATOM}id") for each in (root, *entries)]
    assert len(set(ids)) == 4
    assert ids[-1] == "tag:testserver,2017-08-28:committees/harbour-board/2017-09-06/agenda/1"
    assert [each.findtext(f"{ATOM}title") for each in entries] == [
        "Corrected: Harbour Board, Wednesday 6 September 2017: Supplement 1",
        "Harbour Board, Wednesday 6 September 2017: Supplement 1",
        "Harbour Board, Wednesday 6 September 2017: Agenda",
    ]
    assert [each.findtext(f"{ATOM}updated") for each in entries] == [
        "2017-08-30T16:30:00+01:00",
        "2017-08-29T16:30:00+01:00",
        "2017-08-28T16:30:00+01:00",
    ]
    assert said(root, "updated") == ["2017-08-30T16:30:00+01:00"]
    assert "item 5, Harbour fees" in str(entries[1].findtext(f"{ATOM}summary"))
    assert "Why: A sum was wrong." in str(entries[0].findtext(f"{ATOM}summary"))


def test_a_feed_without_entries_is_one_too(committee: Committee, client: Client) -> None:
    root = feed(client)
    assert root.findall(f"{ATOM}entry") == []
    assert said(root, "updated") == ["1970-01-01T01:00:00+01:00"]


def test_what_is_withdrawn_is_told_without_a_title(committee: Committee, client: Client) -> None:
    clerk = person_with(Role.CLERK)
    withdraw(publish(), clerk, at=AT + timedelta(hours=1))
    publish_without_fees()
    content = client.get(FEED).content.decode()
    assert "Version 1 was withdrawn on 29 August 2017 by the clerk." in content
    assert "It names a tenant." not in content
    (withdrawn, replaced) = etree.fromstring(content.encode()).findall(f"{ATOM}entry")
    board_of = "Harbour Board, Wednesday 6 September 2017: Supplement 1"
    assert withdrawn.findtext(f"{ATOM}title") == f"Withdrawn: {board_of}, version 1"
    assert str(withdrawn.findtext(f"{ATOM}id")).endswith("/supplement-1/1/withdrawn")
    assert replaced.findtext(f"{ATOM}title") == f"Withdrawn: {board_of}"


def test_other_committees_and_what_is_not_out_stand_in_none(committee: Committee, client: Client) -> None:
    publish()
    Bundle.objects.create(**{**_values(Bundle.objects.get()), "version": 2, "written_at": None})
    Bundle.objects.create(**{**_values(Bundle.objects.get(version=1)), "key": "harbour/2017-09-06/agenda"})
    assert len(feed(client).findall(f"{ATOM}entry")) == 1


def _values(bundle: Bundle) -> dict[str, object]:
    names = [field.name for field in Bundle._meta.concrete_fields if field.name != "id"]
    return {name: getattr(bundle, name) for name in names}


def test_the_newest_fifty_are_in_it(committee: Committee, client: Client) -> None:
    for version in range(1, 53):
        publish(version, at=AT + timedelta(minutes=version), items=())
    entries = feed(client).findall(f"{ATOM}entry")
    assert len(entries) == 50
    assert str(entries[0].findtext(f"{ATOM}id")).endswith("/52")


def test_odd_letters_leave_it_well_formed(committee: Committee, client: Client) -> None:
    Committee.objects.update(name="Ports & <Quays>")
    odd = item("9", "A \x0b]]> & “<b>” \U0001f6a2")
    publish(2, items=(*BUSINESS, odd), committee="Ports & <Quays>")
    root = feed(client)
    assert said(root, "title") == ["Ports & <Quays>: agendas and supplements"]
    assert "item 9, A ]]> & “<b>” \U0001f6a2." in str(root.findtext(f"{ATOM}entry/{ATOM}summary"))


def test_who_has_it_already_is_sent_nothing_until_it_changes(committee: Committee, client: Client) -> None:
    publish()
    first = client.get(FEED)
    assert "max-age=60" in first["Cache-Control"]
    assert not first.cookies
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    publish(2, at=AT + timedelta(days=1))
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_the_committee_s_page_leads_feed_readers_to_it(committee: Committee, client: Client) -> None:
    page = html.fromstring(client.get(COMMITTEE).content.decode())
    (found,) = page.cssselect('head link[rel="alternate"]')
    assert (found.get("type"), found.get("href")) == ("application/atom+xml", FEED)
