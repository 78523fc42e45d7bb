"""Who may ask for the addresses of the clerk's desk: its committee's clerk; for those of committees administrators."""

from datetime import date
from typing import Final

from tests.urls_matrix.rows import ELSEWHERE, Row, only
from torbay_reports.access.roles import Role

CLERKS: Final = (Role.CLERK,)
ADMINISTRATORS: Final = (Role.ADMINISTRATOR,)

MEETING: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6)}
NO_MEETING: Final = ({**MEETING, "committee": "no-such-board"}, {**MEETING, "held_on": date(2017, 9, 7)})
ITEM: Final = {**MEETING, "item": "5"}
NO_ITEM: Final = (*({**ITEM, **each} for each in NO_MEETING), {**ITEM, "item": "99"})
PAPER: Final = {**ITEM, "paper": "revenue-budget-monitoring"}
NO_PAPER: Final = (*({**PAPER, **each} for each in NO_ITEM), {**PAPER, "paper": "no-such-paper"})
HELD_BACK: Final = {**MEETING, "item": "7", "paper": "held-back"}
PART: Final = {**MEETING, "instalment": 1}
NO_PART: Final = (*({**PART, **each} for each in NO_MEETING), {**PART, "instalment": 99})
COMMITTEE: Final = {"committee": "overview-and-scrutiny-board"}

ROWS: Final[tuple[Row, ...]] = (
    Row("agenda:meeting-add", only(CLERKS)),
    Row("agenda:committees-kept", only(ADMINISTRATORS)),
    Row("agenda:committee-add", only(ADMINISTRATORS)),
    Row("agenda:committee-edit", only(ADMINISTRATORS), COMMITTEE, ({"committee": "no-such-board"},)),
    Row("agenda:desk", only(CLERKS), MEETING, NO_MEETING),
    Row("agenda:agenda-make", only(CLERKS, ELSEWHERE), MEETING, NO_MEETING, method="POST"),
    Row("agenda:meeting-edit", only(CLERKS), MEETING, NO_MEETING),
    Row("agenda:supplement-add", only(CLERKS), MEETING, NO_MEETING),
    # What is added once everything is out goes into a supplement, which is made first.
    Row("agenda:item-add", only(CLERKS, ELSEWHERE), MEETING, NO_MEETING),
    Row("agenda:instalment-letter", only(CLERKS), PART, NO_PART),
    Row("agenda:item-edit", only(CLERKS), ITEM, NO_ITEM),
    Row("agenda:item-move", only(CLERKS, ELSEWHERE), ITEM, NO_ITEM, method="POST"),
    Row("agenda:item-remove", only(CLERKS), ITEM, NO_ITEM),
    Row("agenda:paper-add", only(CLERKS, ELSEWHERE), ITEM, NO_ITEM),
    Row("agenda:paper-edit", only(CLERKS), PAPER, NO_PAPER),
    Row("agenda:paper-edit", only(CLERKS), HELD_BACK, NO_PAPER),
    Row("agenda:paper-move", only(CLERKS, ELSEWHERE), PAPER, NO_PAPER, method="POST"),
    Row("agenda:paper-other-item", only(CLERKS), PAPER, NO_PAPER),
    Row("agenda:paper-remove", only(CLERKS), PAPER, NO_PAPER),
)
