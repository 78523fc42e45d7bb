"""The mails to subscribers, each to one address alone."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from torbay_reports.agenda.models import Instalment, Subscription
from torbay_reports.agenda.subscribing import links
from torbay_reports.agenda.subscribing.subscriptions import DAYS_TO_CONFIRM
from torbay_reports.agenda.subscribing.whats_new import WhatsNew
from torbay_reports.publishing.bundles.reading import published_address
from torbay_reports.publishing.models import AnyBundle


def confirmation(subscription: Subscription, *, site: str) -> EmailMessage:
    """The mail whose link confirms; to one that is confirmed already, that it is and how it ends. `site` is the address
    at which the form was sent."""
    is_confirmed = subscription.confirmed_at is not None
    path = links.ending_path(subscription) if is_confirmed else links.confirming_path(subscription)
    words = {
        "committee": subscription.committee.name,
        "council_name": settings.COUNCIL_NAME,
        "is_confirmed": is_confirmed,
        "link": f"{site}{path}",
        "days": DAYS_TO_CONFIRM,
    }
    begins = "You have" if is_confirmed else "Confirm that you want"
    return _mail(
        f"{begins} messages about the {subscription.committee.name}",
        render_to_string("agenda/subscribing/confirmation.txt", words),
        subscription,
    )


def notice(new: WhatsNew, bundle: AnyBundle, instalment: Instalment, subscription: Subscription) -> EmailMessage:
    """The mail that says what a version of an instalment brings."""
    meeting, end = instalment.meeting, links.absolute(links.ending_path(subscription))
    where, permanent = [meeting.committee.slug, meeting.held_on], published_address(bundle)
    words = {
        "new": new,
        "committee": bundle.committee,
        "council_name": settings.COUNCIL_NAME,
        "name": instalment.name,
        "version": bundle.version,
        "meeting": links.absolute(meeting.get_absolute_url()),
        "pack": links.absolute(reverse("agenda:pack-pdf", args=where)),
        "alone": links.absolute(reverse("agenda:instalment-pdf", args=[*where, instalment.number])),
        "permanent": permanent if permanent.startswith("http") else links.absolute(permanent),
        "end": end,
    }
    return _mail(
        new.title,
        render_to_string("agenda/subscribing/notice.txt", words),
        subscription,
        # RFC 8058: mail programs have a button of their own that posts there.
        {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _mail(subject: str, body: str, to: Subscription, headers: dict[str, str] | None = None) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[to.email],
        # So that no absence notice answers it (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
    )
