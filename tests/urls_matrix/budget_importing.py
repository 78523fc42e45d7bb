"""Who may ask for which address: `budget.addresses.importing`."""

from typing import Final

from budget.models import WaitingBudget
from tests.urls_matrix.budget_closing import FINANCE, OFFICERS, OPEN
from tests.urls_matrix.open_quarter import YEAR
from tests.urls_matrix.rows import Row, only
from tests.urls_matrix.tracker import Number

TABLE: Final = {**OPEN, "name": "grid", "fmt": "csv"}
WAITING: Final = {
    "year": "2018-19",
    "pk": Number(lambda: WaitingBudget.objects.values_list("pk", flat=True)[0]),
}

ROWS: Final[tuple[Row, ...]] = (
    Row("budget:import", only(FINANCE), {"year": YEAR}, ({"year": "no-year"},)),
    # A file that waits is its uploader's alone: here somebody's who does not try the table.
    Row("budget:import-preview", only(()), WAITING, ({**WAITING, "pk": 10**6},)),
    Row("budget:export", only(OFFICERS), TABLE, ({**TABLE, "name": "no-such"}, {**TABLE, "fmt": "pdf"})),
)
