"""The list of people as a CSV file."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

from torbay_reports.access.models import User
from torbay_reports.access.people.selectors import roles_on_the_day, state_of
from torbay_reports.access.people.wording import role_lines
from torbay_reports.access.wording import Names
from torbay_reports.core.formatting import long_date
from torbay_reports.core.spreadsheets import csv_lines


def csv_file(people: Iterable[User], names: Names, on: date) -> HttpResponse:
    """One line a person."""
    heads = ("Name", "E-mail address", "State", f"Roles on {long_date(on)}")
    rows = (
        (
            person.full_name,
            person.email,
            state_of(person).label,
            "; ".join(role_lines(roles_on_the_day(person), names, on)),
        )
        for person in people
    )
    response = HttpResponse(b"".join(csv_lines(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response
