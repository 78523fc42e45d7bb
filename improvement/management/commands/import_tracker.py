"""Bring a tracker in from a file: the first one makes the plan, a newer one changes it."""

import hashlib
import re
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from improvement.calculations.versions.difference_words import difference_words, leaving
from improvement.forms.importing import RESERVED
from improvement.importing.opening.files import require_size
from improvement.importing.reading import ReadTracker, UnreadableTracker, read_tracker
from improvement.models import Plan
from improvement.selectors.trackers import differences
from improvement.services.versions import (
    ImportRefused,
    NothingNew,
    StepsWouldLeave,
    bring_in,
    check_day,
    check_fits,
    check_is_newer,
)
from torbay_reports.core import clock
from torbay_reports.core.formatting import count, long_date
from torbay_reports.core.progress import Progress


class Command(BaseCommand):
    help = "Brings an improvement plan in from an .xlsx, .docx or .csv file, and says what it found and what changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file that holds the tracker")
        parser.add_argument("--plan", required=True, help="The plan's short name: childrens-services")
        parser.add_argument(
            "--as-at", help="The date of the paper that the file stands for: 2017-09-06 (default: today)"
        )
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen; save nothing")
        parser.add_argument("--drop", action="store_true", help="Steps that the file lacks are meant to leave the plan")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        slug, as_at, is_dry = _short_name(options["plan"]), _day(options["as_at"]), bool(options["dry_run"])
        data, name = _content(path), _printable(path.name)
        checksum = hashlib.sha256(data).hexdigest()
        try:
            with Progress(f"Reading {name}"):
                read = read_tracker(data, name)
            self._say(read.report.lines())
            check_day(as_at)
            check_fits(read.tracker)
            revision = self._compare(slug, read, as_at, checksum)
            if is_dry:
                self.stdout.write("This was a dry run: nothing was saved.")
                return
            with Progress(f"Storing {count(read.report.steps, 'step', 'steps')}"):
                version = bring_in(
                    slug=slug,
                    tracker=read.tracker,
                    report=read.report.to_builtins(),
                    as_at=as_at,
                    file_name=name,
                    checksum=checksum,
                    by=None,
                    revision=revision,
                    drops=bool(options["drop"]),
                )
        except NothingNew as nothing:
            self.stdout.write(str(nothing))
            return
        except StepsWouldLeave as refusal:
            raise CommandError(f"{refusal} Nothing was saved. Run it again with --drop if that is meant.") from refusal
        except (UnreadableTracker, ImportRefused) as refusal:
            raise CommandError(f"Nothing was saved. {refusal}") from refusal
        self.stdout.write(f"“{version.plan.title}” now stands as at {long_date(version.as_at)}.")

    def _compare(self, slug: str, read: ReadTracker, as_at: date, checksum: str) -> int:
        """Say what would change in the plan that is there. The revision that was compared, 0 where there is no plan."""
        plan = Plan.objects.filter(slug=slug).first()
        if plan is None:
            self.stdout.write(f"There is no plan '{slug}' yet: this file makes it.")
            return 0
        check_is_newer(plan=plan, as_at=as_at, checksum=checksum)
        with Progress(f"Comparing with {plan.slug}"):
            found = differences(plan, read.tracker, as_at)
        self.stdout.write(f"Differences from “{plan.title}”: {len(found.differences) or 'none'}")
        self._say(f"  {difference_words(each)}" for each in found.differences)
        steps_leave = leaving(found)
        if steps_leave is not None:
            self.stdout.write(steps_leave.would_leave)
        return plan.revision

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _printable(name: str) -> str:
    """The file's name on one line, a question mark for each character that is none."""
    return " ".join(name.encode(errors="replace").decode().split())


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ValueError("it is no file")
        require_size(path.stat().st_size, _printable(path.name))
        return path.read_bytes()
    except UnreadableTracker as refusal:
        raise CommandError(f"Nothing was saved. {refusal}") from refusal
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) else error
        raise CommandError(f"{path!s:.200} cannot be read: {problem}. Name the file that holds the tracker.") from error


def _short_name(text: str) -> str:
    if not re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", text):
        raise CommandError(
            f"{text[:100]!a} is no short name. Use letters, digits and hyphens, such as childrens-services."
        )
    if text in RESERVED:
        raise CommandError(f"“{text}” is an address of its own. Choose another short name.")
    return text


def _day(text: str | None) -> date:
    if text is None:
        return clock.today()
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise CommandError(f"'{text}' is no date. Write it like 2017-09-06.") from None
    return day
