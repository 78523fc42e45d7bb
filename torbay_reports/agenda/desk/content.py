"""What stands for a paper: a report of the council's own figures, frozen now or before. (A file is `bringing`'s.)

One frozen state may stand for papers of several meetings; each pack gives its pages their numbers.
"""

from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.decisions import may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.agenda import bringing, confidence
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.refusals import check_kept, moved_refusal
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.published import frozen_before, was_out, withdrawn_publications
from torbay_reports.agenda.services import publish_paper
from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Document
from torbay_reports.documents.corrections import keep_numbers
from torbay_reports.publishing import differences
from torbay_reports.publishing.differences import Change
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.models import AnyPublication, Publication, RestrictedPublication
from torbay_reports.publishing.selectors import DamagedPublication, document_of

WITHDRAWN: Final = "This paper was withdrawn. Put what is to be read instead on the next supplement as another paper."
IS_OUT: Final = (
    "This paper is published, so what it is made of stays. Freeze its report anew or bring a newer file, and publish "
    "another version of the pack."
)
UNDER_WAY: Final = "A file that {who} has sent for this paper is being looked at. Wait until that is done."
NO_SOURCE: Final = "No report stands for this paper. Choose one first."
NOT_FROZEN_YET: Final = "This report has no frozen state of that number. Go back and look at the list again."
ANOTHER: Final = (
    "This paper is published with another frozen state, by which its paragraphs have their numbers. Freeze it anew "
    "instead: they keep their numbers then."
)
GIVEN_IN_CONFIDENCE: Final = (
    "What this report is built from is confidential by now, so its earlier state cannot stand for an open paper. "
    "Freeze it: the paper becomes confidential."
)
STALE: Final = "Meanwhile somebody has changed what stands for this paper. Look at what stands here now."
NONE: Final = "{source}: there is no such report. {why}"


def seen_of(paper: Paper) -> str:
    """What stands for the paper, as a form carries it: a stale one is told."""
    content = paper.content
    return f"{content.source} {content.subject} {content.publication_id or ''} {content.upload_id or ''}".strip()


def refusal(paper: Paper) -> str:
    """Why another report, or none, cannot stand for this paper; nothing where it can."""
    if paper.is_withdrawn:
        return WITHDRAWN
    return moved_refusal(paper.item.meeting) or (IS_OUT if was_out(paper) else "")


def draft(source: str, subject: str) -> Document:
    """What such a report says now. Raises ValidationError, with the sentence of the source where it has no such."""
    try:
        return registry.source(source).build(subject)
    except (LookupError, ValueError) as error:
        title = next((each.title for each in registry.sources() if each.name == source), source)
        why = error.args[0] if error.args and isinstance(error.args[0], str) else ""
        raise ValidationError({"subject": NONE.format(source=title, why=why).strip()}) from error


@transaction.atomic
def choose(*, paper: Paper, source: str, subject: str, seen: str, by: User) -> Paper:
    """Let a report stand for the paper from now on, still to be frozen; a brought file goes from it.

    Raises ValidationError, Paper.DoesNotExist.
    """
    draft(source, subject)
    kept = _held(paper, seen)
    content = kept.content
    content.source, content.subject = source, subject
    content.publication = content.upload = None
    content.save(update_fields=["source", "subject", "publication", "upload"])
    _note(kept, "a report chosen to stand for a paper", by)
    return kept


@transaction.atomic
def clear(*, paper: Paper, seen: str, by: User) -> Paper:
    """Let no report stand for the paper any more, so that a file can be brought. Raises ValidationError."""
    kept = _held(paper, seen)
    content = kept.content
    if not kept.is_built:
        raise ValidationError(NO_SOURCE)
    content.source = content.subject = ""
    content.publication = None
    content.save(update_fields=["source", "subject", "publication"])
    _note(kept, "a report taken away from a paper, which is to follow again", by)
    return kept


@transaction.atomic
def freeze(*, paper: Paper, seen: str, by: User) -> Paper:
    """Freeze what the paper's report says now. Drawing its charts takes seconds. Raises ValidationError."""
    kept = _held_in_its_meeting(paper, seen)
    if sentence := freeze_refusal(kept):
        raise ValidationError(sentence)
    try:
        kept = publish_paper(paper=kept, by=by)
    except (NotReadyToPublish, PackFault, DamagedPublication) as error:
        raise ValidationError(str(error)) from error
    except LookupError as error:
        raise ValidationError(str(error.args[0]) if error.args else NO_SOURCE) from error
    _note(kept, "the report of a paper frozen", by)
    return kept


def freeze_refusal(paper: Paper) -> str:
    """Why its report cannot be frozen, as far as the paper itself tells; nothing where it can."""
    if paper.is_withdrawn:
        return WITHDRAWN
    return moved_refusal(paper.item.meeting) or ("" if paper.content.source else NO_SOURCE)


def changes(paper: Paper) -> tuple[Change, ...]:
    """What differs for a reader between the frozen state that stands and what would be frozen now. Raises
    ValidationError where nothing can be built, DamagedPublication."""
    frozen = paper.content.publication
    if frozen is None:
        return ()
    before, now = document_of(frozen), draft(paper.content.source, paper.content.subject)
    numbered = frozen_before(paper)
    if numbered is not None:
        now = keep_numbers(document_of(numbered), now)
    # Freezing takes the mark of a draft away.
    return tuple(each for each in differences.between(before, now) if each.where != "Marking")


def frozen_states(paper: Paper, by: User) -> list[AnyPublication]:
    """The frozen states of the paper's report that can stand for it, the newest first, without what they say. Of
    restricted ones only those that stand for a paper which the person keeps. What was withdrawn stays withdrawn."""
    content = paper.content
    if not content.source:
        return []
    if not paper.is_restricted:
        states = Publication.objects.of(content.source, content.subject)
        states = states.exclude(pk__in=withdrawn_publications(restricted=False))
        return list(states.defer("document_json").select_related("frozen_by"))
    restricted = RestrictedPublication.objects.of(content.source, content.subject).filter(restriction=paper.restriction)
    restricted = restricted.exclude(pk__in=withdrawn_publications(restricted=True))
    rows = restricted.defer("document_json").select_related("frozen_by")
    return [
        each
        for each in rows.prefetch_related("papers__paper__item__meeting__committee")
        if any(may(by, Permission.KEEP_PAPERS, held.paper.item.meeting) for held in each.papers.all())
    ]


@transaction.atomic
def attach(*, paper: Paper, number: int, seen: str, by: User) -> Paper:
    """Let a frozen state of its report, known by its key, stand for the paper. Raises ValidationError."""
    kept = _held_in_its_meeting(paper, seen)
    if sentence := freeze_refusal(kept):
        raise ValidationError(sentence)
    state = _state(frozen_states(kept, by), number)
    before = frozen_before(kept)
    if before is not None and before.pk != state.pk:
        raise ValidationError(ANOTHER)
    content = kept.content
    content.publication = state
    try:
        given = confidence.check(kept)
    except NotReadyToPublish as error:
        raise ValidationError(str(error)) from error
    if (given is not None and not kept.is_restricted) or confidence.sentences([kept]):
        raise ValidationError(GIVEN_IN_CONFIDENCE)
    content.save(update_fields=["publication"])
    _note(kept, "an already frozen report attached to a paper", by)
    return kept


def _state(states: Sequence[AnyPublication], number: int) -> AnyPublication:
    found = next((each for each in states if each.pk == number), None)
    if found is None:
        raise ValidationError(NOT_FROZEN_YET)
    return found


def _held(paper: Paper, seen: str) -> Paper:
    kept = _held_in_its_meeting(paper, seen)
    if sentence := refusal(kept):
        raise ValidationError(sentence)
    if file := bringing.under_way(kept):
        raise ValidationError(UNDER_WAY.format(who=file.asked_by.full_name))
    return kept


def _held_in_its_meeting(paper: Paper, seen: str) -> Paper:
    """The meeting first, as everybody holds the two: who moves it waits, or is seen here."""
    check_kept(held_meeting(paper.item.meeting_id))
    kept = held_paper(paper.pk)
    if seen_of(kept) != seen:
        raise ValidationError(STALE)
    return kept


def _note(paper: Paper, says: str, by: User) -> None:
    """Without its title and its report: a restricted paper's are not told."""
    note(meeting=paper.item.meeting, says=f"Item {paper.item.number}: {says}.", by=by)
