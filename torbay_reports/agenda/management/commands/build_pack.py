"""Build one edition of a meeting's instalment as a PDF, the newest by itself, and publish it where that is asked."""

import os
import tempfile
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from torbay_reports.agenda.build_progress import PhaseBars
from torbay_reports.agenda.business import NotReadyToPublish
from torbay_reports.agenda.publishing import publish_pack
from torbay_reports.agenda.selectors import UnknownMeeting, latest_instalment, meeting
from torbay_reports.agenda.services import build_pack
from torbay_reports.agenda.whole import prepare_wholes
from torbay_reports.publishing.bundles.bundlestore import StoreError
from torbay_reports.publishing.bundles.purging import PurgeFailed
from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.selectors import DamagedPublication


class Command(BaseCommand):
    help = (
        "Builds one edition of a meeting's instalment, by itself the newest, and writes it as a PDF. It needs no "
        "worker; where one builds this very edition, it waits until that is done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("committee", help="The committee's short name: overview-and-scrutiny-board")
        parser.add_argument("date", help="The meeting's day: 2017-09-06")
        parser.add_argument("--edition", default="public", help="public (the default) or restricted")
        parser.add_argument("--instalment", default="", help="agenda, supplement-1… (by default the newest)")
        parser.add_argument("--publish", action="store_true", help="Publish it too, in nobody's name")
        parser.add_argument("--why", default="", help="Why a later version is published, for everybody to read")
        parser.add_argument("--output", required=True, type=Path, help="Where to write the PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = _edition(options["edition"])
        output: Path = options["output"]
        _check_place(output)
        try:
            of = meeting(_short_name(options["committee"]), _day(options["date"]))
            instalment = latest_instalment(of, options["instalment"])
            with PhaseBars(f"the {edition} edition") as bars:
                if options["publish"]:
                    publish_pack(instalment=instalment, edition=edition, by=None, why=options["why"], progress=bars)
                    prepare_wholes(of)
                pack = build_pack(instalment=instalment, edition=edition, by=None, progress=bars)
            _write(output, bytes(pack.pdf))
        except (
            UnknownMeeting,
            NotReadyToPublish,
            PackFault,
            DamagedPublication,
            PurgeFailed,
            StoreError,
        ) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}. Choose another --output.") from error
        self.stdout.write(f"{output}: {len(pack.pages['labels'])} pages, {len(pack.pdf):,} bytes.")


def _check_place(output: Path) -> None:
    """Before the work: a folder to write in, and nothing there but a file. A device would be replaced by the PDF."""
    if not output.parent.is_dir():
        raise CommandError(f"There is no folder {output.parent}. Make it, or choose another --output.")
    if output.exists() and not output.is_file():
        raise CommandError(f"{output} is no file that can be replaced. Name a PDF file in --output.")


def _short_name(text: str) -> str:
    """The committee's short name. Bytes that are no text, which the database could not even compare, end here."""
    if not text.isprintable():
        raise CommandError(f"There is no committee {text!a}: its short name is not readable text.")
    return text


def _edition(text: str) -> Edition:
    try:
        return Edition(text)
    except ValueError:
        raise CommandError(f"There is no edition '{text}'. Choose public or restricted.") from None


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        if day.isoformat() != text:
            raise ValueError(text)
    except ValueError:
        raise CommandError(f"'{text}' is no date. Write it like 2017-09-06.") from None
    return day


def _write(output: Path, content: bytes) -> None:
    """Write beside the target and then put it in its place, so that a broken run leaves no half file."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
        beside.replace(output)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
