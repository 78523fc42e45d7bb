"""Who may ask for which address: `budget.addresses.closing`."""

from typing import Final

from tests.urls_matrix.open_quarter import NUMBER, YEAR
from tests.urls_matrix.rows import ELSEWHERE, Row, only
from torbay_reports.access.roles import Role

FINANCE: Final = (Role.FINANCE_OFFICER, Role.HEAD_OF_FINANCE)
OFFICERS: Final = (*FINANCE, Role.BUDGET_HOLDER)
HEAD: Final = (Role.HEAD_OF_FINANCE,)
OPEN: Final = {"year": YEAR, "number": NUMBER}
NOT_THERE: Final = ({**OPEN, "year": "2030-31"}, {**OPEN, "number": 4}, {**OPEN, "year": "no-year"})

ROWS: Final[tuple[Row, ...]] = (
    Row("budget:desk", only(OFFICERS), OPEN, NOT_THERE),
    Row("budget:open-quarter", only(FINANCE), {"year": YEAR}, ({"year": "2030-31"}, {"year": "no-year"})),
    Row("budget:sign", only(HEAD), OPEN, NOT_THERE),
    Row("budget:reopen", only(HEAD), OPEN, NOT_THERE),
    *(
        Row("budget:returns", only(OFFICERS, ELSEWHERE), {**OPEN, "step": step}, ({**OPEN, "number": 4, "step": step},))
        for step in ("submit", "take-back", "no-change")
    ),
    *(
        Row("budget:returns", only(FINANCE, ELSEWHERE), {**OPEN, "step": step}, ({**OPEN, "step": "burn"},))
        for step in ("agree", "send-back", "remind")
    ),
)
