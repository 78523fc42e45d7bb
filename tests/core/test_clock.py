"""The clock is the machine's, or stands on the day that the setting names."""

from datetime import date

from django.utils import timezone
from pytest_django import Settings

from torbay_reports.core import clock


def test_the_setting_moves_the_day_and_keeps_the_time_aware(settings: Settings) -> None:
    settings.TODAY = date(2017, 9, 5)
    assert clock.today() == date(2017, 9, 5)
    assert timezone.is_aware(clock.now())


def test_without_the_setting_it_is_the_machines_day(settings: Settings) -> None:
    settings.TODAY = None
    assert clock.today() == timezone.localdate()
