"""Tells a CDN which published addresses to forget, after a withdrawal or a correction."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

import requests
from django.conf import settings

from torbay_reports.publishing.bundles.serving import PREFIX

PATIENCE: Final = 5  # seconds for the connection, and again between two pieces of the answer
_INDEX: Final = "index.html"


class PurgeFailed(Exception):
    """The CDN may still show what it was to forget; the sentence says why, and asking again does no harm."""


def purge(paths: Iterable[str]) -> None:
    """Post the addresses of these paths in the public store to CDN_PURGE_URL as {"paths": [...]}, once each, in order.

    A folder's page goes out under both of its addresses. Nothing happens where the setting is empty. Raises
    `PurgeFailed` unless the answer is a 2xx.
    """
    addresses = sorted({address for path in paths for address in _addresses(path)})
    if not settings.CDN_PURGE_URL or not addresses:
        return
    token = {"Authorization": f"Bearer {settings.CDN_PURGE_TOKEN}"} if settings.CDN_PURGE_TOKEN else {}
    try:
        # A redirect is not followed: the token is meant for that address alone.
        answer = requests.post(
            settings.CDN_PURGE_URL, json={"paths": addresses}, headers=token, timeout=PATIENCE, allow_redirects=False
        )
    except requests.RequestException as error:
        # Its own text may quote the address, with whatever stands in it.
        raise PurgeFailed(
            f"The address in CDN_PURGE_URL cannot be reached ({type(error).__name__}): see that it is right and up."
        ) from None
    if not 200 <= answer.status_code < 300:
        raise PurgeFailed(
            f"The address in CDN_PURGE_URL answered {answer.status_code}: see that CDN_PURGE_TOKEN may purge there."
        )


def _addresses(path: str) -> Iterable[str]:
    """As readers know it: under /published/, or below the path of PUBLISHED_URL."""
    address = f"{urlsplit(settings.PUBLISHED_URL).path or PREFIX}{path}"
    yield address
    if address.endswith(f"/{_INDEX}"):
        yield address.removesuffix(_INDEX)
