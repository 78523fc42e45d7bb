"""What stands against a PDF for a paper, and the warnings about one that a clerk passes."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.refusals import moved_refusal
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Paper
from torbay_reports.agenda.restricting import closing_refusal
from torbay_reports.publishing.models import AnyPassedWarning
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.uploads import services as uploads
from torbay_reports.publishing.uploads.refusals import RefusedReason

BUILT: Final = "“{}” is built from the council's own figures, so no file can stand for it. Publish it from its report."
WITHDRAWN: Final = "This paper was withdrawn. Bring the file as a paper of the next supplement."
OPENS: Final = (
    "This paper is {restriction}, and bringing a file does not open it. Choose {restriction}, or bring the file for a "
    "paper that is open."
)
OTHER_GROUND: Final = "This paper is {restriction}. Choose {restriction} for its file too."
REPLACED: Final = "Meanwhile another file was brought for this paper. Go back to the check list and look at that one."
PASSED: Final = "{who} has passed this warning already: “{reason}”"


def refusal(paper: Paper) -> str:
    """Why no PDF can be brought for this paper, with the cure; nothing where one can."""
    if sentence := moved_refusal(paper.item.meeting):
        return sentence
    if paper.is_built:
        return BUILT.format(paper.content.title)
    return WITHDRAWN if paper.is_withdrawn else ""


def check(paper: Paper, restriction: Restriction) -> None:
    """Raises ValidationError where no PDF can be brought for this paper, or none with this restriction."""
    if sentence := refusal(paper):
        raise ValidationError(sentence)
    held = paper.held_back_as
    if held is Restriction.OPEN is not restriction and (sentence := closing_refusal(paper)):
        raise ValidationError({"restriction": sentence})
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
