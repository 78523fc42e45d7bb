"""What a person says of a file before it is read: unit, signs, columns. What it takes is never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from torbay_reports.core.money import Unit
from torbay_reports.core.reading import UnreadableFile


class Income(StrEnum):
    """How the file's income column shows income."""

    NEGATIVE = "negative"
    POSITIVE = "positive"


class Net(StrEnum):
    """What a positive figure means in a net column: actuals, forecasts."""

    SPENDING = "positive-is-spending"
    INCOME = "positive-is-income"


class Variance(StrEnum):
    """What a positive figure means in a variance column."""

    OVER = "positive-is-over"
    UNDER = "positive-is-under"


class Field(StrEnum):
    """What a column can mean."""

    GROUP = "group"
    SERVICE = "service"
    SLUG = "slug"
    CODE = "code"
    NAME = "name"
    SIDE = "side"
    SUBTOTAL = "subtotal"
    AMOUNT = "amount"
    EXPENDITURE = "expenditure"
    INCOME = "income"
    NET = "net"
    ACTUAL = "actual"
    LEDGER_DATE = "ledger-date"
    FORECAST = "forecast"
    VARIANCE = "variance"
    REASON = "reason"


FIGURES: Final = frozenset(
    {Field.AMOUNT, Field.EXPENDITURE, Field.INCOME, Field.NET, Field.ACTUAL, Field.FORECAST, Field.VARIANCE}
)

ColumnChoices = Mapping[Field, tuple[str, ...]]
"""The columns that were named by hand: letters or heads, of `group` as many as there are levels, the top one first."""


class UnstatedFile(UnreadableFile):
    """Something has to be stated that the file does not tell; `what` names it, the message says how."""

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(sentence)
        self.what = what


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said of the file. What is None was not said, and a file that needs it is refused.

    `has_credits` says that expenditure may be negative in single lines; `ledger_date` is that of all actuals.
    """

    unit: Unit | None = None
    income: Income | None = None
    net: Net | None = None
    variance: Variance | None = None
    has_credits: bool = False
    ledger_date: date | None = None
    sheet: str = ""
    columns: ColumnChoices = field(default_factory=dict)

    @property
    def required_unit(self) -> Unit:
        """The unit. Raises UnstatedFile."""
        if self.unit is None:
            raise UnstatedFile(
                "unit",
                "State the unit of the figures: pounds (£), thousands (£000) or millions (£m). It is not guessed.",
            )
        return self.unit

    @property
    def required_income(self) -> Income:
        """How income is shown. Raises UnstatedFile."""
        if self.income is None:
            raise UnstatedFile("income", "State how the file shows income: negative (or in brackets), or positive.")
        return self.income

    @property
    def required_net(self) -> Net:
        """What positive means in a net column. Raises UnstatedFile."""
        if self.net is None:
            raise UnstatedFile(
                "net", "State what a positive forecast or actual means: spending more than comes in, or income."
            )
        return self.net

    @property
    def required_variance(self) -> Variance:
        """What positive means in a variance column. Raises UnstatedFile."""
        if self.variance is None:
            raise UnstatedFile("variance", "State what a positive variance means: over budget, or under budget.")
        return self.variance


def to_builtins(stated: Stated) -> dict[str, object]:
    """What was said, for a JSON column."""
    built = msgspec.to_builtins(stated)
    assert isinstance(built, dict)
    return built


def from_builtins(built: object) -> Stated:
    """What was said, from a JSON column. Raises msgspec.ValidationError where it is none."""
    return msgspec.convert(built, Stated)


def columns_named(given: Iterable[str]) -> ColumnChoices:
    """Read "service=B" and "group=Directorate", one for each column. Raises UnstatedFile."""
    found: dict[Field, tuple[str, ...]] = {}
    for each in given:
        name, sign, column = (part.strip() for part in each.partition("="))
        if name not in set(Field) or not sign or not column:
            raise UnstatedFile(
                "columns",
                f"“{each}” names no column. Write a meaning and a column's letter or head, such as service=B. "
                f"The meanings are {', '.join(Field)}.",
            )
        meaning = Field(name)
        if meaning in found and meaning is not Field.GROUP:
            raise UnstatedFile("columns", f"Two columns are named as {name}. Name one.")
        found[meaning] = (*found.get(meaning, ()), column)
    return found
