"""Remove what is personal and no longer needed; meant to be run once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from torbay_reports.access.services.retention import Due, Forgotten, due, forget_personal_data
from torbay_reports.core.formatting import count
from torbay_reports.core.progress import Progress


class Command(BaseCommand):
    help = (
        "Removes what was personal in accounts closed more than PERSONAL_DATA_MONTHS ago, entries of the record about "
        "sign-ins as old, sessions that are over, and subscriptions that nobody confirmed. May be stopped at any "
        "moment and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say how much would go")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sentences = _would_go(due()) if options["dry_run"] else _went(_forget())
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(sentences) or "There is nothing to forget.")


def _forget() -> Forgotten:
    with Progress("Forgetting personal data") as progress:
        return forget_personal_data(progress=progress)


def _would_go(found: Due) -> list[str]:
    return [
        sentence
        for number, sentence in (
            (found.people, f"{count(found.people, 'closed account', 'closed accounts')} would be deleted or emptied."),
            (found.entries, f"{_sign_ins(found.entries)} would be deleted."),
            (found.sessions, f"{_sessions(found.sessions)} would be deleted."),
            *((number, f"{count(number, kept.one, kept.many)} would be deleted.") for kept, number in found.rows),
        )
        if number
    ]


def _went(gone: Forgotten) -> list[str]:
    return [
        sentence
        for number, sentence in (
            (gone.deleted, f"{count(gone.deleted, 'closed account', 'closed accounts')} that no row named: deleted."),
            (gone.emptied, f"{count(gone.emptied, 'closed account', 'closed accounts')} emptied but for the name."),
            (gone.entries, f"{_sign_ins(gone.entries)} deleted."),
            (gone.sessions, f"{_sessions(gone.sessions)} deleted."),
            *((number, f"{count(number, kept.one, kept.many)} deleted.") for kept, number in gone.rows),
        )
        if number
    ]


def _sign_ins(number: int) -> str:
    return count(number, "entry about a sign-in", "entries about sign-ins")


def _sessions(number: int) -> str:
    return count(number, "session that is over", "sessions that are over")
