"""Addresses of committees, subscriptions and feeds."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda.views.subscribing import committees, subscriptions

COMMITTEE: Final = "committees/<slug:committee>/"
ADDRESSES: Final[list[URLPattern]] = [
    path("committees/", committees.committees, name="committees"),
    path(COMMITTEE, committees.committee, name="committee"),
    path(COMMITTEE + "feed.xml", committees.committee_feed, name="committee-feed"),
    path(COMMITTEE + "subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscriptions/<str:token>/confirm/", subscriptions.subscription_confirm, name="subscription-confirm"),
    path("subscriptions/<str:token>/end/", subscriptions.subscription_end, name="subscription-end"),
]
