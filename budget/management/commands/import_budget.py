"""Bring a year's budget, or a quarter's actuals and forecasts, in from a file."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from budget.importing.adding import rounded_total
from budget.importing.days import day_in
from budget.importing.sheets import TABLE
from budget.importing.stated import Income, Net, Stated, Variance, columns_named
from budget.models import Quarter
from budget.services.bringing import bring
from budget.services.changes import BudgetChanges, budget_changes
from budget.services.entry import Clashed, save_lines
from budget.services.returns_file import read_returns_file
from budget.services.waiting import read_budget_file
from torbay_reports.access.models import User
from torbay_reports.core import periods
from torbay_reports.core.formatting import bracketed, count
from torbay_reports.core.money import Unit
from torbay_reports.core.opening.files import require_size
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile

MOST_SAID = 200


class Command(BaseCommand):
    help = (
        "Brings budget lines of a year, or with --quarter actuals and forecasts, in from an .xlsx or .csv file. All or "
        "nothing: a fault is named with its row and its cure, and nothing is saved."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file that holds the table")
        parser.add_argument("--year", required=True, help="The financial year: 2017-18")
        parser.add_argument("--quarter", type=int, help="1 to 4: the file holds that quarter's actuals and forecasts")
        parser.add_argument("--unit", choices=[each.value for each in Unit], help="The unit of the file's figures")
        parser.add_argument("--income", choices=list(Income), help="How an income column shows income")
        parser.add_argument("--net", choices=list(Net), help="What a positive forecast or actual means")
        parser.add_argument("--variance", choices=list(Variance), help="What a positive variance means")
        parser.add_argument("--credits", action="store_true", help="Expenditure may be negative in single lines")
        parser.add_argument("--ledger-date", help="The ledger's date of all actuals: 2017-06-30")
        parser.add_argument("--sheet", default="", help="The sheet of a workbook that has several")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="MEANING=COLUMN",
            help="A column by its letter or head, such as service=B; group may be given once for each level",
        )
        parser.add_argument("--by", help="The mail address of the person in whose name it is done")
        parser.add_argument("--why", default="", help="Why, for the history")
        parser.add_argument("--remove", action="store_true", help="Lines that the file lacks are to go")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen; save nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            year = periods.FinancialYear.from_slug(options["year"])
            data, stated = _content(path), _stated(options)
            by = None if options["dry_run"] else _person(options["by"])
            if options["quarter"] is None:
                self._budget(year, data, stated, by, options)
            else:
                self._returns(_quarter(year, options["quarter"]), data, stated, by, options)
        except ValidationError as refusal:
            raise CommandError("\n".join(["Nothing was saved.", *refusal.messages])) from refusal
        except PermissionDenied as refusal:
            raise CommandError(
                f"Nothing was saved. {options['by']} may not do this: finance keeps budgets."
            ) from refusal
        except (UnreadableFile, ValueError) as refusal:
            raise CommandError(f"Nothing was saved.\n{refusal}") from refusal
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was saved.")

    def _budget(
        self, year: periods.FinancialYear, data: bytes, stated: Stated, by: User | None, options: dict[str, Any]
    ) -> None:
        name = options["file"].name
        with Progress(f"Reading {name}") as progress:
            progress.expect(data.count(b"\n") if name.lower().endswith(".csv") else 1)
            content = read_budget_file(
                year=year, data=data, file_name=name, stated=stated, done=lambda rows: progress.advance(rows)
            )
        self._say(content.notes)
        self.stdout.write(
            f"{count(content.totals, 'total', 'totals')} compared with the computed sums; none is stored. "
            f"{len(content.rounding) or 'None'} of them differ by rounding."
        )
        self._say(rounded_total(each) for each in content.rounding)
        with Progress(f"Comparing with {year.label}"):
            changes = budget_changes(year.start, content)
        self._say_changes(year, changes, removes=options["remove"])
        if by is None:
            return
        with Progress(f"Storing {count(len(changes.added), 'line', 'lines')}") as progress:
            progress.expect(len(changes.added))
            brought = bring(
                year=year,
                content=content,
                by=by,
                why=options["why"],
                removes=options["remove"],
                agreed=changes.fingerprint,
                done=progress.advance,
            )
        self.stdout.write(
            f"{year.label}: {brought.added:,} added, {brought.changed:,} changed, {brought.removed:,} removed."
        )

    def _say_changes(self, year: periods.FinancialYear, changes: BudgetChanges, *, removes: bool) -> None:
        if changes.is_new:
            self.stdout.write(f"{year.label} is not in the books yet: this file makes it, in {changes.unit}.")
        lines = [f"  new: {node.words}" for node in changes.nodes]
        for each in changes.changed:
            line = each.stored
            lines.append(
                f"  {line.node.words}, {line.kind} {line.code}".rstrip()
                + f": {bracketed(line.opening, 2)} becomes {bracketed(each.amount, 2)}"
            )
        verb = "goes" if removes else "not in the file, stays"
        lines += [f"  {line.node.words}, {line.kind} {line.code}".rstrip() + f": {verb}" for line in changes.left]
        self._say(lines)
        for total in changes.totals:
            self.stdout.write(f"  {total.name}: {bracketed(total.before, 2)} becomes {bracketed(total.after, 2)}")
        self.stdout.write(
            f"{len(changes.added):,} to add, {len(changes.changed):,} to change, {changes.unchanged:,} as before, "
            f"{len(changes.left):,} not in the file."
        )

    def _returns(self, quarter: Quarter, data: bytes, stated: Stated, by: User | None, options: dict[str, Any]) -> None:
        with Progress(f"Reading {options['file'].name}"):
            read = read_returns_file(quarter=quarter, data=data, file_name=options["file"].name, stated=stated)
        self._say([*read.notes, *(rounded_total(each) for each in read.rounding)])
        for edit in read.edits:
            changed = "; ".join(
                f"{field} {getattr(edit.seen, field) or '-'} becomes {getattr(edit.wanted, field)}"
                for field in edit.changed
            )
            self.stdout.write(f"  {edit.slug}: {changed}")
        self.stdout.write(f"{count(len(read.edits), 'service', 'services')} of {quarter} to change.")
        if by is None or not read.edits:
            return
        try:
            save_lines(quarter=quarter, edits=read.edits, by=by, why=options["why"])
        except Clashed as clash:
            raise CommandError(
                "Nothing was saved: somebody else has changed these figures at the same moment. Run it again."
            ) from clash
        self.stdout.write(f"{quarter}: {count(len(read.edits), 'service', 'services')} changed.")

    def _say(self, lines: Iterable[str]) -> None:
        lines = list(lines)
        for line in lines[:MOST_SAID]:
            self.stdout.write(line)
        if len(lines) > MOST_SAID:
            self.stdout.write(f"  … and {len(lines) - MOST_SAID:,} more.")


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise CommandError(f"{path!s:.200} is no file. Name the file that holds the table.")
        require_size(path.stat().st_size, path.name, TABLE)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            f"{path!s:.200} cannot be read: {error.strerror}. Name the file that holds the table."
        ) from error


def _stated(options: dict[str, Any]) -> Stated:
    day = None
    if options["ledger_date"]:
        day = day_in(options["ledger_date"])
        if day is None:
            raise CommandError(f"“{options['ledger_date']}” is no day. Write it like 2017-06-30.")
    return Stated(
        unit=Unit(options["unit"]) if options["unit"] else None,
        income=Income(options["income"]) if options["income"] else None,
        net=Net(options["net"]) if options["net"] else None,
        variance=Variance(options["variance"]) if options["variance"] else None,
        has_credits=options["credits"],
        ledger_date=day,
        sheet=options["sheet"],
        columns=columns_named(options["column"]),
    )


def _person(address: str | None) -> User:
    if not address:
        raise CommandError("Say in whose name it is done, with --by and a mail address, or try it with --dry-run.")
    person = User.objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here has the address {address}. Name somebody of finance.")
    return person


def _quarter(year: periods.FinancialYear, number: int) -> Quarter:
    quarter = Quarter.objects.select_related("year").filter(year__start_year=year.start, number=number).first()
    if quarter is None:
        raise CommandError(f"Quarter {number} of {year.label} is not open yet. Open it on screen first.")
    return quarter
