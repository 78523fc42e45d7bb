"""Who may ask for which address of a quarter's entry and close: the rows of each room, hooked into `table.py`."""

from typing import Final

from tests.urls_matrix import (
    budget_closing,
    budget_entry,
    budget_history,
    budget_importing,
    budget_pasting,
    budget_virements,
)
from tests.urls_matrix.rows import Row

ROWS: Final[tuple[Row, ...]] = (
    *budget_closing.ROWS,
    *budget_entry.ROWS,
    *budget_pasting.ROWS,
    *budget_virements.ROWS,
    *budget_importing.ROWS,
    *budget_history.ROWS,
)
