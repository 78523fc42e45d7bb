"""The published letter of August 2017, composed of what was read from it by hand."""

import json
from typing import Any

import pytest

from tests.fixtures_text.prose import CHECKOUT
from tests.ofsted.importing.making import Written

_SEEDS = CHECKOUT.parent / "shared" / "seeds"
_LETTER = _SEEDS / "ofsted.json"
_PAGES = _SEEDS / "000_a933d2e2f28f4b89.txt"

needs_published = pytest.mark.skipif(
    not (_LETTER.is_file() and _PAGES.is_file()),
    reason="The published letter is not at hand: ../shared/seeds is absent.",
)


def published() -> dict[str, Any]:
    """What was read by hand."""
    read: dict[str, Any] = json.loads(_LETTER.read_text("utf-8"))
    return read


def expected_findings() -> list[str]:
    """The judgement, the three paragraphs of the overview and the eleven of the findings."""
    sections = published()["sections"]
    return [sections["Opening"][1], *sections["Overview"], *sections["Findings and evaluation of progress"][1:12]]


def composed() -> Written:
    """The letter as it stood on its pages."""
    letter = published()
    blocks = [
        ("lines", "\n".join(letter["from_address"][:3])),
        ("lines", "\n".join(letter["from_address"][3:])),
        ("lines", letter["letter_date"]),
        ("lines", "\n".join(letter["to"])),
        ("lines", letter["salutation"]),
        ("title", letter["title"]),
    ]
    for heading, paragraphs in letter["sections"].items():
        if heading != "Opening":
            blocks.append(("heading", heading))
        for words in paragraphs:
            blocks.append(("point", words[2:]) if words.startswith("- ") else ("paragraph", words))
    blocks += [
        ("lines", "Yours sincerely"),
        ("lines", "\n".join(letter["signed_by"].split(", "))),
        ("lines", letter["status_stamp"]),
    ]
    return Written(tuple(blocks))


def raw_pages() -> str:
    """Pages 9 to 13 as the text of the supplement has them."""
    lines = _PAGES.read_text("utf-8").split("\n")
    return "\n".join(lines[lines.index("Aviation House") : lines.index("Pre-publication") + 1])


def whole_supplement() -> str:
    """All pages, of which the letter is five."""
    return _PAGES.read_text("utf-8")
