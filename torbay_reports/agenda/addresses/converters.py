"""What stands in the addresses: days, numbers of items, instalments; and how those of a meeting begin."""

from datetime import date
from typing import Final

from django.urls import register_converter


class DayConverter:
    """A day as addresses write it: 2017-09-06. What is no day of the calendar matches nothing."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class ItemConverter:
    """An item's number as printed: 5, 5.1, 12a; never a step up in a path."""

    regex = r"[0-9A-Za-z_][-.0-9A-Za-z_]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class InstalmentConverter:
    """An instalment's name: agenda, supplement-1; as its number."""

    regex = r"agenda|supplement-[1-9][0-9]?"

    def to_python(self, value: str) -> int:
        return int(value.rpartition("-")[2]) if value != "agenda" else 0

    def to_url(self, value: int) -> str:
        return f"supplement-{value}" if value else "agenda"


register_converter(DayConverter, "day")
register_converter(ItemConverter, "item")
register_converter(InstalmentConverter, "instalment")

MEETING: Final = "meetings/<slug:committee>/<day:held_on>/"
INSTALMENT: Final = MEETING + "<instalment:instalment>/"
PAPER: Final = MEETING + "items/<item:item>/<slug:paper>/"
