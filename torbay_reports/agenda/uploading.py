"""What stands against a PDF for a paper, and the warnings about one that a clerk passes."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.composition import paper_key
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.presenting import is_out, page_map, stored_edition
from torbay_reports.core.formatting import page_range
from torbay_reports.publishing.models import AnyPassedWarning
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
REPLACED: Final = "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."
PASSED: Final = "{who} has passed this warning already: “{reason}”"


def refusal(paper: Paper) -> str:
    """Why no PDF can be brought for this paper, with the cure; nothing where one can."""
    if paper.is_built:
        return BUILT.format(paper.content.title)
    if paper.content.upload_id is None or not is_out(paper):
        return ""
    edition = Edition.RESTRICTED if paper.is_restricted else Edition.PUBLIC
    pages = page_map(stored_edition(paper.instalment, edition))
    found = pages.papers.get(paper_key(paper.item.number, paper)) if pages else None
    printed = page_range(found.first, found.last) if found else "No page"
    return OUT.format(title=paper.content.title, edition=edition, pages=printed[0].lower() + printed[1:])


def check(paper: Paper, restriction: Restriction) -> None:
    """Raises ValidationError where no PDF can be brought for this paper, or none with this restriction."""
    if sentence := refusal(paper):
        raise ValidationError(sentence)
    held = paper.held_back_as
    if held not in {Restriction.OPEN, restriction}:
        sentence = OPENS if restriction is Restriction.OPEN else OTHER_GROUND
        raise ValidationError({"restriction": sentence.format(restriction=held)})


@transaction.atomic
def pass_warning(*, paper: Paper, upload: int, code: str, page: int, reason: str, by: User) -> AnyPassedWarning:
    """Take a warning about the paper's PDF, known by its key, upon oneself.

    Raises ValidationError where another file stands there by now, where somebody has passed it already, or where the
    reason says nothing.
    """
    kept = held_paper(paper.pk)
    brought = kept.content.upload
    if brought is None or brought.pk != upload:
        raise ValidationError(REPLACED)
    passed = brought.passed.select_related("passed_by").filter(code=code, page=page).first()
    if passed is not None:
        raise ValidationError(PASSED.format(who=passed.passed_by.full_name, reason=passed.reason))
    try:
        return uploads.pass_warning(upload=brought, code=code, page=page, reason=reason, by=by)
    except RefusedReason as refused:
        raise ValidationError({"reason": str(refused)}) from refused
