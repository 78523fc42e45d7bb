"""The record as a table on screen."""

from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.safestring import SafeString

from torbay_reports.access.models import AccessRecord
from torbay_reports.access.record import wording
from torbay_reports.access.record.kinds import RecordKind


class RecordTable(django_tables2.Table):
    """One entry a row; a reader may order it by time or by kind."""

    caption = "Entries"

    at = django_tables2.Column("When", order_by="pk", initial_sort_descending=True)
    kind = django_tables2.Column("What", order_by=("kind", "-pk"))
    who = django_tables2.Column("Who", empty_values=(), orderable=False)
    about = django_tables2.Column("About", orderable=False, default="")
    reason = django_tables2.Column("Why they might", orderable=False, default="")

    def render_at(self, record: AccessRecord) -> str:
        return wording.when(record)

    def render_kind(self, value: Any, record: AccessRecord) -> str:
        return RecordKind(record.kind).label

    def render_who(self, record: AccessRecord) -> SafeString:
        return format_html("{}<br>{}", wording.who(record), wording.address(record))

    def render_reason(self, value: str) -> str:
        """As the reader of the paper was told it."""
        return f"“{value}”"
