"""Asking for the messages about a committee, confirming that, and ending them.

Who asks need not be whose address it is: nothing but one message goes there before its link is used. Who is subscribed
is told to nobody else.
"""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.db.models.signals import post_save

from torbay_reports.access.models import User
from torbay_reports.access.services import retention
from torbay_reports.access.services.addresses import checked_address
from torbay_reports.agenda.models import Committee, NoticeDelivery, Subscription
from torbay_reports.core import clock

DAYS_TO_CONFIRM: Final = 7
DAYS_OF_DELIVERIES: Final = 7
"""Longer than a message is tried for, so that none is sent twice."""


@transaction.atomic
def ask(*, committee: Committee, email: str) -> Subscription:
    """Note that an address wants the messages, from now on for DAYS_TO_CONFIRM unless it is confirmed already.

    Raises ValidationError for what is no address, and Subscription.DoesNotExist where it is ended in this moment.
    """
    address, now = checked_address(email), clock.now()
    wanted = Subscription(committee=committee, email=address, asked_at=now)
    # Of two who ask at the same moment both find the one row.
    Subscription.objects.bulk_create([wanted], ignore_conflicts=True)
    found = Subscription.objects.select_for_update().get(committee=committee, email=address)
    if found.confirmed_at is None:
        found.asked_at = now
        found.save(update_fields=["asked_at"])
    return found


@transaction.atomic
def subscribe(*, committee: Committee, email: str) -> Subscription:
    """Have the messages sent to an address of which it is known whose it is. Raises what `ask` raises."""
    found = ask(committee=committee, email=email)
    confirm(subscription=found)
    return found


def confirm(*, subscription: Subscription) -> None:
    """Have the messages sent from now on; nothing changes where they are."""
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    waiting.update(confirmed_at=clock.now())


def end(*, subscription: Subscription) -> None:
    """Send nothing more, and forget the address at once."""
    Subscription.objects.filter(pk=subscription.pk).delete()


def may_be_confirmed(subscription: Subscription) -> bool:
    """Whether its link counts still."""
    return subscription.confirmed_at is None and subscription.asked_at > clock.now() - timedelta(days=DAYS_TO_CONFIRM)


def confirmed_of(committee: Committee) -> QuerySet[Subscription]:
    """Those to whom the messages go."""
    return Subscription.objects.filter(committee=committee, confirmed_at__isnull=False)


def of_address(committee: Committee, email: str) -> Subscription | None:
    """Whether the messages go to an account's own address; for whose it is alone."""
    return confirmed_of(committee).filter(email__iexact=email).first()


def unconfirmed() -> QuerySet[Subscription]:
    """Those that nobody has confirmed in time, which are forgotten."""
    return Subscription.objects.filter(confirmed_at=None, asked_at__lte=clock.now() - timedelta(days=DAYS_TO_CONFIRM))


def old_deliveries() -> QuerySet[NoticeDelivery]:
    """What says which message went to whom, once none of them is tried again."""
    return NoticeDelivery.objects.filter(at__lte=clock.now() - timedelta(days=DAYS_OF_DELIVERIES))


def of_closed_accounts() -> QuerySet[Subscription]:
    """Those of addresses at which somebody's account was closed, and nobody's is open."""
    closed, still = (User.objects.filter(is_active=each).annotate(address=Lower("email")) for each in (False, True))
    rows = Subscription.objects.annotate(address=Lower("email")).filter(address__in=closed.values("address"))
    return rows.exclude(address__in=still.values("address"))


def end_with_account(instance: User, **told: Any) -> None:
    """Send nothing more to somebody whose account is closed."""
    if not instance.is_active and instance.email:
        Subscription.objects.filter(email__iexact=instance.email).delete()


def register() -> None:
    """Have subscriptions end with their account, and what is no longer needed of subscribers go once a day."""
    post_save.connect(end_with_account, sender=User, dispatch_uid="subscriptions end with their account")
    retention.register(
        retention.Kept("subscription that nobody confirmed", "subscriptions that nobody confirmed", unconfirmed),
        retention.Kept("subscription of a closed account", "subscriptions of closed accounts", of_closed_accounts),
        retention.Kept("note of a message to a subscriber", "notes of messages to subscribers", old_deliveries),
    )
