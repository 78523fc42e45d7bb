"""One Plotly figure for screen and print, told apart without colour, the same text each time."""

import json
from decimal import Decimal

import pytest
from pytest_django import Settings

from torbay_reports.documents.charts import Bar, ChartFailure, bars_from_nought, draw, stable_ids

BARS = [
    Bar("Libraries", Decimal("1377.5"), "£1,378k over", "adverse"),
    Bar("Parks & gardens <b>", Decimal(0), "on budget", ""),
    Bar("Parking", Decimal(-58), "£58k under", "favourable"),
]


def test_the_chart_holds_each_name_length_and_figure_in_order() -> None:
    trace = json.loads(bars_from_nought(BARS, axis="£000s"))["data"][0]
    assert trace["y"] == ["Libraries", "Parks & gardens &lt;b>", "Parking"]
    assert trace["x"] == [1377.5, 0.0, -58.0]
    assert trace["text"] == ["£1,378k over", "on budget", "£58k under"]


def test_over_and_under_differ_in_more_than_colour() -> None:
    marker = json.loads(bars_from_nought(BARS, axis="£000s"))["data"][0]["marker"]
    assert marker["pattern"]["shape"][0] != marker["pattern"]["shape"][2]
    assert len(set(marker["color"])) == 3


def test_the_same_bars_give_the_same_text_and_no_bars_give_a_chart() -> None:
    assert bars_from_nought(BARS, axis="£000s") == bars_from_nought(BARS, axis="£000s")
    assert not json.loads(bars_from_nought([], axis="£000s"))["data"][0].get("x")


@pytest.mark.browser
def test_chromium_draws_it_with_its_words_and_the_same_each_time() -> None:
    first, second = (draw(bars_from_nought(BARS, axis="£000s")) for _ in range(2))
    assert first == second
    assert "£1,378k over" in first
    assert first.lstrip().startswith("<svg")


def test_without_chromium_one_sentence_says_what_to_install(settings: Settings) -> None:
    settings.CHROMIUM = ""
    with pytest.raises(ChartFailure, match="install Debian's package chromium"):
        draw("{}")


def test_random_ids_become_numbers_in_order() -> None:
    svg = '<svg><g id="clip9f3xy"/><g id="topdefs-9f3"/><use clip-path="url(#clip9f3xy)"/></svg>'
    assert stable_ids(svg) == '<svg><g id="chart1"/><g id="chart2"/><use clip-path="url(#chart1)"/></svg>'
