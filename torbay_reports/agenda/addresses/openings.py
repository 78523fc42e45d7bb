"""Addresses of what stands for papers, of opening restricted ones, and of building each part of a pack."""

from typing import Final

from django.urls import URLPattern, path

from torbay_reports.agenda import views
from torbay_reports.agenda.addresses.converters import INSTALMENT, MEETING, PAPER
from torbay_reports.agenda.views.openings import content
from torbay_reports.agenda.views.openings.exclusion import put_exclusion
from torbay_reports.agenda.views.openings.waiting import openings
from torbay_reports.agenda.views.restricting import opening_end

ADDRESSES: Final[list[URLPattern]] = [
    path("reviews/openings/", openings, name="openings"),
    path(INSTALMENT + "build/", views.build, name="instalment-build"),
    path(INSTALMENT + "build/progress/", views.build_progress, name="instalment-build-progress"),
    path(INSTALMENT + "build/<slug:edition>.pdf", views.built_pack, name="instalment-built-pack"),
    path(INSTALMENT + "publish/<slug:edition>/", views.publish, name="instalment-publish"),
    path(MEETING + "exclusion/", put_exclusion, name="exclusion"),
    path(PAPER + "content/", content.paper_content, name="paper-content"),
    path(PAPER + "content/freeze/", content.content_freeze, name="content-freeze"),
    path(PAPER + "content/attach/<int:number>/", content.content_attach, name="content-attach"),
    path(PAPER + "content/clear/", content.content_clear, name="content-clear"),
    path(PAPER + "open/end/", opening_end, name="opening-end"),
]
