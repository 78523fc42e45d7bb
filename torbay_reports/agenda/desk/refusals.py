"""What the desk refuses, in sentences, and how it tells that somebody else has written in between."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from django.core.exceptions import ValidationError

from torbay_reports.agenda.models import Meeting
from torbay_reports.core.formatting import full_date

MOVED: Final = "This meeting is moved to {day}: its agenda is kept there."
MEANWHILE: Final = (
    "Meanwhile somebody has changed this. {now}What you typed stands below: saving it puts it in the place of theirs."
)
SHOWN: Final = 120
"""How many letters of a changed text a sentence quotes."""


class ChangedMeanwhile(ValidationError):
    """What was shown is not what stands there by now; `now` is the mark of that."""

    def __init__(self, now: str, sentence: str) -> None:
        super().__init__(sentence)
        self.now = now


def mark_of(*values: object) -> str:
    """A short mark of these values, which a form carries and a service compares."""
    return sha256(repr(values).encode()).hexdigest()[:32]


def check_seen(seen: str, now: str, stands: Mapping[str, object] | None = None) -> None:
    """Raises ChangedMeanwhile where another mark was shown; its sentence quotes what `stands` there now, by label."""
    if seen == now:
        return
    quoted = [f"{label}: {_short(value)}." for label, value in (stands or {}).items() if value]
    says = f"It says now: {' '.join(quoted)} " if quoted else ""
    raise ChangedMeanwhile(now, MEANWHILE.format(now=says))


def check_kept(meeting: Meeting) -> None:
    """Raises ValidationError where another meeting stands in its place."""
    if sentence := moved_refusal(meeting):
        raise ValidationError(sentence)


def moved_refusal(meeting: Meeting) -> str:
    """That another meeting stands in its place, where its agenda is kept; nothing where none does. One query."""
    return MOVED.format(day=full_date(meeting.moved_to.held_on)) if meeting.moved_to is not None else ""


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…"
