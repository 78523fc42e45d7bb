"""Mails are sent one by one over one connection, and what cannot be sent is given back."""

from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from torbay_reports.core.mailing import deliver


def messages(*addresses: str) -> list[EmailMessage]:
    return [EmailMessage(subject="Papers", body="A secret sentence", to=[address]) for address in addresses]


@pytest.fixture
def picky(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that refuses one address, and a backend that cannot write another."""
    send = EmailBackend.send_messages

    def refuse(self: EmailBackend, given: Sequence[EmailMessage]) -> int:
        for message in given:
            if message.to == ["refused@council.invalid"]:
                raise SMTPRecipientsRefused({})
            if message.to == ["unwritable@council.invalid"]:
                raise UnicodeError
        return int(send(self, given))

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


@pytest.mark.usefixtures("picky")
def test_a_mail_that_cannot_be_sent_holds_none_of_the_others_up(caplog: pytest.LogCaptureFixture) -> None:
    given = messages("refused@council.invalid", "a@council.invalid", "unwritable@council.invalid", "b@council.invalid")
    assert deliver(given, about="A trial") == ["refused@council.invalid", "unwritable@council.invalid"]
    assert [message.to for message in mail.outbox] == [["a@council.invalid"], ["b@council.invalid"]]
    assert "A trial could not be mailed: SMTPRecipientsRefused" in caplog.text
    assert "A trial could not be mailed: UnicodeError" in caplog.text
    assert "council.invalid" not in caplog.text
    assert "secret" not in caplog.text


def test_a_server_that_is_away_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []

    def fail(self: EmailBackend) -> bool:
        opened.append(1)
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "open", fail)
    assert deliver(messages("a@council.invalid", "b@council.invalid"), about="A trial") == [
        "a@council.invalid",
        "b@council.invalid",
    ]
    assert opened == [1]
    assert mail.outbox == []


def test_a_server_that_goes_away_at_the_end_has_taken_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: EmailBackend) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "close", fail)
    assert deliver(messages("a@council.invalid"), about="A trial") == []
    assert len(mail.outbox) == 1
