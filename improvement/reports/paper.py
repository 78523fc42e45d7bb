"""The tracker as a paper before a meeting: every count as at the meeting's day."""

from datetime import date
from typing import Final

from improvement.calculations.position import PlanPosition
from improvement.models import Commentary, Plan
from improvement.reports.anchors import step_anchors
from improvement.reports.opening import SUMMARY, opening_blocks, summary
from improvement.reports.since import Since, since_last_meeting
from improvement.reports.steps import tracker_blocks
from improvement.selectors.commentaries import commentary, undecided_small_counts
from improvement.selectors.papers import TRACKER
from improvement.selectors.plans import plan
from improvement.selectors.position import plan_position
from torbay_reports.core.formatting import count
from torbay_reports.documents.blocks import Document, Highlight
from torbay_reports.documents.registry import ReportSource
from torbay_reports.documents.subjects import slug_and_day, subject_of


class UnknownPaper(LookupError):
    """A subject that is no plan's short name and a meeting's day; the message says how one is written."""


def tracker_paper(subject: str) -> Document:
    """The draft of a plan's paper for a subject such as childrens-services/2017-09-06, in a constant number of queries.

    Raises LookupError with a sentence where there is no such plan, or where the subject names no day.
    """
    of, as_at = _plan_and_day(subject)
    position = plan_position(of, as_at)
    return document(subject=subject, position=position, lead=commentary(of, as_at), since=since_last_meeting(of, as_at))


def document(
    *, subject: str, position: PlanPosition, lead: Commentary | None = None, since: Since | None = None
) -> Document:
    """The paper from what was read; asks nothing of the database."""
    anchors = step_anchors(position)
    return Document(
        source=TRACKER,
        subject=subject,
        title=position.title,
        blocks=(*opening_blocks(position, lead, since, anchors), *tracker_blocks(position, anchors)),
        draft=True,
        notice=position.notice,
        highlights=(Highlight(key=SUMMARY, content=summary(position)),),
        orientation="landscape",
    )


def obstacles(subject: str) -> tuple[str, ...]:
    """What the lead still has to decide before this paper may be published. Raises LookupError as its building does."""
    of, as_at = _plan_and_day(subject)
    waiting = undecided_small_counts(of, as_at)
    if not waiting:
        return ()
    first, whether = waiting[0], "it may" if len(waiting) == 1 else "they may"
    place = f"under {first.step} in {first.where}" if first.step else f"in {first.where}"
    counted = count(len(waiting), "sentence counts", "sentences count")
    return (
        f"{counted} one to four children, and the lead has not decided whether {whether} be published.",
        f"The first stands {place}: “{first.sentence}” Decide on the plan's page of small counts.",
    )


def _plan_and_day(subject: str) -> tuple[Plan, date]:
    try:
        slug, as_at = slug_and_day(subject)
    except ValueError:
        raise UnknownPaper(
            f"'{subject}' names no tracker: write the plan and the meeting's day, like childrens-services/2017-09-06."
        ) from None
    return plan(slug), as_at


def subjects(meets_on: date) -> list[str]:
    """Every plan as at the meeting's day; one query."""
    return [subject_of(slug, meets_on) for slug in Plan.objects.order_by("slug").values_list("slug", flat=True)]


SOURCE: Final = ReportSource(
    name=TRACKER,
    title="Improvement tracker",
    build=tracker_paper,
    on_home="sentence",
    obstacles=obstacles,
    subjects=subjects,
)
