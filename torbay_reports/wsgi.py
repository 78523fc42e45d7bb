"""The WSGI entry point: `granian --interface wsgi torbay_reports.wsgi:application`."""

import os
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application

from torbay_reports.core import embedded_postgres
from torbay_reports.core.odd_requests import only_readable
from torbay_reports.publishing.bundles.serving import published
from torbay_reports.publishing.bundles.stores import public_store


def _application() -> WSGIApplication:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torbay_reports.settings")
    embedded_postgres.start_if_configured()
    application = only_readable(get_wsgi_application())
    return published(application, public_store().folder)


application = _application()
