"""Who may ask for which address: `budget.addresses.history`."""

from typing import Final

from tests.urls_matrix.budget_closing import FINANCE, NOT_THERE, OFFICERS, OPEN
from tests.urls_matrix.people import NOT_IN_THE_CAST
from tests.urls_matrix.rows import Row, only
from tests.urls_matrix.tracker import Number
from torbay_reports.access.models import User

LINE: Final = {**OPEN, "service": "adult-social-care"}
PERSON: Final = {"pk": Number(lambda: User.objects.values_list("pk", flat=True).get(email=NOT_IN_THE_CAST))}

ROWS: Final[tuple[Row, ...]] = (
    Row("budget:history", only(OFFICERS), OPEN, NOT_THERE),
    Row("budget:history-line", only(OFFICERS), LINE, ({**LINE, "service": "no-such"}, {**LINE, "number": 4})),
    Row("budget:history-person", only(FINANCE), PERSON, ({"pk": 10**6},)),
)
