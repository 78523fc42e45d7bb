"""The diary of reviews, and what a review leads to: the paper stays as it is, or it is released to the public.

A release makes the paper open with a publication of its own; the clerk then publishes the next version of the pack.
What was held back stays as history (`RestrictedPaper.released_on`) and is read as the paper's content no more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.decisions import Decision, holds
from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.roles import Role
from torbay_reports.agenda.grounds import check_review, ground_words
from torbay_reports.agenda.history import note
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Committee, Paper
from torbay_reports.agenda.readers import waits_for_decision
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date
from torbay_reports.documents import registry
from torbay_reports.publishing.models import Publication
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.selectors import document_of
from torbay_reports.publishing.services import publish
from torbay_reports.publishing.uploads.copies import open_copy

OFFICERS: Final = (Role.CLERK, Role.MONITORING_OFFICER)
SOON: Final = timedelta(days=30)
OPEN: Final = "This paper is open already."
NO_GROUNDS: Final = "Nobody has given the grounds of this paper yet, so there is nothing to review. Give its grounds."
NOTHING_THERE: Final = "Nothing has been brought for this paper yet, so there is nothing to release."
WITHDRAWN: Final = "This paper is withdrawn, so there is nothing to release."
IN_CONFIDENCE: Final = (
    "{terms} What was given in confidence must be withheld (section 100A(2) and (3)); there is no balance to strike. "
    "This paper becomes open by itself once somebody records that it may be public."
)


@dataclass(frozen=True)
class DiaryLine:
    """A paper with the day of its next review; `reviews` tells whether the reader is who reviews it."""

    paper: Paper
    day: date
    ground: str
    waits_for_decision: bool
    reviews: bool


@dataclass(frozen=True)
class Diary:
    """The reviews that are due, those of the next 30 days, and later ones, each soonest first."""

    due: list[DiaryLine]
    soon: list[DiaryLine]
    later: list[DiaryLine]


def may_read_diary(person: User, on: date) -> Decision:
    """The monitoring officer, and clerks, who read of their own committees."""
    return holds(person, OFFICERS, on)


def diary(person: User) -> Diary:
    """What of the diary the person may read today; two queries besides their roles."""
    today = clock.today()
    lines = list(_lines(person, today))
    return Diary(
        due=[each for each in lines if each.day <= today],
        soon=[each for each in lines if today < each.day <= today + SOON],
        later=[each for each in lines if each.day > today + SOON],
    )


def _lines(person: User, today: date) -> Iterable[DiaryLine]:
    slugs = [
        slug
        for slug in Committee.objects.values_list("slug", flat=True)
        if holds(person, OFFICERS, today, "committee", slug)
    ]
    papers = (
        Paper.objects.exclude(restriction=Restriction.OPEN.value)
        .filter(item__meeting__committee__slug__in=slugs, held_back__review_on__isnull=False)
        .select_related("held_back", "item__meeting__committee")
        .order_by("held_back__review_on", "item__meeting__held_on", "item__position", "position")
    )
    reviews = bool(holds(person, (Role.MONITORING_OFFICER,), today))
    for paper in papers:
        day = paper.held_back.review_on
        assert day is not None  # the query asks for those that have one
        yield DiaryLine(paper, day, ground_words(paper), waits_for_decision(paper), reviews)


@transaction.atomic
def keep_back(*, paper: Paper, reason: str, review_on: date, by: User) -> Paper:
    """Say that a reviewed paper stays as it is, why, and when it is looked at again.

    Raises ValidationError, Paper.DoesNotExist.
    """
    kept = held_paper(paper.pk)
    if sentence := review_refusal(kept):
        raise ValidationError(sentence)
    check_review(kept, review_on)
    kept.held_back.review_on = review_on
    kept.held_back.save(update_fields=["review_on"])
    says = f"It stays {kept.held_back_as}: {reason} Next review on {long_date(review_on)}."
    note(paper=kept, kind=RecordKind.PAPER_REVIEWED, says=says, by=by)
    return kept


def review_refusal(paper: Paper) -> str:
    """Why there is nothing to review; nothing where there is."""
    if not paper.is_restricted:
        return OPEN
    return "" if paper.has_grounds else NO_GROUNDS


def release_refusal(paper: Paper) -> str:
    """Why the paper cannot be released; nothing where it can."""
    if not paper.is_restricted:
        return OPEN
    if not paper.is_there:
        return NOTHING_THERE
    if paper.is_withdrawn:
        return WITHDRAWN
    given = registry.confidence(paper.content.source, paper.content.subject)
    return IN_CONFIDENCE.format(terms=given.terms) if given is not None else ""


@transaction.atomic
def release(*, paper: Paper, why: str, by: User) -> Paper:
    """Make a reviewed paper open, with a publication or a file of its own that the public may read.

    Nobody but its clerk reads it before the next version of the pack is published. Warnings about a brought file wait
    to be passed anew. `why` says what has changed. Raises ValidationError, DamagedPublication, Paper.DoesNotExist.
    """
    # A pack that is being stored holds its papers, so it is seen here, or sees the paper open.
    kept = held_paper(paper.pk)
    if sentence := release_refusal(kept):
        raise ValidationError(sentence)
    make_open(paper=kept, why=why, by=by)
    return kept


def make_open(*, paper: Paper, why: str, by: User, reason: str = "") -> None:
    """Make a restricted paper open with what is there of it, in the transaction that holds it.

    `reason` is for the record: why somebody might who does not decide about it. Raises DamagedPublication.
    """
    says = f"{ground_words(paper)} until now. Released: {why}"
    note(paper=paper, kind=RecordKind.PAPER_RELEASED, says=says, by=by, reason=reason)
    held_back = paper.held_back
    paper.title, paper.source, paper.subject = held_back.title, held_back.source, held_back.subject
    if held_back.publication is not None:
        opened = publish(document=document_of(held_back.publication), restriction=Restriction.OPEN, by=by)
        assert isinstance(opened, Publication)
        paper.publication = opened
    if held_back.upload_id is not None:
        paper.upload = open_copy(upload=held_back.upload_id)
    paper.restriction = Restriction.OPEN.value
    paper.descriptions, paper.description_list = [], None
    paper.save()
    held_back.released_on = clock.today()
    held_back.save(update_fields=["released_on"])
