"""A stored pack goes with the instalment or the meeting that it is about, and with no other."""

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from tests.agenda.brought import SHA
from torbay_reports.agenda import services
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import Instalment, Meeting
from torbay_reports.core import clock
from torbay_reports.publishing import services as publishing_services
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import PACKS
from torbay_reports.publishing.packplan import Edition, PageMap, RenderedPack


def store(instalment: Instalment) -> None:
    for edition in Edition:
        PACKS[edition]._default_manager.create(
            key=pack_key(instalment),
            pdf=b"%PDF",
            pages={},
            checksum=SHA,
            plan_checksum=SHA,
            built_at=clock.now(),
        )


def kept() -> list[str]:
    """The keys of all packs, of whichever edition."""
    return [key for edition in Edition for key in PACKS[edition]._default_manager.values_list("key", flat=True)]


@pytest.fixture
def agenda(instalment: Instalment) -> Instalment:
    """The same meeting's agenda, with packs of its own; the supplement has some too."""
    fields = {each.attname: getattr(instalment, each.attname) for each in Instalment._meta.concrete_fields[1:]}
    made = Instalment.objects.create(**{**fields, "number": 0})
    store(made)
    store(instalment)
    return made


@pytest.mark.django_db
def test_an_instalments_packs_go_with_it_and_those_of_another_stay(instalment: Instalment, agenda: Instalment) -> None:
    instalment.delete()
    assert kept() == [pack_key(agenda)] * 2


@pytest.mark.django_db
@pytest.mark.usefixtures("agenda")
def test_a_meetings_packs_go_with_it() -> None:
    Meeting.objects.all().delete()
    assert kept() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("agenda")
def test_a_deletion_that_is_undone_leaves_the_packs() -> None:
    def delete_and_break() -> None:
        with transaction.atomic():
            Meeting.objects.get().delete()
            raise KeyError

    with pytest.raises(KeyError):
        delete_and_break()
    assert len(kept()) == 4


@pytest.mark.django_db(transaction=True)
def test_a_meeting_deleted_while_its_pack_is_built_leaves_none(
    instalment: Instalment, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, deleted = Event(), Event()
    ended: list[str] = []

    def render(*args: Any, **told: Any) -> RenderedPack:
        begun.set()
        assert deleted.wait(20)
        return RenderedPack(pdf=b"%PDF", pages=PageMap({}, {}, {}, ("1",)))

    def build() -> None:
        try:
            services.build_pack(instalment=instalment, edition=Edition.PUBLIC, by=None)
        except PackFault as error:
            ended.append(str(error))
        finally:
            connection.close()

    monkeypatch.setattr(publishing_services, "render_pack", render)
    building = Thread(target=build)
    building.start()
    assert begun.wait(20)
    Meeting.objects.get().delete()
    deleted.set()
    building.join(20)
    assert ended == [services.DELETED]
    assert kept() == []
