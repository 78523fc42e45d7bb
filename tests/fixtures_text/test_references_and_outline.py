"""The fixtures' prose types no figure, its references lead somewhere, and its paragraphs number as published."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.fixtures_text.prose import REFERENCE, Reference, fixture, references, running_prose

MONEY = {"£0.0m", "£0m", "£0k", "£0"}
VARIANCE_WORDS = {"overspend", "Overspend", "over", "an overspend of £0.0m"}
NUMBERS = {"number", "in words", "percent"}
FINEST_MONEY = {"millions": {"£0.0m", "£0m"}, "thousands": {"£0.0m", "£0m", "£0k"}, "pounds": MONEY}
LIMIT_PARTS = ("external_borrowing", "other_long_term_liabilities")

PERIODS = {
    "year:label": {""},
    "year:next": {""},
    "year:previous": {""},
    "quarter:ordinal": {""},
    "quarter:name": {""},
    "quarter:last_day": {"date"},
}

HEADINGS_AS_PUBLISHED = [
    ("1", "Purpose and Introduction"),
    ("2", "Recommendation (s) / Proposed Decision"),
    ("3", "Reason for Recommendation/ Proposed Decision"),
    ("4", "Position"),
    ("4.1", "Summary Position"),
    ("", "Children's Services"),
    ("", "Adults Services"),
    ("", "Investment Property"),
    ("", "Borrowing – Revenue"),
    ("4.16", "Detailed Position"),
    ("4.17", "2017/18 Savings"),
    ("4.19", "Risks & Sensitivity"),
    ("4.23", "2018/19 Budget Process"),
    ("4.26", "Balance Sheet issues"),
]
PARAGRAPHS_AS_PUBLISHED = ["1.1", "1.2", "1.3", "2.1", "3.1", *(f"4.{number}" for number in range(1, 33))]
FIGURES_AS_PUBLISHED = [
    ("variance-chart", "4.1"),
    ("later-events-table", "4.15"),
    ("budget-table", "4.16"),
    ("narrative-table", "4.16"),
    ("risks-table", "4.22"),
    ("limits-table", "4.29"),
    ("write-offs-table", "4.31"),
]


def by_slug(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    assert len({row["slug"] for row in rows}) == len(rows)
    return {row["slug"]: row for row in rows}


def numbered_blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each block of the report with the number it carries, empty where it carries none."""
    heading = paragraph = 0
    for block in fixture("budget")["report"]["blocks"]:
        if block["kind"] == "heading":
            heading, paragraph = heading + 1, 0
            yield str(heading), block
        elif block["kind"] in ("paragraph", "numbered-heading"):
            paragraph += 1
            yield f"{heading}.{paragraph}", block
        else:
            yield "", block


def citable_borrowing(borrowing: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """What prose may cite of debt and its limits; a part that is unknown cannot be cited."""
    money = FINEST_MONEY[borrowing["unit"]]
    for slug in by_slug(borrowing["borrowed"]):
        yield f"borrowed:{slug}.amount", money
        yield f"borrowed:{slug}.first_day", {"date"}
        yield f"borrowed:{slug}.last_day", {"date"}
    latest = max(borrowing["positions"], key=lambda row: date.fromisoformat(row["as_at"]))
    yield "position:latest.as_at", {"date"}
    yield from ((f"position:latest.{part}", money) for part in LIMIT_PARTS if latest[part] is not None)
    for slug, limit in by_slug(borrowing["limits"]).items():
        known = [part for part in LIMIT_PARTS if limit[part] is not None]
        yield from ((f"limit:{slug}.{part}", money) for part in known)
        if limit["total"] is not None or len(known) == len(LIMIT_PARTS):
            yield f"limit:{slug}.total", money


def citable() -> dict[str, set[str]]:
    """Every "kind:target" that prose may cite, with the forms in which that value may be printed."""
    budget = fixture("budget")
    forms = dict(PERIODS) | dict(citable_borrowing(budget["borrowing"]))
    for slug in by_slug(budget["services"]):
        forms |= {f"service:{slug}.{column}": MONEY for column in ("expenditure", "income", "net", "forecast_net")}
        forms[f"service:{slug}.variance"] = MONEY | VARIANCE_WORDS
    for slug, figure in by_slug(budget["named_figures"]).items():
        forms[f"named:{slug}"] = FINEST_MONEY.get(figure["unit"], NUMBERS)
    for slug, event in by_slug(budget["events"]).items():
        if event["amount"] is not None:
            forms[f"event:{slug}.amount"] = FINEST_MONEY[event["unit"]]
    forms |= {"write-offs:total.number": {"number"}, "write-offs:total.over_5000": {"number"}}
    forms["write-offs:total.value"] = FINEST_MONEY[budget["unit"]]
    forms |= {f"para:{block['slug']}": {""} for number, block in numbered_blocks() if number}
    return forms


def test_no_sum_or_percentage_is_typed_as_digits() -> None:
    typed = [
        (prose.place, figure)
        for prose in running_prose()
        for figure in re.findall(r"£\s*\d\S*|\d+(?:\.\d+)?\s*(?:%|per ?cent)", REFERENCE.sub("", prose.text))
    ]
    assert typed == []


def test_every_double_bracket_is_a_whole_reference() -> None:
    broken = [prose.place for prose in running_prose() if re.search(r"\[\[|\]\]", REFERENCE.sub("", prose.text))]
    assert broken == []


@pytest.mark.parametrize(
    "reference",
    sorted(each for each in set(references()) if each.kind != "link"),
    ids=lambda one: f"{one.place} {one.kind}:{one.target}",
)
def test_every_reference_leads_to_a_value_that_has_that_form(reference: Reference) -> None:
    assert reference.form in citable()[f"{reference.kind}:{reference.target}"]


def test_every_link_has_an_address_and_words() -> None:
    links = [each for each in references() if each.kind == "link"]
    assert links
    assert [link for link in links if not (re.fullmatch(r"https?://\S+", link.target) and link.form)] == []


@pytest.mark.parametrize(
    "target",
    [
        "limit:authorised-approved.external_borrowing",
        "event:ferndown-centre.amount",
        "named:nothing",
        "para:risks-table",
    ],
)
def test_what_is_unknown_or_unnumbered_cannot_be_cited(target: str) -> None:
    assert target not in citable()


def test_every_named_figure_and_borrowing_is_cited() -> None:
    budget = fixture("budget")
    cited = {(each.kind, each.target.partition(".")[0]) for each in references()}
    assert {("named", row["slug"]) for row in budget["named_figures"]} <= cited
    assert {("borrowed", row["slug"]) for row in budget["borrowing"]["borrowed"]} <= cited
    assert {("limit", row["slug"]) for row in budget["borrowing"]["limits"]} <= cited


def test_named_figures_are_the_sum_of_their_parts() -> None:
    figures = by_slug(fixture("budget")["named_figures"])
    whole = [row for row in figures.values() if row["parts"]]
    assert whole
    for row in whole:
        parts = [figures[slug] for slug in row["parts"]]
        assert {part["unit"] for part in parts} == {row["unit"]}
        assert sum(Decimal(part["value"]) for part in parts) == Decimal(row["value"]), row["name"]


def test_paragraphs_number_as_published() -> None:
    assert [number for number, _ in numbered_blocks() if "." in number] == PARAGRAPHS_AS_PUBLISHED


def test_headings_and_their_numbers_are_as_published() -> None:
    kinds = ("heading", "numbered-heading", "sub-heading")
    headings = [(number, block["text"]) for number, block in numbered_blocks() if block["kind"] in kinds]
    assert headings == HEADINGS_AS_PUBLISHED


def test_tables_and_chart_stand_under_their_paragraphs() -> None:
    last, places = "", []
    for number, block in numbered_blocks():
        last = number or last
        if block["kind"].endswith(("-table", "-chart")):
            places.append((block["kind"], last))
    assert places == FIGURES_AS_PUBLISHED


def test_the_report_has_one_summary_and_one_recommendation_and_no_slug_twice() -> None:
    blocks = list(numbered_blocks())
    by_slug([block for _, block in blocks])
    assert [(number, block.get("role", "")) for number, block in blocks if block.get("role", "")] == [
        ("1.3", "summary"),
        ("2.1", "recommendation"),
    ]


@pytest.mark.parametrize(("service", "paragraph"), [("adult-social-care", "4.4"), ("childrens-services", "4.3")])
def test_narratives_refer_to_the_published_paragraphs(service: str, paragraph: str) -> None:
    numbers = {block["slug"]: number for number, block in numbered_blocks()}
    cited = [each.target for each in references() if each.kind == "para" and each.place == f"narrative of {service}"]
    assert [numbers[slug] for slug in cited] == [paragraph]
