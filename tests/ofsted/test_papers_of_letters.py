"""A letter's paper and the record of its publication, by two people in the same moment."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Final

import pytest
from django.db import connection, transaction

from ofsted.reports.findings import FINDINGS
from ofsted.reports.letter import LETTER
from ofsted.services.letters import remove_letter
from ofsted.services.publication import record_publication, take_back
from tests.access.cast import person_with
from tests.agenda import publishing_worlds as worlds
from tests.agenda.held_back import again as as_stored
from tests.agenda.test_uploads import wait_until_blocked
from tests.ofsted.builders import ADDRESS, PUBLISHED_ON, a_letter, again
from tests.ofsted.builders import FINDINGS as FINDINGS_OF_IT
from torbay_reports.access.roles import Role
from torbay_reports.agenda import confidence, publishing
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.services import build_pack, publish_paper
from torbay_reports.publishing.models import Bundle, Publication, RestrictedPublication
from torbay_reports.publishing.packplan import Edition


class Desk:
    """A letter that is held back, an open paper that is to be built from it, its clerk and its lead."""

    def __init__(self, source: str = LETTER, findings: tuple[str, ...] = FINDINGS_OF_IT) -> None:
        self.clerk, self.lead = person_with(Role.CLERK), person_with(Role.IMPROVEMENT_LEAD)
        self.letter = a_letter(findings=findings)
        self.instalment = worlds.make_meeting(self.clerk)
        about = self.letter.visit.slug if source == LETTER else "2017-09-06"
        fields = {"source": source, "subject": f"{self.letter.visit.inspection.slug}/{about}"}
        item = worlds.paper_of(self.instalment).item
        self.paper = Paper.objects.create(
            item=item, instalment=self.instalment, slug="letter", title="A letter", position=2, **fields
        )

    def freeze(self) -> None:
        """As the clerk does."""
        publish_paper(paper=as_stored(self.paper), by=self.clerk)

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
    opened = as_stored(desk.paper)
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
    assert as_stored(desk.paper).held_back.furnished_by == "Ofsted"
    build_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)


SHORT: Final = ("Too slow.", "Weak plans.")
"""Too few words for the scan for leaks."""


@pytest.mark.django_db
def test_findings_against_steps_go_out_only_while_their_letters_are_published() -> None:
    desk = Desk(FINDINGS, SHORT)
    desk.record()
    desk.freeze()
    assert confidence.obstacles(desk.instalment) == []
    take_back(letter=desk.letter, why="It was another letter.", by=desk.lead)
    assert confidence.obstacles(desk.instalment) == [confidence.CONFIDENTIAL_BY_NOW.format(item="5")]
    with pytest.raises(NotReadyToPublish, match="Item 5: what an open paper says was published once"):
        build_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)
    desk.freeze()
    assert confidence.obstacles(desk.instalment) == []
    publish_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)
    assert SHORT[0].encode() not in b"".join(worlds.stored().values())


@pytest.mark.django_db
def test_a_letter_that_is_removed_after_it_was_taken_back_is_in_no_paper_either() -> None:
    desk = Desk(FINDINGS, SHORT)
    desk.record()
    desk.freeze()
    letter = take_back(letter=desk.letter, why="It was another letter.", by=desk.lead)
    remove_letter(letter=letter, revision=again(letter).revision, by=desk.lead)
    assert confidence.obstacles(desk.instalment) == [confidence.CONFIDENTIAL_BY_NOW.format(item="5")]


@pytest.mark.django_db
def test_what_is_taken_back_while_the_pack_is_searched_does_not_go_out(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(FINDINGS, SHORT)
    desk.record()
    desk.freeze()

    def meanwhile(*args: object) -> None:
        take_back(letter=desk.letter, why="It was another letter.", by=desk.lead)

    build_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)
    monkeypatch.setattr(publishing, "_check", meanwhile)
    with pytest.raises(NotReadyToPublish, match="The public edition is not published"):
        publish_pack(instalment=desk.instalment, edition=Edition.PUBLIC, by=desk.clerk)
    assert SHORT[0].encode() not in b"".join(worlds.stored().values())
    assert not Bundle.objects.available().exists()
