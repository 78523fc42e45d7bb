"""Six tables in the likeness of those that councils publish; every name and figure is invented.

Each comes with what has to be said of it, and with what its services come to: expenditure and income as they are held.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.importing.stated import Field, Income, Stated
from torbay_reports.core.money import Unit


@dataclass(frozen=True)
class Council:
    """A table as typed, what was said of it, and each service's two sides in the stated unit."""

    name: str
    text: str
    stated: Stated
    services: dict[str, tuple[str, str]]
    totals: int

    @property
    def data(self) -> bytes:
        return self.text.encode()

    def sides(self) -> dict[str, tuple[Decimal, Decimal]]:
        """The sides as numbers; a side that the table leaves blank is nil."""
        return {name: (Decimal(spent), Decimal(got)) for name, (spent, got) in self.services.items()}


POUNDS: Final = Council(
    "Harbourside: pounds, income in brackets, a total below each directorate",
    """Revenue budget 2021/22,,,,
Directorate,Service,Gross expenditure £,Gross income £,Net £
Adults and Health,Residential care,"18,204,550","(6,310,225)","11,894,325"
,Home care,"9,118,040","(1,204,900)","7,913,140"
,Public health,"7,450,000","(7,450,000)",nil
Total Adults and Health,,"34,772,590","(14,965,125)","19,807,465"
Place,Highways,"6,020,110","(410,000)","5,610,110"
,Parking,"1,310,500","(4,870,300)","(3,559,800)"
Total Place,,"7,330,610","(5,280,300)","2,050,310"
Grand total,,"42,103,200","(20,245,425)","21,857,775"
""",
    Stated(unit=Unit.POUNDS, income=Income.NEGATIVE),
    {
        "Residential care": ("18204550", "-6310225"),
        "Home care": ("9118040", "-1204900"),
        "Public health": ("7450000", "-7450000"),
        "Highways": ("6020110", "-410000"),
        "Parking": ("1310500", "-4870300"),
    },
    totals=3,
)

THOUSANDS: Final = Council(
    "Westmere: thousands, semicolons, totals that are one out by rounding, and -0",
    """Portfolio;Service;Expenditure;Income;Net
;;£000;£000;£000
Children;Fostering;4,211;(18);4,193
Children;Schools;1,306;(1,306);-0
Children;Early help;2,094;(250);1,844
Children total;;7,612;(1,574);6,038
Environment;Waste;5,119;(902);4,217
Environment;Parks;1,377;(43);1,334
Environment total;;6,496;(945);5,551
Total budget;;14,108;(2,519);11,589
""",
    Stated(unit=Unit.THOUSANDS, income=Income.NEGATIVE),
    {
        "Fostering": ("4211", "-18"),
        "Schools": ("1306", "-1306"),
        "Early help": ("2094", "-250"),
        "Waste": ("5119", "-902"),
        "Parks": ("1377", "-43"),
    },
    totals=3,
)

MILLIONS: Final = Council(
    "Great Stoke: millions with one decimal, tabs, totals above their rows",
    """Department\tService area\tExpenditure (£m)\tIncome (£m)
People\tPeople\t88.9\t(30.3)
People\tAdult social care\t61.4\t(20.1)
People\tLearning\t27.5\t(10.1)
Places\tPlaces\t19.7\t-
Places\tTransport\t12.3\t-
Places\tPlanning\t7.4\tnil
\tGrand total\t108.6\t(30.2)
""",
    Stated(unit=Unit.MILLIONS, income=Income.NEGATIVE),
    {
        "Adult social care": ("61.4", "-20.1"),
        "Learning": ("27.5", "-10.1"),
        "Transport": ("12.3", "0"),
        "Planning": ("7.4", "0"),
    },
    totals=3,
)

REVERSED: Final = Council(
    "Fenbridge: income positive, quoted line ends, heads that have to be named",
    """"Budget book, page 4",,,
Where,"What we
do",Costs,Earnings
Homes,Lettings,"2,410,700","3,120,450"
Homes,Repairs,"1,960,300",0
Homes,Total Homes,"4,371,000","3,120,450"
Streets,Cleansing,"880,000","12,500"
""",
    Stated(
        unit=Unit.POUNDS,
        income=Income.POSITIVE,
        columns={
            Field.GROUP: ("A",),
            Field.SERVICE: ("What we do",),
            Field.EXPENDITURE: ("Costs",),
            Field.INCOME: ("D",),
        },
    ),
    {"Lettings": ("2410700", "-3120450"), "Repairs": ("1960300", "0"), "Cleansing": ("880000", "-12500")},
    totals=1,
)

WRONG_TOTAL: Final = Council(
    "Northacre: a total that no rounding explains",
    """Group,Service,Expenditure,Income
Culture,Libraries,"1,204",(61)
Culture,Museums,688,(190)
Culture,Total Culture,"1,982",(251)
""",
    Stated(unit=Unit.THOUSANDS, income=Income.NEGATIVE),
    {},
    totals=0,
)

WRONG_SIGN: Final = Council(
    "Saltmarsh: one income of another sign than the rest, one expenditure negative",
    """Group,Service,Expenditure,Income
Port,Moorings,"310,000","(955,000)"
Port,Pilotage,"120,500","240,000"
Town,Markets,"(14,000)","(60,000)"
""",
    Stated(unit=Unit.POUNDS, income=Income.NEGATIVE),
    {},
    totals=0,
)

GOOD: Final = (POUNDS, THOUSANDS, MILLIONS, REVERSED)
