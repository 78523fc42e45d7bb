"""Turning a brought paper that is restricted by mistake into a public one: one person asks, another confirms.

What is asked stands as long as the paper does as the asking person saw it: a newer file, another title, grounds that
are given, or a pack that holds it make the asking void. So does that the asking person may no longer confirm one.
"""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.decisions import Decision, may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.agenda import restricting
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.refusals import mark_of
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import HeldBackEntry, OpeningAsked, Paper
from torbay_reports.core import clock

ASKED_ALREADY: Final = (
    "{who} has asked already that this paper be opened. Look at what they say, and confirm it or not."
)
NOT_ASKED: Final = (
    "Nobody asks any more that this paper be opened as it stands now: that was taken back, declined, or the paper has "
    "changed since. Look at it, and ask anew."
)
CHANGED: Final = (
    "Meanwhile the paper's title, or what somebody asks for it, has changed. Open this page again, and look at what it "
    "says now."
)
ANOTHER: Final = "Somebody else has to confirm it: another clerk of the {committee}, or the monitoring officer."
NO_REASON: Final = "Say in a few words why the paper is to be open."


def may_confirm(person: User, paper: Paper) -> Decision:
    """The meeting's clerk or the monitoring officer; that it is not who has asked is another question."""
    decides = may(person, Permission.DECIDE_EXEMPTIONS, paper.item.meeting)
    return decides or may(person, Permission.KEEP_PAPERS, paper.item.meeting)


def asked(paper: Paper) -> OpeningAsked | None:
    """Who asks that the paper be opened as it stands now; None where nobody does. Four queries at most."""
    row = OpeningAsked.objects.select_related("asked_by").filter(paper=paper).first()
    if row is None or restricting.refusal(paper) or paper.content.upload_id != row.upload:
        return None
    return row if may_confirm(row.asked_by, paper) else None


def opening_mark(paper: Paper, row: OpeningAsked) -> str:
    """What the form of who confirms carries of what was shown: the file, the title, who asked and why."""
    content = paper.content
    return mark_of(content.upload_id, content.title, row.why, row.asked_by_id)


@transaction.atomic
def ask(*, paper: Paper, upload: int, why: str, by: User) -> OpeningAsked:
    """Ask that the paper be opened with the file that the person has seen, known by its key.

    Raises ValidationError where it cannot be opened or somebody has asked already, Paper.DoesNotExist.
    """
    kept = held_paper(paper.pk)
    restricting.check(kept, upload)
    why = " ".join(why.split())
    if not why:
        raise ValidationError({"why": NO_REASON})
    if there := asked(kept):
        raise ValidationError(ASKED_ALREADY.format(who=there.asked_by.full_name))
    OpeningAsked.objects.filter(paper=kept).delete()
    _note(kept, "asked that it be opened to the public", by)
    return OpeningAsked.objects.create(paper=kept, upload=upload, why=why, asked_at=clock.now(), asked_by=by)


@transaction.atomic
def confirm(*, paper: Paper, upload: int, seen: str, by: User) -> Paper:
    """Open the paper to the public, as another person has asked, and as `seen` (`opening_mark`).

    Raises ValidationError for who has asked, and where nobody asks for the paper as it was seen; Paper.DoesNotExist.
    """
    kept = held_paper(paper.pk)
    restricting.check(kept, upload)
    row = _standing(kept)
    if row.asked_by_id == by.pk:
        raise ValidationError(ANOTHER.format(committee=kept.item.meeting.committee))
    if seen != opening_mark(kept, row):
        raise ValidationError(CHANGED)
    asker, why = row.asked_by, row.why
    row.delete()
    HeldBackEntry.objects.create(
        paper=kept,
        kind=RecordKind.PAPER_RELEASED.value,
        at=clock.now(),
        by=by,
        says=f"Opened to the public. {asker.full_name} asked for it: “{why}” {by.full_name} confirmed it.",
    )
    _note(kept, "opened to the public, as another person had asked", by)
    reason = f"asked by {asker.full_name}, confirmed by {by.full_name}: {may_confirm(by, kept).reason}"
    return restricting.open_to_public(paper=kept, upload=upload, why=reason, by=by)


@transaction.atomic
def decline(*, paper: Paper, by: User) -> None:
    """Leave the paper restricted; who has asked takes it back by this. Raises ValidationError where nobody asks."""
    kept = held_paper(paper.pk)
    row = _standing(kept)
    takes_back = row.asked_by_id == by.pk
    row.delete()
    _note(kept, "taken back that it be opened to the public" if takes_back else "declined to open it to the public", by)


def _standing(paper: Paper) -> OpeningAsked:
    row = asked(paper)
    if row is None:
        raise ValidationError(NOT_ASKED)
    return row


def _note(paper: Paper, says: str, by: User) -> None:
    """Without its title, and without why: both may tell what is not for publication."""
    about = f"Item {paper.item.number}, a paper that is {paper.held_back_as}"
    note(meeting=paper.item.meeting, says=f"{about}: {says}.", by=by)
