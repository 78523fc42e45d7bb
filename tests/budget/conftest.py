"""The demonstration's quarter in the database, and an invented council's with four levels and rounding."""

from pathlib import Path

import pytest

from budget.importing.quarter_file import QuarterFile, read_quarter
from budget.models import FinancialYear
from budget.services import loading as services

HERE = Path(__file__).parent


@pytest.fixture
def torbay_file(checkout: Path) -> QuarterFile:
    return read_quarter(checkout / "fixtures" / "budget.json")


@pytest.fixture
def torbay(db: None, torbay_file: QuarterFile) -> FinancialYear:
    """Torbay's first quarter of 2017/18."""
    return services.load_quarter(content=torbay_file)


@pytest.fixture
def invented(db: None) -> FinancialYear:
    """Another council's third quarter of 2023/24: pounds, four levels of services, other paragraphs."""
    return services.load_quarter(content=read_quarter(HERE / "invented.json"))
