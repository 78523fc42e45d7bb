"""Who may ask for which address: one row at least for every address of the URLconf.

To add an address, add a row: its name, who gets what, the arguments of something that exists, and the arguments of
things that do not. What has to exist is built in `world.py`.
"""

from datetime import date
from typing import Final

from tests.urls_matrix.rows import ELSEWHERE, Row, everybody, only, signed_in
from torbay_reports.access.roles import Role

MEETING: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6)}
NO_MEETING: Final = (
    {**MEETING, "committee": "no-such-board"},
    {**MEETING, "held_on": date(2017, 9, 7)},
)
PAPER: Final = {**MEETING, "item": "5", "paper": "revenue-budget-monitoring"}
NO_PAPER: Final = (
    {**PAPER, "committee": "no-such-board"},
    {**PAPER, "held_on": date(2017, 9, 7)},
    {**PAPER, "item": "4"},
    {**PAPER, "paper": "no-such-paper"},
    {**PAPER, "item": "6", "paper": "ofsted-letter"},
)
TABLE_OF_PAPER: Final = {**PAPER, "table": "budget-table"}
DRAFT: Final = {"year": "2017-18", "number": 1}

READERS_OF_DRAFTS: Final = (Role.FINANCE_OFFICER, Role.HEAD_OF_FINANCE, Role.BUDGET_HOLDER)
READERS_OF_THE_RECORD: Final = (Role.ADMINISTRATOR, Role.MONITORING_OFFICER)
READERS_OF_EXEMPT_PAPERS: Final = (Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER)

TABLE: Final[tuple[Row, ...]] = (
    Row("access:sign-in", signed_in(ELSEWHERE, anonymous=200)),
    Row("access:sign-out", everybody(405)),
    Row("access:sign-out", everybody(ELSEWHERE), method="POST"),
    Row("access:me", signed_in(200)),
    Row("access:record", only(READERS_OF_THE_RECORD)),
    Row("access:record", only(READERS_OF_THE_RECORD), query="since=never&page=x"),
    Row("access:record", only(READERS_OF_THE_RECORD), query="as=csv"),
    Row("agenda:home", everybody(200)),
    Row("agenda:meetings", everybody(200)),
    Row("agenda:meeting", everybody(200), MEETING, NO_MEETING),
    Row("agenda:pack", everybody(200), MEETING, NO_MEETING),
    Row("agenda:pack-pdf", everybody(200), MEETING, NO_MEETING),
    Row("agenda:restricted-pack-pdf", only(READERS_OF_EXEMPT_PAPERS), MEETING, NO_MEETING),
    Row("agenda:paper", everybody(200), PAPER, NO_PAPER),
    Row(
        "agenda:paper-table",
        everybody(200),
        TABLE_OF_PAPER,
        ({**TABLE_OF_PAPER, "paper": "no-such-paper"}, {**TABLE_OF_PAPER, "table": "no-such-table"}),
    ),
    Row("budget:quarters", only(READERS_OF_DRAFTS)),
    Row("budget:draft", only(READERS_OF_DRAFTS), DRAFT, ({**DRAFT, "year": "2030-31"}, {**DRAFT, "number": 4})),
    Row("core:accessibility", everybody(200)),
)
