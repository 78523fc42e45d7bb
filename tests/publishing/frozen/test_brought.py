"""A tagged PDF that was brought says in the pack what it said before, and both checkers find nothing in the whole."""

from functools import cache
from pathlib import Path

import outloud
import pytest
from pdfua import validate
from weasyprint import HTML

from tests.publishing.frozen.building import built, with_upload
from tests.publishing.frozen.comparing import differences
from tests.publishing.frozen.reading import counted, read_pack, said_by
from tests.publishing.frozen.things import Grid, Thing, key
from torbay_reports.publishing.packplan import PackPlan, PlannedUpload, RenderedPack
from torbay_reports.publishing.uploads.cleaning import cleaned

STATES = ("Open", "Closed until the wall is mended", "Leased", "Dredged last spring, and to be sounded again", "Dry")
BERTHS = "".join(
    f"<tr><th scope=row>Quay {n}</th><td>{n * 3}</td><td>{n} m</td><td>{STATES[n * n % 5]}</td></tr>" for n in range(90)
)
PAPER = f"""<html lang=en-GB><head><title>Boats in the harbours</title></head><body>
<h1>Boats in the harbours</h1><h2>Berths</h2><p>All berths, as <a href="https://council.invalid/berths">the
register</a> has them.</p><table><caption>Berths by quay</caption>
<thead><tr><th>Quay</th><th>Berths</th><th>Depth</th><th>State</th></tr></thead><tbody>{BERTHS}</tbody></table>
<h2>Next</h2><ul><li>The north quay is measured.</li><li>The south quay is mended.</li></ul></body></html>"""


@cache
def brought_file() -> bytes:
    """A tagged paper of some pages, as an office program makes it."""
    return bytes(HTML(string=PAPER).write_pdf(pdf_variant="pdf/ua-1"))


EXCEPTIONS: dict[str, str] = {}
"""What a checker may say, with the reason why it stands."""


@pytest.fixture(scope="module")
def plan() -> PackPlan:
    clean = cleaned(brought_file())
    return with_upload(PlannedUpload(clean.part, "0" * 64, clean.is_tagged))


@pytest.fixture(scope="module")
def pack(plan: PackPlan) -> RenderedPack:
    return built(plan)


def keys(things: tuple[Thing, ...]) -> list[str]:
    """What there is in order, the rows of tables among it."""
    return [
        part
        for thing in things
        for part in [key(thing), *([key(line) for line in thing.lines] if isinstance(thing, Grid) else [])]
    ]


def test_the_other_papers_say_what_their_documents_say(plan: PackPlan, pack: RenderedPack) -> None:
    assert differences(pack.pdf, plan, pack.pages) == []


def test_a_brought_pdf_says_what_it_said(pack: RenderedPack) -> None:
    brought = read_pack(pack.pdf).papers[2]
    before = said_by(brought_file())
    assert counted(before)["TR"] > 50
    assert one_table(keys(brought.things)) == one_table(keys(before))


def one_table(found: list[str]) -> list[str]:
    """The keys with one head and one table for what WeasyPrint tags once a page."""
    kept = list[str]()
    for each in found:
        if not (each.startswith(("Table ", "TR\x1fQuay\x1fBerths")) and each in kept):
            kept.append(each)
    return kept


def test_outloud_and_pdfua_find_neither_error_nor_warning(pack: RenderedPack, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack.pdf)
    found = [str(finding) for finding in (*outloud.check(str(path)).findings, *validate(str(path)).findings)]
    assert [each for each in found if not any(allowed in each for allowed in EXCEPTIONS)] == []
