"""Subscribers are told of what is published by the transaction that publishes it."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection

from tests.access.cast import person_with
from tests.agenda.jobs import empty_queue, make_instalment, work
from tests.agenda.publishing_worlds import add_tenders, put_out
from tests.agenda.subscribing.world import ADDRESS, AT, publish, sent_to, subscribed
from tests.set_once import set_once
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import Instalment, Notice
from torbay_reports.agenda.subscribing import notices
from torbay_reports.publishing.packplan import Edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def instalment() -> Iterator[Instalment]:
    yield make_instalment()
    empty_queue()


def test_a_worker_tells_of_the_public_edition_and_never_of_the_restricted_one(instalment: Instalment) -> None:
    clerk = person_with(Role.CLERK)
    subscribed()
    paper = add_tenders(instalment, clerk)
    with set_once():
        for edition in Edition:
            put_out(instalment, edition, by=clerk)
            put_out(instalment, edition, by=clerk)
    work()
    assert Notice.objects.count() == 1
    assert sent_to() == [ADDRESS]
    assert "- Item 5, Harbours\n" in str(mail.outbox[0].body)
    assert paper.content.title not in str(mail.outbox[0].body)


def test_two_workers_at_once_tell_nobody_twice(instalment: Instalment) -> None:
    addresses = [f"reader-{number}@example.com" for number in range(20)]
    for address in addresses:
        subscribed(address)
    publish()
    notice = Notice.objects.create(instalment=instalment, version=1, due_at=AT)

    def tell() -> None:
        try:
            notices.tell(number=notice.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        for worker in [workers.submit(tell) for _ in range(2)]:
            worker.result()
    assert Counter(sent_to()) == Counter(addresses)
