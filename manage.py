#!/usr/bin/env python3
"""Run the project's commands: `manage.py help` lists them."""

import os
import sys


def main(arguments: list[str]) -> None:
    """Run one command; a mistake in the settings ends it with one sentence instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torbay_reports.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import Error as DatabaseFault
    except ImportError:
        sys.exit("The project's packages are missing: run `make install`, then use .venv/bin/python.")
    from torbay_reports.core import embedded_postgres, environment_file
    from torbay_reports.core.database_faults import database_fault
    from torbay_reports.core.postgres_programs import EmbeddedPostgresError

    if arguments[1:2] == ["demo"]:
        environment_file.write_if_missing()
    try:
        if embedded_postgres.is_needed_by(arguments[1:]):
            embedded_postgres.start_if_configured()
        execute_from_command_line(arguments)
    except (ImproperlyConfigured, EmbeddedPostgresError) as error:
        sys.exit(str(error))
    except DatabaseFault as error:
        if not (sentence := database_fault(error)):
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main(sys.argv)
