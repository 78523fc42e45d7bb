"""Urgency and decisions of the world: a published recommendation, a draft, and an item for which urgency is asked."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from tests.urls_matrix.rows import Row, everybody, only
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import AgendaItem, Committee, Decision, Urgency
from torbay_reports.core import clock

KEEPERS: Final = (Role.CLERK,)
MEETING: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6)}
NO_MEETING: Final = ({**MEETING, "committee": "no-such-board"}, {**MEETING, "held_on": date(2017, 9, 7)})
ITEM: Final = {**MEETING, "item": "5"}
NO_ITEM: Final = (*({**ITEM, **each} for each in NO_MEETING), {**ITEM, "item": "99"})
PUBLISHED: Final = {**ITEM, "number": 1}
DRAFT: Final = {**ITEM, "number": 2}
NO_DECISION: Final = (*({**PUBLISHED, **each} for each in NO_ITEM), {**PUBLISHED, "number": 99})

ROWS: Final[tuple[Row, ...]] = (
    Row("agenda:minutes", only(KEEPERS), MEETING, NO_MEETING),
    Row("agenda:meeting-move", only(KEEPERS), MEETING, NO_MEETING),
    Row("agenda:item-carry", only(KEEPERS), ITEM, NO_ITEM),
    Row("agenda:urgent-item-admit", only(KEEPERS), MEETING, NO_MEETING),
    Row("agenda:urgency-ask", only(KEEPERS), ITEM, NO_ITEM),
    Row("agenda:urgency-withdraw", only(KEEPERS), ITEM, NO_ITEM),
    Row("agenda:urgency-decide", only(KEEPERS), ITEM, NO_ITEM),
    Row("agenda:decisions", everybody(200), MEETING, NO_MEETING),
    Row("agenda:decision-draft", only(KEEPERS), ITEM, NO_ITEM),
    Row("agenda:decision", everybody(200), PUBLISHED, (*NO_DECISION, DRAFT)),
    Row("agenda:decision-change", only(KEEPERS), DRAFT, NO_DECISION),
    Row("agenda:decision-publish", only(KEEPERS), DRAFT, NO_DECISION),
    Row("agenda:decision-drop", only(KEEPERS), DRAFT, NO_DECISION),
    Row("agenda:decision-replace", only(KEEPERS), PUBLISHED, NO_DECISION),
    Row("agenda:decision-withdraw", only(KEEPERS), PUBLISHED, NO_DECISION),
    Row("agenda:decision-carry", only(KEEPERS), PUBLISHED, (*NO_DECISION, DRAFT)),
)


def add_minutes(cast: Mapping[Role, User]) -> None:
    """Made after the packs. The meeting is to come still, so that the services would not publish its decisions."""
    clerk, now = cast[Role.CLERK], clock.now()
    item = AgendaItem.objects.get(number=ITEM["item"], meeting__committee__slug=MEETING["committee"])
    council = Committee.objects.get(slug="council")
    Urgency.objects.create(item=item, because="The grant lapses.")
    own = {"item": item, "recorded_at": now, "recorded_by": clerk}
    out = {"published_at": now, "cited_as": "OSB 6 September 2017, item 5, decision 1"}
    Decision.objects.create(**own, number=1, kind="recommended", words="That the forecast be noted.", to=council, **out)
    Decision.objects.create(**own, number=2, kind="noted", words="It was noted.")
