"""A plan's checksum changes with whatever its pages depend on, and is found without reading what is brought."""

import re
from dataclasses import replace
from pathlib import Path

import grimp
import pytest

from tests.publishing import packs
from torbay_reports.publishing import checksums
from torbay_reports.publishing.packplan import GivenNumbers, PackPlan, PlannedPaper, PlannedUpload, Reached


def with_brought(part: bytes, checksum: str) -> PackPlan:
    plan = packs.plan()
    brought = PlannedPaper("item-6", "Brought", None, upload=PlannedUpload(part, checksum, is_tagged=True))
    return replace(plan, items=(plan.items[0], replace(plan.items[1], papers=(brought,)), plan.items[2]))


def modules(checkout: Path) -> list[Path]:
    """Those that count."""
    return checksums._files(checkout / "torbay_reports" / "publishing", checksums._MODULES)


def test_a_checksum_is_of_the_bytes() -> None:
    assert checksums.of_bytes(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert checksums.of_bytes(memoryview(b"abc")) == checksums.of_bytes(b"abc")


def test_the_same_plan_has_the_same_checksum_and_another_plan_another() -> None:
    assert checksums.of_plan(packs.plan()) == checksums.of_plan(packs.plan())
    others = [replace(packs.plan(), notice="Another."), packs.plan(document=packs.appendix()), packs.restricted_plan()]
    assert len({checksums.of_plan(plan) for plan in [packs.plan(), *others]}) == 4


def test_what_others_have_reached_counts_while_pages_wait_for_their_numbers() -> None:
    plan = packs.plan()
    on = Reached(open=9)
    assert checksums.of_plan(replace(plan, reached=on)) != checksums.of_plan(plan)
    given = tuple(GivenNumbers(place, (place[-1:] or "1",)) for place in ("", "item-5-report", "item-7-fees"))
    numbered = replace(plan, numbered=given)
    assert checksums.of_plan(replace(numbered, reached=on)) == checksums.of_plan(numbered)


def test_the_colour_counts(settings: object) -> None:
    before = checksums.of_plan(packs.plan())
    settings.COUNCIL_COLOUR = "#5b2c6f"  # type: ignore[attr-defined]
    assert checksums.of_plan(packs.plan()) != before


def test_a_brought_pdf_counts_by_its_checksum() -> None:
    first = checksums.of_plan(with_brought(b"pages", "1" * 64))
    assert first == checksums.of_plan(with_brought(b"anything", "1" * 64))
    assert first != checksums.of_plan(with_brought(b"pages", "2" * 64))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("torbay_reports/static_src/print.css", True),
        ("torbay_reports/publishing/parts/rows/setting.py", True),
        ("torbay_reports/publishing/joining/pack.py", True),
        ("torbay_reports/publishing/layout.py", True),
        ("templates/documents/print/table.html", True),
        ("templates/publishing/paper.html", True),
        ("templates/publishing/agenda_sheet.html", True),
        ("torbay_reports/publishing/services.py", False),
        ("torbay_reports/publishing/models/packs.py", False),
        ("torbay_reports/publishing/bundles/values.py", False),
        ("templates/publishing/damaged.html", False),
    ],
)
def test_another_style_or_program_makes_another_setting_and_what_sets_nothing_does_not(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, name: str, counts: bool
) -> None:
    changed = checkout / name
    assert changed.is_file()
    whole = Path.read_bytes
    before = checksums.setting()
    monkeypatch.setattr(Path, "read_bytes", lambda path: whole(path) + (b" " if path == changed else b""))
    assert (checksums.setting.__wrapped__() != before) == counts


def test_every_module_on_which_pages_depend_counts(checkout: Path) -> None:
    """But for the models, in which what was set is only kept."""
    graph = grimp.build_graph("torbay_reports", cache_dir=None)
    # A worker is told the name of the second.
    programs = {"torbay_reports.publishing.printing", "torbay_reports.publishing.parts.setting"}
    used = programs.union(*(graph.find_upstream_modules(program) for program in programs))
    own = {name for name in used if re.match(r"torbay_reports\.publishing\.(?!models\b)", name)}
    counted = [path.relative_to(checkout).with_suffix("") for path in modules(checkout)]
    assert own <= {".".join(path.parts).removesuffix(".__init__") for path in counted}
    assert len(own) > 40


def test_every_template_that_these_modules_and_their_templates_name_counts(checkout: Path) -> None:
    folder = checkout / "templates"
    templates = checksums._files(folder, checksums._TEMPLATES)
    sources = [path.read_text("utf-8") for path in (*modules(checkout), *templates)]
    named = {name for source in sources for name in re.findall(r'"((?:publishing|documents)/[^"{]+\.html)"', source)}
    assert named <= {path.relative_to(folder).as_posix() for path in templates}
    assert named


@pytest.mark.parametrize("program", ["weasyprint", "libpango", "libharfbuzz"])
def test_another_version_of_what_sets_the_pages_makes_another_setting(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    programs = checksums._programs()
    assert sum(each.startswith(program) for each in programs) == 1
    others = [f"{each}.1" if each.startswith(program) else each for each in programs]
    before = checksums.setting()
    monkeypatch.setattr(checksums, "_programs", lambda: others)
    assert checksums.setting.__wrapped__() != before
