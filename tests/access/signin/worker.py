"""One worker of the site as a process of its own, on the test's database: `python -m tests.access.signin.worker NAME`.

Prints its port on the first line and serves until it is ended.
"""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def main(database: str) -> None:
    """Serve on a port of the system's choice."""
    import tests.environment  # noqa: F401

    os.environ["DJANGO_SETTINGS_MODULE"] = "torbay_reports.settings"
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
