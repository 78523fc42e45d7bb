"""A letter and the findings against steps as papers for a meeting. Nothing here writes."""

from ofsted.reports import findings, letter
from torbay_reports.documents import registry


def register() -> None:
    """Tell the documents room which reports this app builds."""
    registry.register(letter.SOURCE)
    registry.register(findings.SOURCE)
