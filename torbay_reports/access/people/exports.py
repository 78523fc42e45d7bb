"""The list of people as a CSV file."""

import codecs
import csv
from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse

from torbay_reports.access.models import User
from torbay_reports.access.people.selectors import roles_on_the_day, state_of
from torbay_reports.access.people.wording import role_lines
from torbay_reports.access.wording import Names
from torbay_reports.core.formatting import long_date
from torbay_reports.core.spreadsheets import harmless


def csv_file(people: Iterable[User], names: Names, on: date) -> HttpResponse:
    """One line a person; text that a spreadsheet would run is made harmless."""
    response = HttpResponse(codecs.BOM_UTF8, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    writer = csv.writer(response)
    writer.writerow(["Name", "E-mail address", "State", f"Roles on {long_date(on)}"])
    for person in people:
        roles = "; ".join(role_lines(roles_on_the_day(person), names, on))
        writer.writerow([harmless(cell) for cell in (person.full_name, person.email, state_of(person).label, roles)])
    return response
