"""Writes: PDFs brought for papers that are to follow, and the warnings about them that a clerk passes."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.composition import paper_key
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.presenting import is_out, page_map, stored_edition
from torbay_reports.core.formatting import page_range
from torbay_reports.publishing.models import PassedWarning, UploadedPdf
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.uploads import services as uploads
from torbay_reports.publishing.uploads.refusals import RefusedReason

BUILT: Final = "“{}” is built from the council's own figures, so no file can stand for it. Publish it from its report."
OUT: Final = (
    "“{title}” stands in the {edition} pack ({pages}), and what has gone out does not change. Bring the newer file as "
    "a paper of the next supplement."
)
OPENS: Final = (
    "This paper is {restriction}, and bringing a file does not open it. Choose {restriction}, or bring the file for a "
    "paper that is open."
)
OTHER_GROUND: Final = "This paper is {restriction}. Choose {restriction} for its file too."
MEANWHILE: Final = (
    "Meanwhile {who} has brought “{name}” for this paper, and that file stands. If yours is to take its place, choose "
    "it again and send it."
)
GONE: Final = "Meanwhile {name} was taken away from this paper. Choose your file again and send it."
REPLACED: Final = "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."
PASSED: Final = "{who} has passed this warning already: “{reason}”"


class BroughtMeanwhile(ValidationError):
    """Somebody else has brought a file since the form was opened; `now` is the key of what stands there."""

    def __init__(self, sentence: str, now: int | None) -> None:
        super().__init__(sentence)
        self.now = now


class _BroughtAlready(Exception):
    """The very file stands there already: what was made of it a second time goes."""

    def __init__(self, paper: Paper, upload: UploadedPdf) -> None:
        self.paper = paper
        self.upload = upload


def refusal(paper: Paper) -> str:
    """Why no PDF can be brought for this paper, with the cure; nothing where one can."""
    if paper.is_built:
        return BUILT.format(paper.title)
    if paper.upload_id is None or not is_out(paper):
        return ""
    edition = Edition.RESTRICTED if paper.is_restricted else Edition.PUBLIC
    pages = page_map(stored_edition(paper.instalment, edition))
    found = pages.papers.get(paper_key(paper.item.number, paper)) if pages else None
    printed = page_range(found.first, found.last) if found else "No page"
    return OUT.format(title=paper.title, edition=edition, pages=printed[0].lower() + printed[1:])


def bring(
    *, paper: Paper, seen: int | None, name: str, data: bytes, restriction: Restriction, by: User
) -> tuple[Paper, UploadedPdf]:
    """Clean a PDF and put it under the paper's item, in the place of the one that the person has seen there, if any.

    An open paper becomes exempt or confidential with its file; a restricted one never becomes open. The same file sent
    twice is brought once. Raises RefusedPdf, ValidationError, BroughtMeanwhile, Paper.DoesNotExist; nothing is then
    kept of the file.
    """
    _check(paper, restriction)
    try:
        with transaction.atomic():
            # Reading the file takes seconds and needs no lock.
            upload = uploads.bring_pdf(name=name, title=paper.title, data=data, restriction=restriction, by=by)
            kept = _locked(paper)
            if kept.upload is not None and _is_same(kept.upload, upload):
                raise _BroughtAlready(kept, kept.upload)
            if kept.upload_id != seen:
                raise BroughtMeanwhile(_meanwhile(kept.upload), kept.upload_id)
            _check(kept, restriction)
            kept.upload = upload
            kept.restriction = restriction.value
            kept.save(update_fields=["upload", "restriction"])
    except _BroughtAlready as already:
        return already.paper, already.upload
    return kept, upload


@transaction.atomic
def pass_warning(*, paper: Paper, upload: int, code: str, page: int, reason: str, by: User) -> PassedWarning:
    """Take a warning about the paper's PDF, known by its key, upon oneself.

    Raises ValidationError where another file stands there by now, where somebody has passed it already, or where the
    reason says nothing.
    """
    kept = _locked(paper)
    if kept.upload is None or kept.upload.pk != upload:
        raise ValidationError(REPLACED)
    passed = kept.upload.passed.select_related("passed_by").filter(code=code, page=page).first()
    if passed is not None:
        raise ValidationError(PASSED.format(who=passed.passed_by.full_name, reason=passed.reason))
    try:
        return uploads.pass_warning(upload=kept.upload, code=code, page=page, reason=reason, by=by)
    except RefusedReason as refused:
        raise ValidationError({"reason": str(refused)}) from refused


def _check(paper: Paper, restriction: Restriction) -> None:
    if sentence := refusal(paper):
        raise ValidationError(sentence)
    held = paper.held_back_as
    if held not in {Restriction.OPEN, restriction}:
        sentence = OPENS if restriction is Restriction.OPEN else OTHER_GROUND
        raise ValidationError({"restriction": sentence.format(restriction=held)})


def _locked(paper: Paper) -> Paper:
    """The paper as it stands, held until the transaction ends. Raises Paper.DoesNotExist."""
    # Two queries: a row that had to be waited for comes without what is joined to it.
    Paper.objects.select_for_update(no_key=True).get(pk=paper.pk)
    rows = Paper.objects.with_content().select_related("item__meeting__committee", "instalment__meeting__committee")
    return rows.get(pk=paper.pk)


def _is_same(there: UploadedPdf, upload: UploadedPdf) -> bool:
    return (there.original_checksum, there.restriction) == (upload.original_checksum, upload.restriction)


def _meanwhile(there: UploadedPdf | None) -> str:
    if there is None:
        return GONE.format(name="the file that stood there")
    return MEANWHILE.format(who=there.uploaded_by.full_name, name=there.name)
