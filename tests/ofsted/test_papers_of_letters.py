"""A letter's paper and the record of its publication, by two people in the same moment."""

from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from ofsted.reports.letter import LETTER
from ofsted.services.publication import record_publication, take_back
from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.agenda.test_uploads import wait_until_blocked
from tests.ofsted.builders import ADDRESS, PUBLISHED_ON, a_letter, again
from torbay_reports.access.roles import Role
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.services import build_pack, publish_paper
from torbay_reports.publishing.models import Publication, RestrictedPublication
from torbay_reports.publishing.packplan import Edition


class Desk:
    """A letter that is held back, an open paper that is to be built from it, its clerk and its lead."""

    def __init__(self) -> None:
        self.clerk, self.lead = person_with(Role.CLERK), person_with(Role.IMPROVEMENT_LEAD)
        self.letter = a_letter()
        self.instalment = worlds.make_meeting(self.clerk)
        fields = {"source": LETTER, "subject": f"{self.letter.visit.inspection.slug}/{self.letter.visit.slug}"}
        item = worlds.paper_of(self.instalment).item
        self.paper = Paper.objects.create(
            item=item, instalment=self.instalment, slug="letter", title="A letter", position=2, **fields
        )

    def freeze(self) -> None:
        """As the clerk does."""
        publish_paper(paper=worlds.paper_of(self.instalment, "letter"), by=self.clerk)

    def record(self) -> None:
        """As the lead does."""
        letter = again(self.letter)
        record_publication(
            letter=letter, published_on=PUBLISHED_ON, address=ADDRESS, by=self.lead, revision=letter.revision
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["freeze", "record"])
def test_a_paper_that_is_frozen_while_the_publication_is_recorded_ends_open(first: str) -> None:
    desk = Desk()
    acts = [desk.freeze, desk.record] if first == "freeze" else [desk.record, desk.freeze]
    holds, let_go, failures = Event(), Event(), list[BaseException]()

    def run(act: Callable[[], None], *, is_first: bool) -> None:
        try:
            with transaction.atomic():
                act()
                if is_first:
                    holds.set()
                    assert let_go.wait(60)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,), kwargs={"is_first": act == acts[0]}) for act in acts]
    threads[0].start()
    assert holds.wait(60)
    threads[1].start()
    wait_until_blocked()
    let_go.set()
    for thread in threads:
        thread.join(60)
    assert failures == []
    opened = worlds.paper_of(desk.instalment, "letter")
    assert (opened.restriction, opened.publication) == ("open", Publication.objects.get(source=LETTER))
    assert RestrictedPublication.objects.exists() == (first == "freeze")


@pytest.mark.django_db
def test_what_is_taken_back_before_the_pack_is_out_goes_out_in_none() -> None:
    desk = Desk()
    desk.freeze()
    desk.record()
    take_back(letter=desk.letter, why="It was another letter.", by=desk.lead)
    with pytest.raises(NotReadyToPublish, match="Item 5: what an open paper says was published once"):
        build_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)
    desk.freeze()
    assert worlds.paper_of(desk.instalment, "letter").held_back.furnished_by == "Ofsted"
    build_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)
