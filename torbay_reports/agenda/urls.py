"""Addresses of the reader's web and of the clerk's desk."""

from torbay_reports.agenda.addresses import desk, minutes, openings, packs, papers, reading, subscribing

app_name = "agenda"
urlpatterns = [
    *packs.ADDRESSES,
    *papers.ADDRESSES,
    *desk.ADDRESSES,
    *openings.ADDRESSES,
    *minutes.ADDRESSES,
    *reading.ADDRESSES,
    *subscribing.ADDRESSES,
]
