"""Who may ask for which address: `budget.addresses.entry`."""

from typing import Final

from tests.urls_matrix.rows import Row

ROWS: Final[tuple[Row, ...]] = ()
