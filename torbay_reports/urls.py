"""Where each room's pages stand. A room's own addresses are in its `urls.py`."""

from django.urls import include, path

handler404 = "torbay_reports.access.reach.not_found"

urlpatterns = [
    path("", include("torbay_reports.agenda.urls")),
    path("", include("torbay_reports.access.urls")),
    path("", include("torbay_reports.access.signin.urls")),
    path("", include("torbay_reports.core.urls")),
    path("", include("torbay_reports.publishing.urls")),
    path("budget/", include("budget.urls")),
    path("plans/", include("improvement.urls")),
    path("ofsted/", include("ofsted.urls")),
]
