"""Clerks and monitoring officers are told how many reviews are due, and not of which papers."""

from datetime import date

import pytest
from django.core import mail
from pytest_django import Settings

from tests.access.cast import person_with
from tests.agenda.jobs import add_exempt_paper, make_instalment
from torbay_reports.access.roles import Role
from torbay_reports.agenda.models import RestrictedPaper
from torbay_reports.agenda.subscribing.reminders import remind

pytestmark = pytest.mark.django_db
MONDAY = date(2018, 3, 5)


@pytest.fixture(autouse=True)
def due(settings: Settings) -> RestrictedPaper:
    """A paper whose review fell due, on a Monday after that."""
    settings.TODAY = MONDAY
    paper = add_exempt_paper(make_instalment())
    RestrictedPaper.objects.filter(paper=paper).update(review_on=date(2018, 3, 1))
    return RestrictedPaper.objects.get(paper=paper)


def test_each_officer_has_a_mail_with_the_number_and_without_a_title(due: RestrictedPaper) -> None:
    officers = [person_with(Role.CLERK), person_with(Role.MONITORING_OFFICER)]
    person_with(Role.MEMBER)
    person_with(Role.FINANCE_OFFICER)
    person_with(Role.ADMINISTRATOR)
    remind()
    assert [message.to for message in mail.outbox] == [[each.email] for each in officers]
    assert mail.outbox[0].subject == "Reviews due: 1 paper"
    body = str(mail.outbox[0].body)
    assert "1 paper not for publication is due for review" in body
    assert "http://testserver:8000/reviews/" in body
    assert due.title
    assert due.title not in body


def test_on_other_days_and_while_none_is_due_there_is_no_mail(settings: Settings) -> None:
    person_with(Role.CLERK)
    settings.TODAY = date(2018, 3, 6)
    remind()
    settings.TODAY = date(2018, 2, 26)
    remind()
    assert mail.outbox == []
