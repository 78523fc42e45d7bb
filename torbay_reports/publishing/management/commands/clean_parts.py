"""Remove set pages that no pack has used for a long time."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from torbay_reports.core.formatting import count
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.parts.store import MEGABYTE, Cleaned, clean


class Command(BaseCommand):
    help = (
        "Removes the set pages that were not used for the longest time, until the others have room in "
        "PARTS_MAX_MEGABYTES, those of restricted editions apart. No pack loses a page: what is asked for again is set "
        "again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--keep-megabytes", metavar="N", help="Keep so many megabytes; 0 removes all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        most = _megabytes(options["keep_megabytes"]) * MEGABYTE
        for edition in Edition:
            self.stdout.write(f"{edition.capitalize()} editions: {_said(clean(most, edition))}")


def _said(cleaned: Cleaned) -> str:
    left = f"{count(cleaned.left, 'part', 'parts')} ({_size(cleaned.left_bytes)})"
    if not cleaned.removed:
        return f"nothing had to go; kept {left}."
    return f"removed {count(cleaned.removed, 'part', 'parts')} ({_size(cleaned.removed_bytes)}); kept {left}."


def _megabytes(text: str | None) -> int:
    if text is None:
        megabytes: int = settings.PARTS_MAX_MEGABYTES
        return megabytes
    if not (text.isascii() and text.isdecimal()):
        raise CommandError(f"{text!a} is no number of megabytes. Write --keep-megabytes 200.")
    return int(text)


def _size(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB"
