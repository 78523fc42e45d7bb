"""Addresses of reading a pack, and the pack so far."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda.addresses.converters import INSTALMENT, MEETING
from torbay_reports.agenda.views import packs
from torbay_reports.agenda.views.reading import pages

ADDRESSES: Final[list[URLPattern]] = [
    path(INSTALMENT + "pack.pdf", packs.instalment_pdf, name="instalment-pdf"),
    path(INSTALMENT + "restricted-pack.pdf", packs.instalment_restricted_pdf, name="instalment-restricted-pdf"),
    path(MEETING + "pack/page/", pages.page_asked, name="pack-page-asked"),
    path(MEETING + "pack/page/<slug:label>/", pages.pack_page, name="pack-page"),
]
