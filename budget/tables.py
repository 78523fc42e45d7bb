"""The history of changes as a table on screen."""

from django_tables2 import Column, Table


class HistoryTable(Table):
    """One change a row; a reader may order it by time, service or person."""

    caption = "Changes"

    at = Column("When", order_by="order", initial_sort_descending=True)
    who = Column("Who", order_by=("who", "order"))
    service = Column("Service", order_by=("service", "order"), default="")
    quarter = Column("Quarter", orderable=False, default="")
    sentence = Column("What", orderable=False)
