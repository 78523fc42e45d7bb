"""Who may ask for which address: `budget.addresses.entry`."""

from typing import Final

from tests.urls_matrix.budget_closing import FINANCE, NOT_THERE, OFFICERS, OPEN
from tests.urls_matrix.rows import ELSEWHERE, Row, only

LINE: Final = {**OPEN, "service": "adult-social-care"}

ROWS: Final[tuple[Row, ...]] = (
    Row("budget:entry", only(OFFICERS), OPEN, NOT_THERE),
    Row("budget:entry-save", only(OFFICERS, ELSEWHERE), OPEN, NOT_THERE),
    Row("budget:line", only(FINANCE), LINE, ({**LINE, "service": "no-such"}, {**LINE, "service": "net"})),
)
