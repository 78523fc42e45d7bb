"""Which paper of a plan was the last before a day, and what has been written since the last of them was frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from improvement.models import Change, Plan, Update
from improvement.selectors.history import PEOPLE
from improvement.selectors.standing import updates_known
from torbay_reports.publishing.models import Publication

TRACKER: Final = "improvement.tracker"
"""The name under which the plan's paper is published; its subject is the plan's short name and the paper's date."""


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A tracker that was published: the meeting's day that it is as at, and when it was frozen."""

    as_at: date
    frozen_at: datetime


def last_paper(plan: Plan, before: date) -> EarlierPaper | None:
    """The newest version of the latest paper that is as at an earlier day; one query."""
    rows = Publication.objects.filter(source=TRACKER, subject__startswith=f"{plan.slug}/").order_by("-version")
    papers = [
        EarlierPaper(day, frozen_at)
        for subject, frozen_at in rows.values_list("subject", "frozen_at")
        if (day := _day(subject.removeprefix(f"{plan.slug}/"))) is not None and day < before
    ]
    return max(papers, key=lambda paper: (paper.as_at, paper.frozen_at), default=None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field that was changed, once or several times: what is told goes from the first value to the last."""

    first: Change
    last: Change

    @property
    def comes_or_goes(self) -> bool:
        """Whether the thing itself was added or dropped."""
        return self.first.field in ("added", "dropped")

    @property
    def is_told(self) -> bool:
        """Whether anything is different in the end."""
        return self.comes_or_goes or self.first.before != self.last.after


def changes_since(plan: Plan, moment: datetime, as_at: date) -> list[ChangedField]:
    """What was changed in the plan after that moment and counts by that day, the oldest first; one query.

    Who answers for an owner's name is nobody's business but the lead's.
    """
    rows = Change.objects.filter(plan=plan, made_at__gt=moment, effective_on__lte=as_at).exclude(field=PEOPLE)
    found: dict[tuple[int | str, str], list[Change]] = {}
    for each in rows.order_by("pk"):
        found.setdefault((each.step_id or each.about, each.field), []).append(each)
    fields = (ChangedField(changes[0], changes[-1]) for changes in found.values())
    return [field for field in fields if field.is_told]


def updates_since(plan: Plan, moment: datetime, as_at: date) -> list[Update]:
    """The updates that were written or accepted after that moment and count by that day, by step; one query."""
    rows = updates_known(as_at).filter(Q(written_at__gt=moment) | Q(decision__decided_at__gt=moment))
    return list(rows.filter(step__action__plan=plan).select_related("step__action").order_by("step", "position"))
