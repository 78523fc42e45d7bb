"""The demonstration's quarter: Torbay's first quarter of 2017/18."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from budget.importing.quarter_file import read_quarter
from budget.models import FinancialYear
from budget.reports.monitoring import BrokenReport
from budget.services import loading as services
from torbay_reports.core.demo import checksum, is_loaded, own_or_conflict, record_load, register_step, remember, remove
from torbay_reports.core.periods import FinancialYear as Period
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile

ORDER = 20
LOAD = "budget.json"


def load_quarter(progress: Progress) -> None:
    """Bring the quarter of `fixtures/budget.json` in, unless this very file is in already.

    Raises CommandError when the file is wrong, before or after the first row, all of which are then undone; and
    DemoConflict when the year or one of its quarters is somebody else's.
    """
    path = Path(settings.FIXTURES_DIR) / LOAD
    try:
        content = read_quarter(path)
        existing = FinancialYear.objects.filter(start_year=Period.from_slug(content.year).start).first()
        own_or_conflict(existing)
        digest = checksum(path.read_bytes())
        if existing is not None:
            if is_loaded(LOAD, digest):
                return
            for quarter in existing.quarters.all():
                remove(quarter)
            remove(existing)
        for _ in progress.track([content]):
            year = services.load_quarter(content=content)
            remember(year, *year.quarters.all())
        record_load(LOAD, digest)
    except (UnreadableFile, BrokenReport) as error:
        raise CommandError(f"Nothing was loaded. {error}") from error


register_step(ORDER, "Budget", load_quarter)
