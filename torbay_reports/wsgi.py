"""The WSGI entry point: `granian --interface wsgi torbay_reports.wsgi:application`."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from torbay_reports.core import embedded_postgres


def _application() -> WSGIHandler:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torbay_reports.settings")
    embedded_postgres.start_if_configured()
    return get_wsgi_application()


application = _application()
