"""How fast a pack of 600 pages in 40 papers and three instalments is previewed, reordered, published and joined.

Held against headless Chromium's print of the same pages, in turn in one run, by the ratios that the pack engine keeps
at ten times the rows: a cold build 2.5, one after a change 0.25. Measured with papers nearly all of rows, and with such
as most are: of numbered paragraphs, headings and lists, with a table.
"""

import json
import time
from pathlib import Path
from statistics import median

import pytest

from tests.bench.agendas import PROSE, ROWS, Mix, bench_meeting
from tests.bench.processes import PackWorker, chromium_print, forget_peak, peak
from torbay_reports.agenda.models import JobState, PackBuild
from torbay_reports.agenda.whole import whole_pack
from torbay_reports.publishing.models import StoredPack, WholePack
from torbay_reports.publishing.packplan import Edition

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

RUNS = 3
COLD, AFTER_A_CHANGE = 2.5, 0.25
LARGEST_PROCESS = 250.0
"""Megabytes."""


def printed(pages: list[str], folder: Path) -> float:
    """The seconds in which Chromium prints each instalment."""
    seconds = 0.0
    for number, html in enumerate(pages):
        path = folder / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        seconds += chromium_print(path, folder / f"{number}.pdf")
    return seconds


@pytest.mark.parametrize("mix", [pytest.param(ROWS, id="rows"), pytest.param(PROSE, id="prose")])
def test_600_pages_of_40_papers_stay_within_the_ratios_of_the_pack_engine(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], mix: Mix
) -> None:
    meeting = bench_meeting(mix)
    agenda = meeting.instalments[0]
    chromium, preview, reorder, publish, join = (list[float]() for _ in range(5))

    def build_all(worker: PackWorker, *, publishes: bool = False) -> float:
        return sum(worker.build(meeting.asked(each, publishes=publishes)) for each in meeting.instalments)

    with PackWorker() as worker:
        build_all(worker)
        for _ in range(RUNS):
            chromium.append(printed(meeting.html(), tmp_path))
            meeting.forget_parts()
            preview.append(build_all(worker))
            meeting.move_a_paper()
            reorder.append(worker.build(meeting.asked(agenda)))
        built = worker.peaks()
        pages = sum(len(each.pages["labels"]) for each in StoredPack.objects.all())
        for _ in range(RUNS):
            publish.append(build_all(worker, publishes=True))
            for each in meeting.instalments:
                meeting.correct_a_paper(each)
        published = worker.peaks()
    assert set(PackBuild.objects.values_list("state", flat=True)) == {JobState.DONE.value}
    # What was needed to invent papers and to write them for Chromium is no pack's.
    forget_peak()
    for _ in range(RUNS):
        WholePack.objects.all().delete()
        start = time.perf_counter()
        whole = whole_pack(agenda.meeting, Edition.PUBLIC)
        join.append(time.perf_counter() - start)
    lines = {"preview": preview, "reorder of one paper": reorder, "publish": publish, "pack so far": join}
    with capfd.disabled():
        for name, seconds in lines.items():
            both = [round(median(each), 3) for each in (seconds, chromium)]
            told = {"name": f"{name} / Chromium's print of {pages} pages", "ratio": round(both[0] / both[1], 3)}
            runs = [[round(value, 2) for value in values] for values in (seconds, chromium)]
            print(json.dumps({**told, "seconds": both, "each": runs}), flush=True)
        most = {"building": max(built), "publishing": max(published), "joining": peak(Path("/proc/self"))}
        told = {"name": "largest process, megabytes", **{name: round(each, 1) for name, each in most.items()}}
        print(json.dumps({**told, "bytes": len(whole.pdf)}), flush=True)
    assert pages > 590
    assert median(preview) / median(chromium) <= COLD
    assert median(reorder) / median(chromium) <= AFTER_A_CHANGE
    assert median(publish) / median(chromium) <= COLD
    assert median(join) / median(chromium) <= AFTER_A_CHANGE
    assert max(most["building"], most["joining"]) <= LARGEST_PROCESS
