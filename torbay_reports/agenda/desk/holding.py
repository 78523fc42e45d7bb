"""A meeting held by one writer of its agenda."""

from torbay_reports.agenda.models import Meeting


def held_meeting(number: int) -> Meeting:
    """The meeting of that key, held until the transaction ends: whoever else changes its agenda, builds or publishes a
    part of it waits, or is seen here. Every service that changes an agenda takes it before it looks at anything.

    Raises Meeting.DoesNotExist.
    """
    # Two queries: a row that had to be waited for comes without what is joined to it.
    Meeting.objects.select_for_update(no_key=True).get(pk=number)
    return Meeting.objects.select_related("committee").get(pk=number)
