"""Each subscriber has one message for an instalment, of what is published and of nothing else."""

import logging
from collections.abc import Sequence
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.access.cast import person_with
from tests.agenda.jobs import empty_queue
from tests.agenda.subscribing.world import (
    ADDRESS,
    board,
    instalment,
    publish,
    publish_without_fees,
    sent_to,
    subscribed,
    withdraw,
)
from torbay_reports.access.roles import Role
from torbay_reports.agenda import tasks
from torbay_reports.agenda.models import Committee, Notice, NoticeDelivery, Subscription
from torbay_reports.agenda.subscribing import notices, subscriptions
from torbay_reports.agenda.subscribing.notices import NotAllTold
from torbay_reports.publishing.models import Bundle, RestrictedBundle

pytestmark = pytest.mark.django_db
OTHERS = ["b@example.com", "c@example.com"]
ALL = [ADDRESS, *OTHERS]


@pytest.fixture
def committee() -> Committee:
    return board()


def due(bundle: Bundle) -> Notice:
    notices.due(instalment(), bundle)
    return Notice.objects.get(version=bundle.version)


def jobs() -> list[dict[str, object]]:
    return list(ProcrastinateJob.objects.filter(task_name=notices.TASK).values_list("args", flat=True))


def refuse(monkeypatch: pytest.MonkeyPatch, error: Exception, *, address: str = ADDRESS) -> None:
    """Have the mail server answer so for one address."""
    send = EmailBackend.send_messages

    def refusing(self: EmailBackend, messages: Sequence[EmailMessage]) -> int:
        if messages[0].to == [address]:
            raise error
        return int(send(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", refusing)


def test_each_confirmed_subscriber_of_the_committee_is_told_once(committee: Committee) -> None:
    for address in ALL:
        subscribed(address)
    subscriptions.ask(committee=committee, email="unconfirmed@example.com")
    elsewhere = Committee.objects.create(slug="elsewhere", name="Elsewhere")
    subscriptions.subscribe(committee=elsewhere, email="elsewhere@example.com")
    notice = due(publish())
    assert jobs() == [{"notice": notice.pk}]
    for _ in range(2):
        tasks.tell(notice=notice.pk)
    assert sent_to() == ALL
    assert Notice.objects.get().sent_at is not None


def test_without_subscribers_there_is_neither_notice_nor_job(committee: Committee) -> None:
    subscriptions.ask(committee=committee, email=ADDRESS)
    notices.due(instalment(), publish())
    assert not Notice.objects.exists()
    assert jobs() == []


def test_a_restricted_edition_is_never_told(committee: Committee) -> None:
    subscribed()
    notices.due(instalment(), RestrictedBundle(key="x", version=1))
    assert not Notice.objects.exists()


def test_the_message_says_what_is_new_where_it_is_and_how_it_ends(committee: Committee) -> None:
    subscribed()
    tasks.tell(notice=due(publish(reasons=["Item 5: the figures came late."], urgency="")).pk)
    (message,) = mail.outbox
    assert message.subject == "Harbour Board, Wednesday 6 September 2017: Supplement 1"
    body = str(message.body)
    for said in (
        "- Item 5, Harbour fees (Pages 2 - 8)\n- Item 6, Moorings",
        "Why papers are late:\n\n- Item 5: the figures came late.\n\nStill to follow:\n\n- Item 7, Tenders\n",
        "/meetings/harbour-board/2017-09-06/\n",
        "/meetings/harbour-board/2017-09-06/pack.pdf\n",
        "/meetings/harbour-board/2017-09-06/supplement-1/pack.pdf\n",
    ):
        assert said in body
    assert "\n\n\n" not in body
    end = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert end in body
    assert end.startswith("http://testserver:8000/subscriptions/")
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    read_back = message_from_bytes(message.message().as_bytes(), policy=default)
    assert read_back["List-Unsubscribe"].strip() == f"<{end}>"


def test_a_correction_says_why_and_a_withdrawal_no_title(committee: Committee) -> None:
    subscribed()
    change = {"paper": "Harbour fees", "where": "Paragraph 1.1", "before": "£1", "after": "£2"}
    tasks.tell(notice=due(publish(2, reason="A sum was wrong.", changes=(change,))).pk)
    tasks.tell(notice=due(publish_without_fees(3)).pk)
    corrected, withdrawn = mail.outbox
    assert corrected.subject.startswith("Corrected: Harbour Board")
    assert "This is version 2. Why: A sum was wrong.\n\nIt makes 1 change," in str(corrected.body)
    assert withdrawn.subject.startswith("Withdrawn: Harbour Board")
    assert "- Item 5: Withdrawn on 5 September 2017 by the clerk (Pages 2 - 8)\n" in str(withdrawn.body)
    assert "Harbour fees" not in str(withdrawn.body)


def test_a_committee_s_name_breaks_no_header(committee: Committee) -> None:
    subscribed()
    tasks.tell(notice=due(publish(committee="Harbour\nBcc: x@example.com")).pk)
    assert mail.outbox[0].subject.startswith("Harbour Bcc: x@example.com")
    assert sent_to() == [ADDRESS]


def test_a_version_that_was_withdrawn_meanwhile_is_told_to_nobody(committee: Committee) -> None:
    subscribed()
    bundle = publish()
    notice = due(bundle)
    withdraw(bundle, person_with(Role.CLERK))
    tasks.tell(notice=notice.pk)
    assert mail.outbox == []


def test_a_withdrawal_stops_the_rest_of_a_mailing(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ALL:
        subscribed(address)
    bundle, clerk, send = publish(), person_with(Role.CLERK), EmailBackend.send_messages

    def withdrawn_after(self: EmailBackend, messages: Sequence[EmailMessage]) -> int:
        withdraw(bundle, clerk)
        return int(send(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", withdrawn_after)
    tasks.tell(notice=due(bundle).pk)
    assert sent_to() == [ADDRESS]


def test_who_ended_it_while_others_were_told_is_not_told(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ALL:
        subscribed(address)
    send = EmailBackend.send_messages

    def ended_after(self: EmailBackend, messages: Sequence[EmailMessage]) -> int:
        Subscription.objects.filter(email=OTHERS[0]).delete()
        return int(send(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", ended_after)
    tasks.tell(notice=due(publish()).pk)
    assert sent_to() == [ADDRESS, OTHERS[1]]


def test_while_the_mail_server_is_away_the_job_waits_and_nobody_counts_as_told(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed()
    notice = due(publish())
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(ConnectionRefusedError("no")))
        with pytest.raises(NotAllTold, match="The mail server is away: ConnectionRefusedError"):
            tasks.tell(notice=notice.pk)
    assert not NoticeDelivery.objects.exists()
    tasks.tell(notice=notice.pk)
    assert sent_to() == [ADDRESS]


def test_what_is_refused_for_now_holds_nobody_up_and_is_tried_again(
    committee: Committee, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for address in ALL:
        subscribed(address)
    notice = due(publish())
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        refuse(patched, SMTPRecipientsRefused({ADDRESS: (450, b"later")}))
        with pytest.raises(NotAllTold, match="1 of 3 messages"):
            tasks.tell(notice=notice.pk)
    assert ADDRESS not in caplog.text
    assert sent_to() == OTHERS
    tasks.tell(notice=notice.pk)
    assert sent_to() == [*OTHERS, ADDRESS]


def test_what_is_refused_for_good_is_not_tried_again(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ALL:
        subscribed(address)
    refuse(monkeypatch, SMTPRecipientsRefused({ADDRESS: (550, b"nobody here")}))
    tasks.tell(notice=due(publish()).pk)
    assert sent_to() == OTHERS
    assert Notice.objects.get().sent_at is not None


def test_a_worker_that_is_killed_while_it_mails_tells_nobody_twice(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ALL:
        subscribed(address)
    notice, send = due(publish()), EmailBackend.send_messages

    class Killed(BaseException):
        """What no handler of the program catches."""

    def killed_after(self: EmailBackend, messages: Sequence[EmailMessage]) -> int:
        send(self, messages)
        if messages[0].to == [OTHERS[0]]:
            raise Killed
        return 1

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", killed_after)
        with pytest.raises(Killed):
            tasks.tell(notice=notice.pk)
    tasks.tell(notice=notice.pk)
    assert sent_to() == ALL


def test_who_is_being_told_by_another_worker_is_left_to_it(committee: Committee) -> None:
    for address in ALL:
        subscribed(address)
    notice = due(publish())
    first = Subscription.objects.get(email=ADDRESS)
    bundle = Bundle.objects.get()
    assert notices._claim(notice, bundle, first) is not None
    assert notices._claim(notice, bundle, first) is None
    tasks.tell(notice=notice.pk)
    assert sent_to() == OTHERS


def test_a_lost_connection_loses_no_message(committee: Committee, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribed()
    notice = due(publish())
    with monkeypatch.context() as patched:
        refuse(patched, SMTPServerDisconnected("gone"))
        with pytest.raises(NotAllTold):
            tasks.tell(notice=notice.pk)
    tasks.tell(notice=notice.pk)
    assert sent_to() == [ADDRESS]


def test_what_is_not_sent_within_the_day_gets_a_new_job(committee: Committee) -> None:
    subscribed()
    notice = due(publish())
    empty_queue()
    notices.again()
    assert jobs() == [{"notice": notice.pk}]


def test_what_one_of_two_workers_could_not_send_is_tried_again(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed()
    notice = due(publish())
    tries: list[str] = []

    def taken(message: EmailMessage, connection: object) -> bool:
        tries.append(message.to[0])
        if len(tries) == 1:
            # Meanwhile another worker finds nobody else to tell, and takes the notice for sent.
            notices.tell(number=notice.pk)
        return len(tries) > 1

    monkeypatch.setattr(notices, "_is_taken", taken)
    with pytest.raises(NotAllTold):
        notices.tell(number=notice.pk)
    assert Notice.objects.get(pk=notice.pk).sent_at is None
    notices.tell(number=notice.pk)
    assert tries == [ADDRESS, ADDRESS]
    assert NoticeDelivery.objects.count() == 1
