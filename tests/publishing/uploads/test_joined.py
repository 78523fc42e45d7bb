"""A brought PDF stands in a pack like a paper that was built: joined, checked, tagged, and with its links."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import pytest
from pdfua import Severity, validate
from pikepdf import Pdf

from tests.publishing import packs
from tests.publishing.joining import making
from tests.publishing.uploads import good, hostile
from torbay_reports.publishing.checks.packs import check
from torbay_reports.publishing.packplan import PackPlan, PlannedUpload, RenderedPack
from torbay_reports.publishing.parts.values import from_bytes
from torbay_reports.publishing.tagtree import document_elements, kind, walk
from torbay_reports.publishing.uploads.cleaning import cleaned


def with_upload(data: bytes) -> tuple[PackPlan, RenderedPack]:
    """A pack whose first paper is this file."""
    found = cleaned(data)
    plan = packs.plan()
    item = plan.items[0]
    upload = PlannedUpload(found.part, "0" * 64, found.is_tagged)
    paper = replace(item.papers[0], document=None, upload=upload)
    plan = replace(plan, items=(replace(item, papers=(paper, *item.papers[1:])), *plan.items[1:]))
    return plan, making.pack(plan, brought={paper.key: (from_bytes(found.part),)})


@pytest.mark.parametrize(
    "make",
    [good.tagged, good.untagged, lambda: good.saved(hostile.field_of(good.blank()))],
    ids=["tagged", "untagged", "form"],
)
def test_a_pack_with_a_brought_file_passes_its_checks(make: Callable[[], bytes]) -> None:
    plan, pack = with_upload(make())
    check(pack.pdf, plan, pack.pages)


def test_outloud_and_pdfua_find_no_error_in_a_pack_with_a_tagged_file(tmp_path: Path) -> None:
    _, pack = with_upload(good.tagged())
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack.pdf)
    assert [finding for finding in outloud.check(str(path)).findings if finding.severity == "error"] == []
    assert [finding for finding in validate(str(path)).findings if finding.severity is Severity.ERROR] == []


def test_the_elements_of_a_tagged_file_stand_in_the_pack_one_by_one() -> None:
    _, pack = with_upload(good.tagged())
    part = from_bytes(cleaned(good.tagged()).part)
    with Pdf.open(BytesIO(pack.pdf)) as pdf:
        kinds = [kind(element) for element in walk(document_elements(pdf)[0])]
    own = [each.kind for each in part.elements]
    assert any(kinds[place : place + len(own)] == own for place in range(len(kinds)))
