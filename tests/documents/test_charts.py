"""One Plotly figure for screen and print, told apart without colour, the same text each time."""

import json
from datetime import date
from decimal import Decimal

import pytest

from torbay_reports.documents.charts import Bar, Point, bars_from_nought, step_line
from torbay_reports.documents.stacks import PairOfBars, Progress, StackedBar, pairs_of_bars, stacked_bars

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


STACKED = [StackedBar("1 Help", (53, 3, 0)), StackedBar("2 Partners\n<b>", (10, 0, 0))]
PARTS = ("done", "done, continuing", "in progress")


def test_a_stacked_bar_holds_a_stretch_for_each_part_and_leaves_out_what_no_bar_has() -> None:
    traces = json.loads(stacked_bars(STACKED, parts=PARTS, axis="Steps"))["data"]
    assert [(trace["name"], trace["x"], trace["text"]) for trace in traces] == [
        ("done", [53, 10], ["53", "10"]),
        ("done, continuing", [3, 0], ["3", ""]),
    ]
    assert traces[0]["y"] == ["1 Help", "2 Partners\u00a0\u00a0<br>&lt;b>"]


def test_a_part_keeps_its_hatch_whatever_else_is_drawn_and_parts_differ_in_more_than_colour() -> None:
    def hatches(*lengths: int) -> dict[str, str]:
        bars = [StackedBar("1", lengths)]
        traces = json.loads(stacked_bars(bars, parts=[f"part {n}" for n in range(6)], axis="Steps"))["data"]
        return {trace["name"]: trace["marker"]["pattern"]["shape"] for trace in traces}

    every = hatches(1, 1, 1, 1, 1, 1)
    assert len({hatch for hatch in every.values() if hatch}) == 4
    assert hatches(1, 0, 0, 0, 0, 1) == {name: every[name] for name in ("part 0", "part 5")}
    traces = json.loads(stacked_bars([StackedBar("1", (1,) * 6)], parts=["p"] * 6, axis=""))["data"]
    plain = [trace["marker"]["color"] for trace in traces if not trace["marker"]["pattern"]["shape"]]
    assert plain == ["#12436d", "#ffffff"]


def test_two_bars_a_name_fill_the_frame_of_their_whole_and_end_with_their_figures() -> None:
    pairs = [PairOfBars("1", Progress(27, 30), Progress(2, 6), "27 of 30 done", "24 without <target>")]
    figure = json.loads(pairs_of_bars(pairs, labels=("done", "at target"), axis="Steps"))
    assert [trace["x"] for trace in figure["data"]] == [[27], [3], [2], [4]]
    ends = 'span style="color:#505a5f">24 without &lt;target></span>'
    assert [trace.get("text") for trace in figure["data"]] == [None, [f"27 of 30 done; <{ends}"], None, None]
    assert figure["layout"]["barmode"] == "stack"
    filled = [trace["marker"]["pattern"]["shape"] for trace in figure["data"][::2]]
    assert filled == ["", "/"]


def test_a_step_line_holds_each_day_with_its_number_and_an_assumed_day_is_hollow() -> None:
    points = [Point(date(2017, 2, 9), 36), Point(date(2017, 9, 6), 134, is_assumed=True)]
    trace = json.loads(step_line(points, axis="Steps done"))["data"][0]
    assert (trace["x"], trace["y"], trace["text"]) == (["2017-02-09", "2017-09-06"], [36, 134], ["36", "134"])
    assert trace["line"]["shape"] == "hv"
    assert trace["marker"]["color"] == ["#12436d", "#ffffff"]


@pytest.mark.parametrize(
    "drawn",
    [
        stacked_bars([], parts=PARTS, axis=""),
        pairs_of_bars([], labels=("a", "b"), axis=""),
        step_line([], axis=""),
    ],
)
def test_nothing_to_draw_gives_a_chart_still(drawn: str) -> None:
    assert json.loads(drawn)["layout"]["height"] > 0
