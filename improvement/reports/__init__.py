"""The tracker as a paper for a meeting, and as a file to take away. Nothing here writes."""

from improvement.reports.paper import SOURCE
from torbay_reports.documents import registry


def register() -> None:
    """Tell the documents room which report this app builds."""
    registry.register(SOURCE)
