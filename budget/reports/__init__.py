"""The quarterly monitoring report: a quarter's rows built into a Document. Nothing here writes."""

from budget.reports.monitoring import SOURCE
from torbay_reports.documents import registry


def register() -> None:
    """Tell the documents room which report this app builds."""
    registry.register(SOURCE)
