"""The pages about what stands for a paper, who opens it, and each part of a pack."""

from datetime import date
from typing import Final

from tests.urls_matrix import brought, held_back
from tests.urls_matrix.people import NOBODY
from tests.urls_matrix.rows import Row, only
from tests.urls_matrix.tracker import Number
from torbay_reports.access.roles import Role
from torbay_reports.publishing.models import Publication

MEETING: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6)}
NO_MEETING: Final = ({**MEETING, "committee": "no-such-board"}, {**MEETING, "held_on": date(2017, 9, 7)})
PART: Final = {**MEETING, "instalment": 1}
NO_PART: Final = (*({**PART, **each} for each in NO_MEETING), {**PART, "instalment": 9})
EDITION: Final = {**PART, "edition": "public"}
NO_EDITION: Final = (*({**EDITION, **each} for each in NO_PART), {**EDITION, "edition": "no-such-edition"})
PAPER: Final = {**MEETING, **brought.TO_FOLLOW}
NO_PAPER: Final = (
    *({**PAPER, **each} for each in NO_MEETING),
    {**PAPER, "item": "99"},
    {**PAPER, "paper": "no-such-paper"},
)
HELD_BACK: Final = {**MEETING, **held_back.HELD_BACK}
REPORT: Final = {**MEETING, "item": "5", "paper": "revenue-budget-monitoring"}
STATE: Final = {
    **REPORT,
    "number": Number(lambda: Publication.objects.filter(source="budget.quarterly").values_list("pk", flat=True)[0]),
}
NO_STATE: Final = ({**STATE, **NO_PAPER[0]}, {**STATE, "number": NOBODY})
KEEPERS: Final = (Role.CLERK,)
OFFICERS: Final = (Role.CLERK, Role.MONITORING_OFFICER)

ROWS: Final[tuple[Row, ...]] = (
    Row("agenda:openings", only(OFFICERS)),
    Row("agenda:instalment-build", only(KEEPERS), PART, NO_PART),
    Row("agenda:instalment-build", only((), 404), PART, NO_PART, method="POST"),
    Row("agenda:instalment-build-progress", only(KEEPERS), PART, NO_PART),
    Row("agenda:instalment-built-pack", only(OFFICERS), EDITION, NO_EDITION),
    Row("agenda:instalment-built-pack", only(OFFICERS), {**EDITION, "edition": "restricted"}, NO_EDITION),
    Row("agenda:instalment-publish", only(KEEPERS), EDITION, NO_EDITION),
    Row("agenda:instalment-publish", only(KEEPERS), {**EDITION, "edition": "restricted"}, NO_EDITION),
    Row("agenda:exclusion", only(KEEPERS), MEETING, NO_MEETING),
    Row("agenda:paper-content", only(KEEPERS), PAPER, NO_PAPER),
    Row("agenda:paper-content", only(KEEPERS), PAPER, NO_PAPER, method="POST"),
    Row("agenda:paper-content", only(KEEPERS), HELD_BACK, NO_PAPER),
    Row("agenda:content-freeze", only(KEEPERS), PAPER, NO_PAPER),
    Row("agenda:content-freeze", only(KEEPERS), REPORT, NO_PAPER),
    Row("agenda:content-attach", only(KEEPERS), STATE, NO_STATE),
    Row("agenda:content-clear", only(KEEPERS), PAPER, NO_PAPER),
    Row("agenda:opening-end", only(OFFICERS), PAPER, NO_PAPER),
    Row("agenda:opening-end", only(OFFICERS), HELD_BACK, NO_PAPER),
)
