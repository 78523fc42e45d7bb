"""The pack so far, and each instalment alone as it was published."""

from datetime import date
from typing import Final

from tests.urls_matrix.rows import Row, everybody, only
from torbay_reports.access.roles import Role

READERS: Final = (Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER)
INSTALMENT: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6), "instalment": 1}
NO_INSTALMENT: Final = (
    {**INSTALMENT, "committee": "no-such-committee"},
    {**INSTALMENT, "held_on": date(2017, 9, 7)},
    {**INSTALMENT, "instalment": 99},
)

ROWS: Final[tuple[Row, ...]] = (
    Row("agenda:instalment-pdf", everybody(200), INSTALMENT, NO_INSTALMENT),
    Row("agenda:instalment-restricted-pdf", only(READERS), INSTALMENT, NO_INSTALMENT),
)
