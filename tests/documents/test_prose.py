"""Figures in prose are references, and read as their values demand."""

from datetime import date
from decimal import Decimal

import pytest

from torbay_reports.core.money import Money, Unit
from torbay_reports.documents.blocks import Figure, ParagraphLink, Prose, WebLink, plain
from torbay_reports.documents.prose import Target, UnboundProse, Value, bind, typed_sums

PARAGRAPHS = {"risk-share": Target("para-4.4", "4.4")}


def values(reference: str) -> Value:
    known: dict[str, Value] = {
        "over": Money(Decimal(1365), Unit.THOUSANDS),
        "under": Money(Decimal(-500), Unit.THOUSANDS),
        "nil": Money(Decimal(0), Unit.THOUSANDS),
        "posts": 9,
        "many": Decimal(1229),
        "share": Decimal("9.00"),
        "day": date(2017, 8, 2),
        "label": "2017/18",
    }
    if reference not in known:
        raise LookupError(f"No figure is called '{reference}'.")
    return known[reference]


def bound(text: str) -> Prose:
    return bind(text, lookup=values, paragraphs=PARAGRAPHS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[over|£0.0m]]", "£1.4m"),
        ("[[over|£0k]]", "£1,365k"),
        ("[[over|£0]]", "£1,365,000"),
        ("[[over|overspend]] and [[under|overspend]] and [[nil|overspend]]", "overspend and underspend and variance"),
        ("[[under|Overspend]]", "Underspend"),
        ("[[over|over]], [[under|over]], [[nil|over]]", "over, under, on budget"),
        ("[[over|an overspend of £0.0m]]", "an overspend of £1.4m"),
        ("[[under|an overspend of £0.0m]]", "an underspend of £0.5m"),
        ("[[nil|an overspend of £0.0m]]", "no variance"),
        ("[[posts|in words]] or [[posts|number]]", "nine or 9"),
        ("[[many|number]] and [[many|in words]]", "1,229 and 1,229"),
        ("[[share|percent]]", "9%"),
        ("[[day|date]]; [[day|day]]", "2 August 2017; 2 August"),
        ("[[label]]", "2017/18"),
        ("As paragraph [[para:risk-share]] above.", "As paragraph 4.4 above."),
        ("[[link:https://example.org/a|the plan]]", "the plan"),
        ("no references at all", "no references at all"),
        ("", ""),
    ],
)
def test_each_form_reads_as_it_says(text: str, expected: str) -> None:
    assert plain(bound(text)) == expected


def test_a_bound_figure_keeps_its_exact_value_and_its_name() -> None:
    (figure,) = bound("[[over|£0.0m]]")
    assert figure == Figure(text="£1.4m", ref="over", value=Decimal(1365), unit="thousands")
    (day,) = bound("[[day|date]]")
    assert day == Figure(text="2 August 2017", ref="day", day=date(2017, 8, 2))


def test_paragraphs_and_addresses_become_links() -> None:
    assert bound("[[para:risk-share]]") == (ParagraphLink(text="4.4", anchor="para-4.4"),)
    assert bound("[[link:http://example.org]]") == (WebLink(text="http://example.org", address="http://example.org"),)
    assert bound("[[link:HTTPS://Example.org|it]]") == (WebLink(text="it", address="HTTPS://Example.org"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[none|£0m]]", "No figure is called 'none'"),
        ("[[para:none]]", "No numbered paragraph is called 'none'"),
        ("[[over|percent]]", "'over' cannot be written as 'percent'"),
        ("[[over]]", "'over' cannot be written as ''"),
        ("[[day|£0m]]", "'day' cannot be written as '£0m'"),
        ("[[posts|£0m]]", "'posts' cannot be written as '£0m'"),
        ("[[label|date]]", "'label' cannot be written as 'date'"),
        ("[[link:javascript:alert(1)|x]]", "must begin with https://, http:// or mailto:"),
    ],
)
def test_what_cannot_be_bound_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(UnboundProse, match=complaint.replace("(", r"\(").replace(")", r"\)")):
        bound(text)


def test_a_typed_sum_is_found_and_a_bound_one_is_not() -> None:
    assert typed_sums("an overspend of £1.4m and £ 2") == ["£1.4m and £ ", "£ 2"]
    assert typed_sums("[[over|£0.0m]] and plain words") == []
