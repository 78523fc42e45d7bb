"""Chromium draws charts for print, the same each time."""

from decimal import Decimal

import pytest
from pytest_django import Settings

from torbay_reports.documents.charts import Bar, bars_from_nought
from torbay_reports.documents.plotting import ChartFailure, draw, stable_ids
from torbay_reports.documents.stacks import StackedBar, stacked_bars

BARS = bars_from_nought([Bar("Libraries", Decimal("1377.5"), "£1,378k over", "adverse")], axis="£000s")
STACKED = stacked_bars([StackedBar("1 Help", (53, 3))], parts=("done", "done, continuing"), axis="Steps")


@pytest.mark.browser
def test_chromium_draws_several_at_once_in_their_order_and_the_same_each_time() -> None:
    first, second = draw([BARS, STACKED]), draw([BARS, STACKED])
    assert first == second
    assert "£1,378k over" in first[0]
    assert "done, continuing" in first[1]
    assert all(each.lstrip().startswith("<svg") for each in first)


def test_nothing_to_draw_starts_no_chromium(settings: Settings) -> None:
    settings.CHROMIUM = ""
    assert draw([]) == []


def test_without_chromium_one_sentence_says_what_to_install(settings: Settings) -> None:
    settings.CHROMIUM = ""
    with pytest.raises(ChartFailure, match="install Debian's package chromium"):
        draw(["{}"])


def test_random_ids_become_numbers_in_order() -> None:
    svg = '<svg><g id="clip9f3xy"/><g id="topdefs-9f3"/><use clip-path="url(#clip9f3xy)"/></svg>'
    assert stable_ids(svg) == '<svg><g id="chart1"/><g id="chart2"/><use clip-path="url(#chart1)"/></svg>'
