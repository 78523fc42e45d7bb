"""Turning a brought paper that is restricted by mistake into a public one: one person asks, another confirms.

What is asked stands as long as the paper does as the asking person saw it: a newer file, another title, grounds that
are given, or a pack that holds it make the asking void. So does that the asking person may no longer confirm one.
"""

from collections.abc import Collection
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.decisions import Decision, may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.selectors import read_assignments
from torbay_reports.agenda import restricting
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.refusals import mark_of
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import HeldBackEntry, Meeting, OpeningAsked, Paper
from torbay_reports.agenda.published import were_out
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


def may_confirm(person: User, paper: Paper, meeting: Meeting | None = None) -> Decision:
    """The meeting's clerk or the monitoring officer; that it is not who has asked is another question. `meeting` is the
    paper's, where it is read already."""
    of = meeting or paper.item.meeting
    return may(person, Permission.DECIDE_EXEMPTIONS, of) or may(person, Permission.KEEP_PAPERS, of)


def asked(paper: Paper) -> OpeningAsked | None:
    """Who asks that the paper be opened as it stands now; None where nobody does. Four queries at most."""
    row = OpeningAsked.objects.select_related("asked_by").filter(paper=paper).first()
    return row if row is not None and _stands(row, paper) else None


def asked_of(papers: Collection[Paper], meeting: Meeting) -> dict[int, OpeningAsked]:
    """Who asks that one of these papers of the meeting be opened as it stands, by the key of its file; four queries."""
    by_key = {paper.pk: paper for paper in papers if paper.is_restricted}
    rows = list(OpeningAsked.objects.select_related("asked_by").filter(paper__in=by_key))
    out = _read_for(rows)
    return {row.upload: row for row in rows if _stands(row, by_key[row.paper_id], meeting, out)}


def waiting(person: User) -> list[OpeningAsked]:
    """What waits for a confirmation in the committees of the clerk or monitoring officer, with its papers, the oldest
    first; five queries besides their own roles."""
    papers = Paper.objects.with_content(restricted=True).select_related("item__meeting__committee")
    found = papers.filter(opening_asked__isnull=False).in_bulk()
    rows = list(OpeningAsked.objects.select_related("asked_by").filter(paper__in=found).order_by("asked_at", "pk"))
    out = _read_for(rows)
    standing = []
    for row in rows:
        row.paper = found[row.paper_id]
        if may_confirm(person, row.paper) and _stands(row, row.paper, out=out):
            standing.append(row)
    return standing


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


def _read_for(rows: Collection[OpeningAsked]) -> set[int]:
    """Reads the roles of all who ask, and which of the papers were out."""
    if not rows:
        return set()
    read_assignments([row.asked_by for row in rows])
    return were_out([row.paper_id for row in rows])


def _stands(
    row: OpeningAsked, paper: Paper, meeting: Meeting | None = None, out: Collection[int] | None = None
) -> bool:
    if restricting.refusal(paper, out) or paper.content.upload_id != row.upload:
        return False
    return bool(may_confirm(row.asked_by, paper, meeting))


def _standing(paper: Paper) -> OpeningAsked:
    row = asked(paper)
    if row is None:
        raise ValidationError(NOT_ASKED)
    return row


def _note(paper: Paper, says: str, by: User) -> None:
    """Without its title, and without why: both may tell what is not for publication."""
    about = f"Item {paper.item.number}, a paper that is {paper.held_back_as}"
    note(meeting=paper.item.meeting, says=f"{about}: {says}.", by=by)
