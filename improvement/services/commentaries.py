"""Writes the commentary that opens the paper, and decides on small counts before it is published."""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from improvement.calculations.updating import tidy
from improvement.models import Commentary, Plan, SmallCountDecision
from improvement.selectors.commentaries import commentary
from improvement.selectors.standing import usual_day
from improvement.services.writing import locked_plan
from torbay_reports.access.models import User
from torbay_reports.core import clock

LONGEST_COMMENTARY: Final = 20_000


class CommentaryHasMoved(Exception):
    """Somebody wrote a commentary while this writer did: nothing was stored. `newest` is theirs."""

    def __init__(self, newest: Commentary) -> None:
        super().__init__("Somebody wrote a commentary while you did. Read theirs, look at yours, and save it again.")
        self.newest = newest


@transaction.atomic
def write_commentary(*, plan: Plan, text: str, by: User, seen: int | None = None) -> Commentary:
    """Writes the commentary that opens papers from today on; the earlier ones stay.

    `seen` is the number (primary key) of the newest one that the writer has read, 0 where there was none. The same
    words sent twice are stored once. Raises ValidationError for no words, CommentaryHasMoved when there is a newer one.
    """
    held = locked_plan(plan.pk)
    words = tidy(text)
    if not words:
        raise ValidationError("Write the commentary: what the Board should know before it reads the tracker.")
    if len(words) > LONGEST_COMMENTARY:
        raise ValidationError(f"The commentary is too long. Write at most {LONGEST_COMMENTARY:,} characters.")
    newest = commentary(held, usual_day(held)) if seen is not None else None
    if newest is not None and newest.pk != seen:
        if (newest.text, newest.written_by) == (words, by):
            return newest
        raise CommentaryHasMoved(newest)
    return Commentary.objects.create(
        plan=held, text=words, written_on=clock.today(), written_at=clock.now(), written_by=by
    )


@transaction.atomic
def keep_small_count(*, plan: Plan, sentence: str, reason: str, by: User) -> SmallCountDecision:
    """Decides that the sentence may be published as it stands. Raises ValidationError without a reason or decided."""
    held = locked_plan(plan.pk)
    if not tidy(reason):
        raise ValidationError("Say why nobody can recognise a child in this sentence.")
    before = SmallCountDecision.objects.select_related("decided_by").filter(plan=held, sentence=sentence).first()
    if before is not None:
        raise ValidationError(f"{before.decided_by.full_name} has decided on this sentence already.")
    return SmallCountDecision.objects.create(
        plan=held, sentence=sentence, reason=tidy(reason), decided_at=clock.now(), decided_by=by
    )
