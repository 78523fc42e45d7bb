"""Pages of the pack by their printed numbers, and who may ask for them."""

from datetime import date
from typing import Final

from tests.urls_matrix.rows import ELSEWHERE, Row, everybody

MEETING: Final = {"committee": "overview-and-scrutiny-board", "held_on": date(2017, 9, 6)}
NO_MEETING: Final = (
    {**MEETING, "committee": "no-such-board"},
    {**MEETING, "held_on": date(2017, 9, 7)},
)
PAGE: Final = {**MEETING, "label": "1"}
NO_PAGE: Final = (
    *({**PAGE, **each} for each in NO_MEETING),
    {**PAGE, "label": "999"},
    {**PAGE, "label": "E999"},
    {**PAGE, "label": "no-page"},
)

ROWS: Final[tuple[Row, ...]] = (
    Row("agenda:pack-page", everybody(ELSEWHERE), PAGE, NO_PAGE),
    Row("agenda:pack-page-asked", everybody(200), MEETING, NO_MEETING),
    Row("agenda:pack-page-asked", everybody(200), MEETING, NO_MEETING, query="page=999"),
    Row("agenda:pack-page-asked", everybody(ELSEWHERE), MEETING, NO_MEETING, query="page=1"),
)
