"""Rows set by the program's own code: nobody can tell them from WeasyPrint's."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from msgspec.structs import replace

from improvement.reports.paper import tracker_paper
from tests.agenda.conftest import load_tracker
from tests.publishing.parts.rows import comparing, inventing
from tests.publishing.parts.rows.drawing import drawn
from torbay_reports.documents.blocks import (
    Cell,
    Column,
    LineBreak,
    ParagraphLink,
    Prose,
    Remark,
    Row,
    Table,
    Text,
    WebLink,
    words,
)
from torbay_reports.publishing.parts.values import Strip, strip_to_bytes

SAMPLE, ALL = 6, 200
COLUMNS = (Column("nos", "NOS", width=1), Column("how", "How?", width=3), Column("days", "Days", numeric=True, width=1))
STORY = "The panel meets weekly and reports to the board what it has found and what is to be done about it. "


def table(*contents: Prose) -> Table:
    """A row for each of these, which stand in its second cell."""
    rows = tuple(
        Row(f"row-{place}", (Cell(words(f"1.{place}")), Cell(content), Cell(words("7"))))
        for place, content in enumerate(contents)
    )
    return Table("table", "Steps", COLUMNS, rows, kind="tracker")


def only(*content: Prose) -> Strip | None:
    """The strip of one such row."""
    [strip] = comparing.by_us(table(*content), comparing.sheet())
    return strip


@pytest.mark.django_db
def test_every_row_of_the_demonstrations_tracker_is_plain_and_as_weasyprint_sets_it() -> None:
    plan = load_tracker(Path(settings.FIXTURES_DIR) / "improvement.json")
    paper = tracker_paper(f"{plan.slug}/2017-09-06")
    on = comparing.sheet()
    rows = 0
    for each in (table for table in paper.tables() if table.has_widths):
        for row, ours, theirs in zip(
            each.rows, comparing.by_us(each, on), comparing.by_weasyprint(each, on), strict=True
        ):
            assert ours is not None, row.anchor
            comparing.compare(ours, theirs, row.anchor)
            rows += 1
    assert rows > 300


def test_invented_rows_of_every_kind_are_as_weasyprint_sets_them(soak: bool) -> None:
    plain = rows = 0
    for seed in range(ALL if soak else SAMPLE):
        random = Random(seed)
        invented = inventing.table(random, 12)
        on = comparing.sheet(is_landscape=random.random() < 0.6)
        for row, ours, theirs in zip(
            invented.rows, comparing.by_us(invented, on), comparing.by_weasyprint(invented, on), strict=True
        ):
            rows += 1
            if ours is not None:
                plain += 1
                comparing.compare(ours, theirs, f"seed {seed}, {row.anchor}")
    assert plain > 0.9 * rows


def test_lines_that_end_within_a_hair_of_their_column_break_as_weasyprint_breaks_them(soak: bool) -> None:
    """Where the kerning with the space at a line's end decides."""
    random = Random(7)
    told = [
        " ".join(random.choice(["AV", "To", "Wr", "yT", "r,", "f.", "oy", "vw", "a"]) for _ in range(60))
        for _ in range(600 if soak else 60)
    ]
    tight = replace(table(*(words(each) for each in told)), columns=(*COLUMNS[:2], replace(COLUMNS[2], width=4)))
    on = comparing.sheet()
    for ours, theirs in zip(comparing.by_us(tight, on), comparing.by_weasyprint(tight, on), strict=True):
        assert ours is not None
        comparing.compare(ours, theirs)


def test_a_link_over_two_lines_is_one_link_for_each_line() -> None:
    strip = only((Text("See "), ParagraphLink((STORY * 3).strip(), "row-0"), Text(" and so on.")))
    assert strip is not None
    lines = len({glyph.y for glyph in drawn(strip).letters})
    assert lines > 1
    assert [link.target for link in strip.part.links] == ["#item-5-report--row-0"] * lines
    assert sum(element.kind == "Link" for element in strip.part.elements) == lines


def test_words_on_two_lines_are_parted_for_who_copies_them() -> None:
    strip = only((Text(STORY * 3), Text("End"), LineBreak(), Remark("Overdue", "mark")))
    assert strip is not None
    heard = "".join(glyph.text for glyph in drawn(strip).glyphs)
    assert heard == f"1.0{STORY * 3}End Overdue7"


def test_a_broken_word_is_not_parted() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 5
    strip = only(words(word))
    assert strip is not None
    assert "".join(glyph.text for glyph in drawn(strip).glyphs) == f"1.0{word}7"


@pytest.mark.parametrize(
    "content",
    [
        words("Moved from A → B."),
        words("Łódź"),
        words("soft\u00adhyphen"),
        words("zero\u200bwidth"),
        words("a\u0301"),
        words("ελληνικά"),
        words("two\nlines"),
        words("a tab\there"),
        words("ends with a space "),
        (WebLink("A plan", "https://council.invalid/a plan.pdf"),),
        (WebLink("A plan", "https://council.invalid/pläne.pdf"),),
        (WebLink(" a plan", "https://council.invalid/plan.pdf"),),
        (ParagraphLink("2.1", "zwei eins"),),
        (Text("Nothing: "), Remark("")),
    ],
)
def test_what_is_not_plain_is_left_to_weasyprint(content: Prose) -> None:
    assert only(content) is None


def test_a_strip_does_not_depend_on_what_was_set_before_nor_on_the_process() -> None:
    invented = inventing.table(Random(3), 12)
    on = comparing.sheet()
    assert digests(invented) == digests(invented)
    backwards = replace(invented, rows=(*invented.rows[:-1][::-1], invented.rows[-1]))
    assert sorted(digests(backwards)) == sorted(digests(invented))
    code = (
        "import django; django.setup()\n"
        "import json; from random import Random\n"
        "from tests.publishing.parts.rows import inventing, test_setting\n"
        "print(json.dumps(test_setting.digests(inventing.table(Random(3), 12))))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(ended.stdout) == digests(invented)
    assert comparing.by_us(invented, on)[0] is not None


def digests(invented: Table) -> list[str]:
    """The checksums of the strips of a table's plain rows."""
    strips = comparing.by_us(invented, comparing.sheet())
    return [sha256(strip_to_bytes(strip)).hexdigest() for strip in strips if strip is not None]
