"""Papers built from what was given in confidence: they stand in a restricted edition only, until that has ended.

Whether it was is asked of the report source, each time anew: what a paper says of itself may be older.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from torbay_reports.access.models import User
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.grounds import give_confidential_grounds
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Instalment, Paper
from torbay_reports.agenda.published import was_out
from torbay_reports.agenda.restricting import close, closing_refusal
from torbay_reports.agenda.reviews import make_open
from torbay_reports.core import clock
from torbay_reports.core.public_role import public_role
from torbay_reports.documents import registry
from torbay_reports.documents.registry import Confidence
from torbay_reports.publishing.models import Publication
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.selectors import document_of

REVIEWED_AFTER: Final = timedelta(weeks=4)
"""Grounds that the program gives are looked at again so long after."""
NOT_EXEMPT: Final = (
    "Item {item}: an exempt paper is not published, because what it is built from was given in confidence: it is "
    "confidential, and no balance is struck. Put it on the agenda as a confidential paper instead."
)
WAS_OUT: Final = (
    "Item {item}: an open paper is not published again, because what it is built from is confidential by now. Withdraw "
    "it, and put it on the agenda of the next supplement as a confidential paper."
)
WAS_NAMED: Final = (
    "Item {item}: what an open paper is built from was given in confidence, and a published agenda names the paper "
    "already. Withdraw it, and put it on the agenda of the next supplement as a confidential paper."
)
CONFIDENTIAL_BY_NOW: Final = (
    "Item {item}: what an open paper says was published once and is confidential by now. Publish its report anew under "
    "the item, confidential or without that; if it stands in a published pack, withdraw it instead."
)
ENDED: Final = "it was given in confidence, and that has ended"


def check(paper: Paper) -> Confidence | None:
    """Why the paper is confidential as it would be built now; nothing where it is not.

    Raises NotReadyToPublish where it cannot be frozen as a confidential one. Two queries besides the source's own.
    """
    given = registry.confidence(paper.content.source, paper.content.subject)
    if given is not None and paper.held_back_as is not Restriction.CONFIDENTIAL:
        if paper.is_restricted:
            raise NotReadyToPublish(NOT_EXEMPT.format(item=paper.item.number))
        if was_out(paper):
            raise NotReadyToPublish(WAS_OUT.format(item=paper.item.number))
        if closing_refusal(paper):
            raise NotReadyToPublish(WAS_NAMED.format(item=paper.item.number))
    return given


def keep(*, paper: Paper, given: Confidence, by: User) -> None:
    """Make a paper confidential that `check` lets pass, on grounds that name who gave it; one that has grounds keeps
    them. In the transaction that holds it."""
    if not paper.is_restricted:
        # What was frozen in the open stays as history, and stands for no paper.
        paper.publication = None
        paper.save(update_fields=["publication"])
        close(paper=paper, restriction=Restriction.CONFIDENTIAL)
    if not paper.has_grounds:
        give_confidential_grounds(
            paper=paper,
            furnished_by=given.furnished_by,
            prohibited_by=paper.held_back.prohibited_by,
            reason=given.terms,
            review_on=clock.today() + REVIEWED_AFTER,
            names=paper.held_back.names,
            by=by,
        )
        paper.held_back.refresh_from_db()


def sentences(papers: Iterable[Paper]) -> list[str]:
    """A sentence, without a title, for each of these papers that is frozen in the open although its source says by now
    that it is confidential. No query besides those of the sources, which see nothing of it under the public role."""
    return [
        CONFIDENTIAL_BY_NOW.format(item=paper.item.number)
        for paper in papers
        if not paper.is_restricted
        and paper.publication is not None
        and not paper.is_withdrawn
        and _is_confidential(paper, paper.publication)
    ]


def _is_confidential(paper: Paper, frozen: Publication) -> bool:
    given = registry.confidence(paper.source, paper.subject)
    return given is not None or registry.is_withheld(paper.source, lambda: document_of(frozen))


def obstacles(instalment: Instalment) -> list[str]:
    """Why the public edition may not go out. One query besides those of the sources."""
    with public_role():
        frozen = Paper.objects.open().filter(instalment=instalment, publication__isnull=False)
        papers = list(
            frozen.select_related("item", "withdrawn", "publication")
            .defer("publication__document_json", "withdrawn__why", "withdrawn__by")
            .order_by("item__position", "position")
        )
    return sentences(papers)


@transaction.atomic
def release(*, source: str, subject: str, why: str, by: User) -> None:
    """Make every confidential paper open that is built from this: it may be public from now on, as `by` recorded.

    All of them or none. Exempt papers, withdrawn ones and those that an enactment or a court forbids stay as they are.
    """
    built = Q(source=source, subject=subject) | Q(held_back__source=source, held_back__subject=subject)
    # Open ones too: somebody may be about to make one of them confidential, and would be missed.
    waiting = Paper.objects.filter(built).order_by("pk").values_list("pk", flat=True)
    for paper in [held_paper(number) for number in waiting]:
        if _is_due(paper, source, subject):
            make_open(paper=paper, why=why, by=by, reason=ENDED)


def _is_due(paper: Paper, source: str, subject: str) -> bool:
    if paper.held_back_as is not Restriction.CONFIDENTIAL or paper.is_withdrawn:
        return False
    held_back = paper.held_back
    return (held_back.source, held_back.subject) == (source, subject) and not held_back.prohibited_by
