"""Mail is sent beside the request, and what cannot be sent is logged without what it says."""

import threading

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from torbay_reports.core.mailing import post


class Slow(EmailMessage):
    """Waits until it may go."""

    def __init__(self, may_go: threading.Event, gone: threading.Event) -> None:
        super().__init__("Subject", "Body", "a@council.invalid", ["b@council.invalid"])
        self.may_go, self.gone = may_go, gone

    def send(self, fail_silently: bool = False) -> int:
        assert self.may_go.wait(20)
        self.gone.set()
        return 1


def test_nobody_waits_for_a_slow_mail_server(settings: Settings) -> None:
    settings.MAIL_ASIDE = True
    may_go, gone = threading.Event(), threading.Event()
    post(Slow(may_go, gone), about="a letter")
    assert not gone.is_set(), "it was not waited for"
    may_go.set()
    assert gone.wait(20), "it went all the same"


def test_with_the_setting_off_it_is_sent_at_once(settings: Settings) -> None:
    settings.MAIL_ASIDE = False
    post(EmailMessage("Subject", "Body", "a@council.invalid", ["b@council.invalid"]), about="a letter")
    assert [message.subject for message in mail.outbox] == ["Subject"]


@pytest.mark.parametrize("error", [ConnectionRefusedError("no"), ValueError("no such address b@council.invalid")])
def test_what_cannot_be_sent_is_logged_without_address_and_text(
    error: Exception, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MAIL_ASIDE = False

    def fails(self: EmailMessage, fail_silently: bool = False) -> int:
        raise error

    monkeypatch.setattr(EmailMessage, "send", fails)
    post(EmailMessage("Subject", "a secret", "a@council.invalid", ["b@council.invalid"]), about="a letter")
    assert "A mail could not be sent (a letter)" in caplog.text
    assert "b@council" not in caplog.text
    assert "a secret" not in caplog.text
