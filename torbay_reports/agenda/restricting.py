"""Opening a brought paper that is exempt or confidential by mistake, as long as no pack holds it."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.agenda.composition import pack_key, paper_key
from torbay_reports.agenda.models import Paper
from torbay_reports.publishing.models import StoredPack
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads.copies import open_copy

OPEN_ALREADY: Final = "“{}” is open already."
NOT_BROUGHT: Final = "“{}” has no brought PDF, and only such a paper can be opened here."
OUT: Final = (
    "“{title}” stands in a pack as {restriction}, and what has gone out does not change. If it was to be open, bring "
    "it as an open paper of the next supplement."
)
REPLACED: Final = "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."


def refusal(paper: Paper) -> str:
    """Why this paper cannot be opened, with the cure; nothing where it can. One query at most."""
    if not paper.is_restricted:
        return OPEN_ALREADY.format(paper.title)
    if paper.upload_id is None:
        return NOT_BROUGHT.format(paper.title)
    # In whichever edition: where a pack and the paper disagree nothing is opened.
    packs = StoredPack.objects.filter(key=pack_key(paper.instalment))
    if packs.filter(pages__papers__has_key=paper_key(paper.item.number, paper)).exists():
        return OUT.format(title=paper.title, restriction=paper.held_back_as)
    return ""


@transaction.atomic
def open_to_public(*, paper: Paper, upload: int, why: str, by: User) -> Paper:
    """Open a brought paper with the file that the person has seen, known by its key; recorded under their name.

    `why` says why they may, for the record. Packs that are stored stay as they are, and warnings about the file wait to
    be passed anew: a reason for a few readers may be none for all. Raises ValidationError, Paper.DoesNotExist.
    """
    # A pack that is being stored holds its papers, so it is seen here, or sees the paper open.
    Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    rows = Paper.objects.with_content().select_related("item__meeting__committee", "instalment__meeting__committee")
    kept = rows.get(pk=paper.pk)
    if sentence := refusal(kept):
        raise ValidationError(sentence)
    if kept.upload_id != upload:
        raise ValidationError(REPLACED)
    was = kept.held_back_as
    kept.upload = open_copy(upload=upload)
    kept.restriction = Restriction.OPEN.value
    kept.save(update_fields=["upload", "restriction"])
    record(
        kind=RecordKind.PAPER_OPENED,
        person=by,
        about=f"{was.capitalize()} paper under item {kept.item.number}, {kept.item.meeting}",
        key=f"paper:{kept.pk} upload:{upload} now upload:{kept.upload.pk}",
        reason=why,
    )
    return kept
