"""Read everything that is published again, and say what differs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from torbay_reports.core.formatting import count
from torbay_reports.core.progress import Progress
from torbay_reports.publishing.bundles.services import point_all
from torbay_reports.publishing.bundles.verifying import read_words, verify
from torbay_reports.publishing.faults import PackFault


class Command(BaseCommand):
    help = (
        "Reads every file and every row of what is published again, and says what differs from what was published, one "
        "sentence a line. It ends with 0 where nothing differs and with 1 where something does. Meant to be run once a "
        "day, as workers do; it may be stopped at any moment and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--point",
            action="store_true",
            help="First write the pages anew that point to packs (lists and feed, no pack itself)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["point"]:
                point_all()
            with Progress("Reading everything published") as progress:
                made = verify(progress=progress)
        except PackFault as error:
            raise CommandError(str(error)) from error
        for place, sentence in made.differences:
            self.stdout.write(f"{place}: {sentence}")
        if made.differences:
            differ = count(len(made.differences), "thing differs", "things differ")
            raise CommandError(f"{differ} from what was published; {read_words(made)} read.")
        self.stdout.write(f"Everything published is as it was published: {read_words(made)}.")
