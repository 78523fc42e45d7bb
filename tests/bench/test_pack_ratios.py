"""How fast packs are built: from the job taken to the checked pack stored, by a warm worker on all cores.

Held against headless Chromium's print of the same HTML, its tags on, and against one plain run of WeasyPrint; all of
them in turn in one run. Each build is the first of its content: what changes is another step every time.
"""

import json
import os
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from pikepdf import Name, Pdf

from tests.bench.processes import PackWorker, chromium_print, weasyprint_run
from tests.bench.supplement import CHANGES, BenchSupplement, published_supplement

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

RUNS = len(CHANGES)
COLD, REBUILD = {1: 1.3, 10: 2.5}, {1: 0.3, 10: 0.25}
"""What a build may take of Chromium's time: all of it set anew, and one step of it changed; by the copies of rows."""
LARGEST_PROCESS = 250.0
"""Megabytes, at ten times the rows."""
CORES = len(os.sched_getaffinity(0))

Tell = Callable[..., None]


@pytest.fixture
def tell(capfd: pytest.CaptureFixture[str]) -> Tell:
    """Prints a line of JSON past pytest's capture."""

    def line(name: str, this: Sequence[float], other: Sequence[float], unit: str = "seconds", **more: Any) -> None:
        values = [round(median(this), 3), round(median(other), 3)]
        each = {"each": [[round(value, 3) for value in values] for values in (this, other)]}
        told = {"name": name, "ratio": round(median(this) / median(other), 3), unit: values, "cores": CORES}
        with capfd.disabled():
            print(json.dumps({**told, **each, **more}), flush=True)

    return line


@pytest.mark.parametrize("copies", [1, 10])
def test_a_pack_is_built_within_so_many_times_of_chromiums_print(tell: Tell, tmp_path: Path, copies: int) -> None:
    supplement = published_supplement(copies)
    chromium, cold, rebuild = list[float](), list[float](), list[float]()
    html, printed = tmp_path / "pack.html", tmp_path / "chromium.pdf"
    with PackWorker() as worker:
        worker.build(supplement.asked())
        for number in range(RUNS):
            html.write_text(supplement.html(), encoding="utf-8")
            chromium.append(chromium_print(html, printed))
            supplement.forget_parts()
            cold.append(worker.build(supplement.asked()))
            supplement.change_step(number)
            rebuild.append(worker.build(supplement.asked()))
        pages = pages_of(supplement)
        peaks = worker.peaks()
    assert is_tagged_with_fonts(printed)
    plain = tmp_path / "weasyprint.pdf"
    run, run_megabytes = weasyprint_run(html, plain)
    size = {"pages": [pages, count_pages(printed), count_pages(plain)]}
    many = "" if copies == 1 else f" at {copies} times the rows"
    tell(f"cold build of the supplement{many} / Chromium's print", cold, chromium, **size)
    tell(f"rebuild after one changed step{many} / Chromium's print", rebuild, chromium, **size)
    tell(f"cold build of the supplement{many} / one WeasyPrint run", cold, [run])
    tell(f"rebuild after one changed step{many} / one WeasyPrint run", rebuild, [run])
    largest = f"largest process of all builds{many} / of one WeasyPrint run"
    tell(largest, [max(peaks)], [run_megabytes], "megabytes", processes=[round(each, 1) for each in peaks])
    assert median(cold) / median(chromium) <= COLD[copies]
    assert median(rebuild) / median(chromium) <= REBUILD[copies]
    assert max(peaks) <= LARGEST_PROCESS
    # No white space lost where parts end: Chromium and WeasyPrint break the same lines.
    assert pages <= 1.05 * count_pages(plain)


def pages_of(supplement: BenchSupplement) -> int:
    with Pdf.open(BytesIO(bytes(supplement.newest_pack().pdf))) as pdf:
        return len(pdf.pages)


def count_pages(path: Path) -> int:
    with Pdf.open(path) as pdf:
        return len(pdf.pages)


def is_tagged_with_fonts(path: Path) -> bool:
    """Whether Chromium did the same work: a tag tree, and the program's own type."""
    with Pdf.open(path) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.obj.Resources.get(Name.Font, {}).values()}
        return Name.StructTreeRoot in pdf.Root and any("Hyperlegible" in font for font in fonts)
