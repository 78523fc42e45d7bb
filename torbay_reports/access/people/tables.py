"""The people as a table on screen."""

from datetime import date
from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from torbay_reports.access.models import User
from torbay_reports.access.people.selectors import roles_on_the_day, state_of
from torbay_reports.access.people.wording import role_lines
from torbay_reports.access.wording import Names
from torbay_reports.core.formatting import long_date


class PeopleTable(django_tables2.Table):
    """One person a row; a reader may order it by name, by address or by state."""

    full_name = django_tables2.Column("Name", order_by=("full_name", "pk"))
    email = django_tables2.Column("E-mail address", order_by=("email", "pk"))
    state = django_tables2.Column("State", order_by=("state", "full_name", "pk"))
    roles = django_tables2.Column("Roles", empty_values=(), orderable=False)

    def __init__(self, data: QuerySet[User], *, names: Names, on: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.names, self.on, self.caption = names, on, f"Roles on {long_date(on)}"

    def render_full_name(self, value: str, record: User) -> SafeString:
        address = reverse("access:person", args=[record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', address, value)

    def render_state(self, record: User) -> str:
        return state_of(record).label

    def render_roles(self, record: User) -> str:
        lines = role_lines(roles_on_the_day(record), self.names, self.on)
        return format_html_join(SafeString("<br>"), "{}", ([line] for line in lines)) if lines else "No role"
