"""How old a Document's figures are where it is read."""

from datetime import date

from torbay_reports.core.formatting import count, long_date
from torbay_reports.documents.blocks import Document


def age_sentence(document: Document, meeting_on: date) -> str:
    """Figures as at 30 June 2017, 68 days old at the meeting; nothing for a Document without a date of figures."""
    if document.as_at is None:
        return ""
    days = (meeting_on - document.as_at).days
    return f"Figures as at {long_date(document.as_at)}, {count(days, 'day', 'days')} old at the meeting."
