"""A small meeting to build packs for, and a worker in the test's own process that works the queue off."""

from datetime import date
from unittest import mock

from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tests.agenda.brought import closed
from torbay_reports.agenda.models import AgendaItem, Committee, Instalment, Meeting, PackBuild, Paper
from torbay_reports.publishing.packplan import Edition

BOARD, DAY = "harbour-board", date(2017, 9, 6)


def make_instalment() -> Instalment:
    """The agenda of a meeting with one item, whose paper is to follow: its pack is the letter alone."""
    committee = Committee.objects.create(slug=BOARD, name="Harbour Board")
    meeting = Meeting.objects.create(committee=committee, held_on=DAY)
    item = AgendaItem.objects.create(meeting=meeting, number="5", title="Harbours", position=1)
    instalment = Instalment.objects.create(
        meeting=meeting,
        number=1,
        dated=date(2017, 9, 1),
        clerk="Robin Vale",
        telephone="01803 1",
        email="clerk@council.invalid",
        office="Town Hall",
        salutation="Dear Member",
        opening="I attach what is new.",
        closing="Yours sincerely",
        signatory="Robin Vale",
        signatory_title="Clerk",
    )
    Paper.objects.create(item=item, instalment=instalment, slug="harbours", title="Harbours", position=1)
    return instalment


def add_exempt_paper(instalment: Instalment) -> Paper:
    """A paper that is to follow and not for publication, under the same item."""
    item = Paper.objects.get(instalment=instalment).item
    return closed(Paper.objects.create(item=item, instalment=instalment, slug="tenders", title="Tenders", position=2))


def empty_queue() -> None:
    """Forget every job and worker. Their tables are not Django's, which empties its own after a test."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")


def work() -> None:
    """Work the queue off and end."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    # A thread of the worker that kept its connection would stand in the way of dropping the database.
    unkept = mock.patch.dict(connections.settings["default"], CONN_MAX_AGE=0)
    with unkept, app.replace_connector(connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def newest(edition: Edition = Edition.PUBLIC) -> PackBuild:
    """The newest asking for the edition."""
    return PackBuild.objects.filter(edition=edition.value)[0]
