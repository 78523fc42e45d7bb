"""A paper held by one writer, as it stands."""

from torbay_reports.agenda.models import Paper


def held_paper(number: int) -> Paper:
    """The paper as it stands, held until the transaction ends. Raises Paper.DoesNotExist."""
    # Two queries: a row that had to be waited for comes without what is joined to it.
    Paper.objects.select_for_update(no_key=True).get(pk=number)
    rows = Paper.objects.with_content(restricted=True)
    return rows.select_related(
        "item__meeting__committee", "instalment__meeting__committee", "listed_in__meeting__committee"
    ).get(pk=number)
