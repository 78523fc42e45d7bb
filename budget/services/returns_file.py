"""A file of actuals and forecasts read against what a quarter holds; saving is `save_lines`'."""

from budget.calculations.position import roll_up
from budget.importing.returns import ReturnsFile, read_returns
from budget.importing.stated import Stated
from budget.models import Quarter
from budget.selectors.figures import figures_of
from budget.selectors.grid import stored_lines
from torbay_reports.core.money import Unit


def read_returns_file(*, quarter: Quarter, data: bytes, file_name: str, stated: Stated) -> ReturnsFile:
    """The edits that the file asks for, in the year's unit; nothing is saved. Raises what `read_returns` does."""
    return read_returns(
        data,
        file_name,
        stated,
        held_in=Unit(quarter.year.unit),
        positions=roll_up(figures_of(quarter).lines),
        stored=stored_lines(quarter),
    )
