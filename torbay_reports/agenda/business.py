"""A meeting's business as an edition shows it: items with those of their papers that the edition holds."""

from dataclasses import dataclass

from torbay_reports.agenda.models import AgendaItem, Paper


@dataclass(frozen=True)
class Business:
    """An agenda item with its papers."""

    item: AgendaItem
    papers: tuple[Paper, ...]
