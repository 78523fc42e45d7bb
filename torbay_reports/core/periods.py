"""Financial years and quarters of an English council: 1 April to 31 March."""

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class FinancialYear:
    """The year that starts on 1 April of `start`."""

    start: int

    @classmethod
    def from_slug(cls, slug: str) -> "FinancialYear":
        """Read "2017-18". Raises ValueError for anything else, 2017-19 included."""
        match = re.fullmatch(r"([12][0-9]{3})-([0-9]{2})", slug)
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise ValueError(f"'{slug}' is no financial year: write it like 2017-18.")
        return cls(int(match[1]))

    @property
    def slug(self) -> str:
        """As in addresses: 2017-18."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def label(self) -> str:
        """As in print: 2017/18."""
        return self.slug.replace("-", "/")

    @property
    def first_day(self) -> date:
        return date(self.start, 4, 1)

    @property
    def last_day(self) -> date:
        return date(self.start + 1, 3, 31)


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter, 1 to 4, of a financial year."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"A financial year has quarters 1 to 4, not {self.number}.")

    @property
    def label(self) -> str:
        """As in a title: Quarter 1 2017/18."""
        return f"Quarter {self.number} {self.year.label}"

    @property
    def first_day(self) -> date:
        months = 3 * (self.number - 1)
        return date(self.year.start + (3 + months) // 12, (3 + months) % 12 + 1, 1)

    @property
    def last_day(self) -> date:
        if self.number == 4:
            return self.year.last_day
        return Quarter(self.year, self.number + 1).first_day - timedelta(days=1)
