"""Charts as Plotly figures, the same one for screen and print: bars from a nought line, and a line by steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import plotly.graph_objects as go

from torbay_reports.documents.blocks import Tone
from torbay_reports.documents.frames import (
    DEEP,
    GREY,
    INK,
    MARGIN_BOTTOM,
    MARGIN_TOP,
    PAPER,
    WIDE,
    as_json,
    frame,
    length_axis,
    literal,
    name_axis,
)

_WIDTH, _ROW = 680, 25
# A label stands outside its bar's end; this share of the axis' length is kept free for the longest, on either side.
_LABEL_SHARE = 0.36
# Told apart without colour: what is adverse is hatched, what is favourable is plain.
_COLOURS: dict[Tone, str] = {"adverse": "#b3261e", "favourable": "#00703c", "": GREY}
_PATTERNS: dict[Tone, str] = {"adverse": "/", "favourable": "", "": ""}


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length in the axis' unit, the figure printed at its end, and how it is to be read."""

    name: str
    length: Decimal
    figure: str
    tone: Tone


@dataclass(frozen=True)
class Point:
    """A count at the end of a day. One that `is_assumed` stands there because no better day is known."""

    on: date
    number: int
    is_assumed: bool = False


def bars_from_nought(bars: Sequence[Bar], *, axis: str) -> str:
    """Horizontal bars from a nought line, first one on top, each with its name and figure; Plotly's JSON.

    The same input gives the same text. Lengths leave the world of exact sums here: they are pixels.
    """
    lengths = [float(bar.length) for bar in bars]
    figure = go.Figure(
        go.Bar(
            x=lengths,
            y=[literal(bar.name) for bar in bars],
            text=[literal(bar.figure) for bar in bars],
            orientation="h",
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
            marker={
                "color": [_COLOURS[bar.tone] for bar in bars],
                "pattern": {
                    "shape": [_PATTERNS[bar.tone] for bar in bars],
                    "fgcolor": "#ffffff",
                    "fgopacity": 0.45,
                    "size": 7,
                    "fillmode": "overlay",
                },
            },
        )
    )
    low, high = min([0.0, *lengths]), max([0.0, *lengths])
    room = (high - low or 1.0) * _LABEL_SHARE
    figure.update_layout(
        **frame(width=_WIDTH, height=MARGIN_TOP + MARGIN_BOTTOM + _ROW * max(len(bars), 1)),
        showlegend=False,
        bargap=0.35,
        xaxis=length_axis(axis, low - (room if low < 0 else room * 0.1), high + room),
        yaxis=name_axis(),
    )
    return as_json(figure)


def step_line(points: Sequence[Point], *, axis: str) -> str:
    """A count that grows by steps over time, each day with its number; an assumed day is a hollow mark."""
    figure = go.Figure(
        go.Scatter(
            x=[point.on.isoformat() for point in points],
            y=[point.number for point in points],
            text=[str(point.number) for point in points],
            mode="lines+markers+text",
            textposition="top left",
            cliponaxis=False,
            hovertemplate="%{x|%-d %B %Y}: %{y}<extra></extra>",
            line={"shape": "hv", "color": DEEP, "width": 2.5},
            marker={
                "size": 10,
                "color": [PAPER if point.is_assumed else DEEP for point in points],
                "line": {"color": DEEP, "width": 2},
            },
        )
    )
    most = max((point.number for point in points), default=0)
    figure.update_layout(
        **frame(width=WIDE, height=300, top=24, bottom=44),
        showlegend=False,
        xaxis={"type": "date", "tickformat": "%b %Y", "showgrid": False, "fixedrange": True, "linecolor": INK},
        yaxis={
            "title": {"text": axis, "font": {"size": 14}},
            "range": [0, max(most, 1) * 1.12],
            "showgrid": True,
            "gridcolor": "#d5d9dd",
            "zeroline": True,
            "zerolinecolor": INK,
            "fixedrange": True,
            "automargin": True,
            "nticks": 6,
            "tickformat": "d",
        },
    )
    return as_json(figure)
