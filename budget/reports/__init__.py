"""The quarterly monitoring report: a quarter's rows built into a Document. Nothing here writes."""

from budget.reports import exports
from budget.reports.monitoring import SOURCE
from budget.reports.quarter_tables import TABLES
from torbay_reports.documents import registry


def register() -> None:
    """Tell the documents room which report this app builds, and the page of exports which tables there are."""
    registry.register(SOURCE)
    for name, maker in TABLES.items():
        exports.register(name, maker)
