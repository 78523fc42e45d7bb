"""Closing an open paper, and opening a brought one that is exempt or confidential by mistake. Who may do that stands in
`opening`: it takes two persons.

What of a paper is not for publication stands in a row of its own: closing moves title and content there, and gives the
paper an address that does not tell its title.
"""

from collections.abc import Collection
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import AgendaItem, Paper, RestrictedPaper
from torbay_reports.agenda.published import is_named, is_upload_out, was_out
from torbay_reports.agenda.slugs import free_slug, wanted_slug
from torbay_reports.publishing.models import UploadedPdf
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads.copies import open_copy

OPEN_ALREADY: Final = "“{}” is open already."
NOT_BROUGHT: Final = "“{}” has no brought PDF, and only such a paper can be opened here."
WITHDRAWN: Final = "This paper was withdrawn, and what was withdrawn is not opened."
GROUNDS_GIVEN: Final = (
    "Grounds are given for keeping this paper back, so it is no mistake: the monitoring officer reviews and releases "
    "it."
)
OUT: Final = (
    "“{title}” stands in a pack as {restriction}, and what has gone out does not change. If it was to be open, bring "
    "it as an open paper of the next supplement."
)
CLOSES_WHAT_IS_OUT: Final = (
    "This paper is published, so no file can close it: withdraw it first, and bring the file as another paper."
)
CLOSES_WHAT_IS_NAMED: Final = (
    "A published agenda names this paper, so that everybody may know its title, and it cannot be closed any more. "
    "Withdraw it first: its title goes too. Then add another paper, exempt or confidential from the beginning."
)
REPLACED: Final = "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."


def refusal(paper: Paper, out: Collection[int] | None = None) -> str:
    """Why this paper cannot be opened, with the cure; nothing where it can. Two queries at most, none where `out` has
    the keys of those papers that were out."""
    if paper.is_withdrawn:
        return WITHDRAWN
    if not paper.is_restricted:
        return OPEN_ALREADY.format(paper.content.title)
    if paper.content.upload_id is None:
        return NOT_BROUGHT.format(paper.content.title)
    if paper.has_grounds:
        return GROUNDS_GIVEN
    if was_out(paper) if out is None else paper.pk in out:
        return OUT.format(title=paper.content.title, restriction=paper.held_back_as)
    return ""


def check(paper: Paper, upload: int) -> None:
    """Raises ValidationError where this paper cannot be opened, or not with this file."""
    if sentence := refusal(paper):
        raise ValidationError(sentence)
    if paper.content.upload_id != upload:
        raise ValidationError(REPLACED)


def closing_refusal(paper: Paper) -> str:
    """Why an open paper cannot be closed, with the cure; nothing where it can. Three queries at most."""
    if was_out(paper):
        return CLOSES_WHAT_IS_OUT
    return CLOSES_WHAT_IS_NAMED if is_named(paper) else ""


def close(*, paper: Paper, restriction: Restriction) -> RestrictedPaper:
    """Make an open paper that is not out exempt or confidential; in the transaction that holds it.

    A file that was brought for it goes: what stands for it from now on is brought among the restricted ones. One that
    was restricted before begins anew, without its grounds and without whom it was opened to. Its address no longer
    tells its title. Raises ValidationError where a public version names it.
    """
    if is_named(paper):
        raise ValidationError(CLOSES_WHAT_IS_NAMED)
    upload = paper.upload_id
    # Of two that are closed at once under an item the second waits here for the name of the first.
    AgendaItem.objects.select_for_update(no_key=True).get(pk=paper.item_id)
    RestrictedPaper.objects.filter(paper=paper).delete()
    paper.admissions.all().delete()
    held_back = RestrictedPaper.objects.create(
        paper=paper, title=paper.title, source=paper.source, subject=paper.subject
    )
    paper.title = paper.source = paper.subject = ""
    paper.upload = None
    paper.restriction = restriction.value
    paper.slug = free_slug(paper.item, wanted_slug("", restriction), but=paper)
    paper.save(update_fields=["title", "source", "subject", "upload", "restriction", "slug"])
    if upload is not None and not is_upload_out(upload):
        # Another meeting's paper may share it, or a version that is out.
        UploadedPdf.objects.filter(pk=upload, papers=None).delete()
    paper.held_back = held_back
    return held_back


@transaction.atomic
def open_to_public(*, paper: Paper, upload: int, why: str, by: User) -> Paper:
    """Open a brought paper with the file that two persons have seen, known by its key (`opening.confirm`).

    `why` says for the record who asked, who confirmed, and why they may. Packs that are stored stay as they are, and
    warnings about the file wait to be passed anew: a reason for a few readers may be none for all. Raises
    ValidationError, Paper.DoesNotExist.
    """
    # A pack that is being stored holds its papers, so it is seen here, or sees the paper open.
    kept = held_paper(paper.pk)
    check(kept, upload)
    held_back = kept.content
    was = kept.held_back_as
    kept.title = held_back.title
    kept.upload = open_copy(upload=upload)
    kept.restriction = Restriction.OPEN.value
    kept.descriptions, kept.description_list = [], None
    kept.save(update_fields=["title", "upload", "restriction", "descriptions", "description_list"])
    held_back.delete()
    record(
        kind=RecordKind.PAPER_OPENED,
        person=by,
        about=f"{was.capitalize()} paper under item {kept.item.number}, {kept.item.meeting}",
        key=f"paper:{kept.pk} upload:{upload} now upload:{kept.upload.pk}",
        reason=why,
    )
    return kept
