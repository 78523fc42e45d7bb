"""What the addresses name, for who may read it; for everybody else it is as if it were not there."""

from django.http import HttpRequest

from ofsted.models import Inspection, Letter
from ofsted.selectors.letters import find_letter, held_back_letters
from ofsted.views.recording import note_read
from torbay_reports.access.decisions import Decision, may
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import there
from torbay_reports.access.signin.proof import FOR_RESTRICTED_PAPERS, is_recent, require_recent


def inspection_there(request: HttpRequest, slug: str) -> Inspection:
    """The inspection with its plan, which everybody may know of. Raises what `access.reach.there` raises for none."""
    return there(request, Inspection.objects.select_related("plan").filter(slug=slug).first())


def letter_there(
    request: HttpRequest, inspection_slug: str, visit_slug: str, permission: Permission = Permission.READ_LETTER
) -> Letter:
    """The letter of that visit, for who has the permission; the read of a held-back one is recorded before it is shown.

    Raises what `access.reach.require` raises for everybody else, and ProofWanted for a held-back letter where the last
    sign-in is long ago.
    """
    letter, decision = _allowed(request, inspection_slug, visit_slug, permission)
    note_read(request, letter, decision)
    return letter


def letter_named(request: HttpRequest, inspection_slug: str, visit_slug: str, permission: Permission) -> Letter:
    """As `letter_there`, for a page that names the letter by its visit alone: nothing is read, so nothing recorded."""
    return _allowed(request, inspection_slug, visit_slug, permission)[0]


def _allowed(
    request: HttpRequest, inspection_slug: str, visit_slug: str, permission: Permission
) -> tuple[Letter, Decision]:
    letter = there(request, find_letter(inspection_slug, visit_slug))
    obj = letter if permission is Permission.READ_LETTER else letter.visit.inspection
    decision = may(request.user, permission, obj)
    there(request, letter if decision else None)
    if letter.is_held_back:
        require_recent(request)
    return letter, decision


def held_back_for(request: HttpRequest, inspection: Inspection) -> list[Letter]:
    """The held-back letters of the inspection that the reader may read, oldest visit first; nothing is recorded yet.

    No query for who is not signed in.
    """
    if not request.user.is_authenticated:
        return []
    return [each for each in held_back_letters(inspection) if may(request.user, Permission.READ_LETTER, each)]


def shown_of(request: HttpRequest, letters: list[Letter]) -> list[Letter]:
    """Of these held-back letters what may be shown at once: all, each read recorded, or none where the last sign-in is
    too long ago. For pages that show more than one letter; ask it just before."""
    if not letters or not is_recent(request, FOR_RESTRICTED_PAPERS):
        return []
    for each in letters:
        note_read(request, each, may(request.user, Permission.READ_LETTER, each))
    return letters
