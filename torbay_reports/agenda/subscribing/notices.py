"""One message for an instalment: due with its publication, sent by a worker to each subscriber once.

That a message goes to somebody is noted before the mail server is given it. So a worker that is killed tells nobody
twice, and at most one subscriber is not told; two workers at once tell nobody twice either.
"""

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Final

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import Instalment, Notice, NoticeDelivery, Subscription
from torbay_reports.agenda.subscribing import mails
from torbay_reports.agenda.subscribing.subscriptions import confirmed_of
from torbay_reports.agenda.subscribing.whats_new import WhatsNew, whats_new
from torbay_reports.core import clock
from torbay_reports.core.mailing import CANNOT_BE_SENT
from torbay_reports.publishing.models import AnyBundle, bundles_of
from torbay_reports.publishing.packplan import Edition

log: Final = logging.getLogger(__name__)
TASK: Final = "torbay_reports.agenda.tasks.tell"
BEFORE_BUILDS: Final = 50
TRIED_FOR: Final = timedelta(days=3)
"""News of an older instalment is none."""
REFUSED_FOR_GOOD: Final = 500
"""Replies of a mail server from this on are not worth another try (RFC 5321, section 4.2.1)."""


class NotAllTold(Exception):
    """The mail server is away, or did not take every message: whom it did not take it for is told later."""


def due(instalment: Instalment, bundle: AnyBundle) -> None:
    """Have subscribers told of a version, once the transaction that publishes it is done; of a restricted one never."""
    if bundle.edition is not Edition.PUBLIC or not confirmed_of(instalment.meeting.committee).exists():
        return
    notice = Notice.objects.create(instalment=instalment, version=bundle.version, due_at=clock.now())
    _defer(notice)


def tell(*, number: int) -> None:
    """Send the messages of the notice of this number to all who were not told yet, and of a withdrawn version none.

    Raises NotAllTold, for another try.
    """
    notice = Notice.objects.select_related("instalment__meeting__committee").filter(pk=number, sent_at=None).first()
    if notice is None:
        return
    bundle = _available(notice)
    if bundle is not None:
        _tell_all(notice, bundle, whats_new(bundle, name=notice.instalment.name))
    Notice.objects.filter(pk=notice.pk).update(sent_at=clock.now())


def again() -> None:
    """Try anew what was due lately and is not sent: its job may have ended its workers too often."""
    for notice in Notice.objects.filter(sent_at=None, due_at__gt=clock.now() - TRIED_FOR):
        _defer(notice)


def _defer(notice: Notice) -> None:
    app.configure_task(TASK, priority=BEFORE_BUILDS).defer(notice=notice.pk)


def _available(notice: Notice) -> AnyBundle | None:
    versions = bundles_of(Edition.PUBLIC).available()
    found: AnyBundle | None = versions.filter(key=pack_key(notice.instalment), version=notice.version).first()
    return found


@sensitive_variables()
def _tell_all(notice: Notice, bundle: AnyBundle, new: WhatsNew) -> None:
    told = notice.deliveries.values("subscription")
    waiting = list(confirmed_of(notice.instalment.meeting.committee).exclude(pk__in=told).order_by("pk"))
    if not waiting:
        return
    connection: BaseEmailBackend = get_connection()
    try:
        connection.open()
    except OSError as error:
        # Not its own words, which may name an address.
        raise NotAllTold(f"The mail server is away: {type(error).__name__}.") from None
    try:
        # One that is not taken holds none of the others up.
        missed = sum(not _tell(notice, bundle, new, each, connection) for each in waiting)
    finally:
        with suppress(OSError):
            connection.close()
    if missed:
        raise NotAllTold(f"{missed} of {len(waiting)} messages of {notice} were not taken.")


@sensitive_variables()
def _tell(
    notice: Notice, bundle: AnyBundle, new: WhatsNew, subscription: Subscription, connection: BaseEmailBackend
) -> bool:
    """Whether nothing is left to do for this subscriber."""
    delivery = _claim(notice, bundle, subscription)
    if delivery is None:
        return True
    is_done = _is_taken(mails.notice(new, bundle, notice.instalment, subscription), connection)
    if not is_done:
        _give_back(delivery)
    return is_done


@transaction.atomic
def _give_back(delivery: NoticeDelivery) -> None:
    """Whoever told the others meanwhile has taken the notice for sent."""
    delivery.delete()
    Notice.objects.filter(pk=delivery.notice_id).update(sent_at=None)


@transaction.atomic
def _claim(notice: Notice, bundle: AnyBundle, subscription: Subscription) -> NoticeDelivery | None:
    """Note that this subscriber is told; None where somebody else tells them, or they or the version went meanwhile."""
    is_there = Subscription.objects.select_for_update().filter(pk=subscription.pk).exists()
    if not is_there or not bundles_of(Edition.PUBLIC).available().filter(pk=bundle.pk).exists():
        return None
    if NoticeDelivery.objects.filter(notice=notice, subscription=subscription).exists():
        return None
    return NoticeDelivery.objects.create(notice=notice, subscription=subscription, at=clock.now())


@sensitive_variables()
def _is_taken(message: EmailMessage, connection: BaseEmailBackend) -> bool:
    """Whether the mail server has it, or will never take it for this address; logged without the address."""
    try:
        connection.send_messages([message])
    except CANNOT_BE_SENT as error:
        log.warning("A message to a subscriber could not be mailed: %s", type(error).__name__)
        return _is_for_good(error)
    return True


def _is_for_good(error: Exception) -> bool:
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= REFUSED_FOR_GOOD for code, _ in error.recipients.values())
    return isinstance(error, ValueError)
