"""Charts of counts that make up a whole: stacked bars, and pairs of bars in the frame of what there is to reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from torbay_reports.documents.frames import (
    DEEP,
    GREY,
    INK,
    MARGIN_BOTTOM,
    PAPER,
    WIDE,
    as_json,
    frame,
    length_axis,
    literal,
    name_axis,
)

_ROW, _PAIR = 38, 26
# What follows each other in a stacked bar: fill, hatch and the ink of its figure. The last is left empty.
_STRETCHES = (
    (DEEP, "", PAPER),
    (DEEP, "/", PAPER),
    ("#28a197", ".", INK),
    ("#f0a35e", "x", INK),
    ("#3d3d3d", "-", PAPER),
    (PAPER, "", INK),
)
# The longest pair of bars leaves as much room again for its figures.
_ROOM_FOR_FIGURES = 1.9
_LEGEND_ROOM = 40
_LEGEND_ABOVE = {
    "orientation": "h",
    "traceorder": "normal",
    "x": 0,
    "xref": "container",
    "xanchor": "left",
    "y": 1,
    "yref": "container",
    "yanchor": "top",
}


@dataclass(frozen=True)
class StackedBar:
    """A bar of several stretches, one for each part of the chart in their order; 0 leaves a part out."""

    name: str
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Progress:
    """How much of a whole is reached."""

    reached: int
    whole: int


@dataclass(frozen=True)
class PairOfBars:
    """Two bars under one name, with the figures printed at their end and, set back, what is beside them."""

    name: str
    first: Progress
    second: Progress
    figures: str
    aside: str = ""


def stacked_bars(bars: Sequence[StackedBar], *, parts: Sequence[str], axis: str) -> str:
    """Horizontal bars of several stretches, each with its number in it, under a legend of the parts; Plotly's JSON.

    The parts are told apart by their hatches too, of which there are six; a part that no bar has is left out.
    """
    names = [literal(bar.name) for bar in bars]
    figure = go.Figure()
    for part, (label, (fill, hatch, ink)) in enumerate(zip(parts, _STRETCHES, strict=False)):
        lengths = [bar.lengths[part] for bar in bars]
        if not any(lengths):
            continue
        figure.add_bar(
            x=lengths,
            y=names,
            name=literal(label),
            text=[str(length) if length else "" for length in lengths],
            orientation="h",
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink},
            constraintext="none",
            hovertemplate="%{y}: %{x} " + literal(label) + "<extra></extra>",
            marker=_stretch(fill, hatch),
        )
    longest = max((sum(bar.lengths) for bar in bars), default=0)
    figure.update_layout(
        **frame(width=WIDE, height=_LEGEND_ROOM + MARGIN_BOTTOM + _ROW * max(len(bars), 1), top=_LEGEND_ROOM),
        barmode="stack",
        bargap=0.3,
        showlegend=True,
        legend=_LEGEND_ABOVE,
        xaxis=length_axis(axis, 0, max(longest, 1) * 1.02),
        yaxis=name_axis(),
    )
    return as_json(figure)


def pairs_of_bars(pairs: Sequence[PairOfBars], *, labels: tuple[str, str], axis: str) -> str:
    """Two bars under each name, drawn as far as they reach in the frame of their whole; Plotly's JSON.

    The first is plain, the second hatched; what is not reached is an empty frame. No second bar is longer than its
    first, at whose end the figures stand.
    """
    names = [literal(pair.name) for pair in pairs]
    figure = go.Figure()
    for place, label in enumerate(labels):
        bars = [(pair.first, pair.second)[place] for pair in pairs]
        fill, hatch, _ = _STRETCHES[place]
        shared: dict[str, Any] = {"y": names, "orientation": "h", "offsetgroup": label, "cliponaxis": False}
        figure.add_bar(
            x=[bar.reached for bar in bars],
            name=literal(label),
            marker=_stretch(fill, hatch),
            hovertemplate="%{y}: %{x} " + literal(label) + "<extra></extra>",
            **shared,
        )
        figure.add_bar(
            x=[bar.whole - bar.reached for bar in bars],
            text=[_figures(pair) for pair in pairs] if place == 0 else None,
            textposition="outside" if place == 0 else "none",
            constraintext="none",
            textfont={"size": 13},
            showlegend=False,
            hoverinfo="skip",
            marker=_stretch(PAPER, ""),
            **shared,
        )
    longest = max((pair.first.whole for pair in pairs), default=0)
    figure.update_layout(
        **frame(width=WIDE, height=_LEGEND_ROOM + MARGIN_BOTTOM + _PAIR * max(len(pairs), 1), top=_LEGEND_ROOM),
        barmode="stack",
        bargap=0.22,
        showlegend=True,
        legend=_LEGEND_ABOVE,
        xaxis=length_axis(axis, 0, max(longest, 1) * _ROOM_FOR_FIGURES),
        yaxis={**name_axis(), "tickfont": {"size": 13}},
    )
    return as_json(figure)


def _figures(pair: PairOfBars) -> str:
    aside = f'<span style="color:{GREY}">{literal(pair.aside)}</span>' if pair.aside else ""
    return "; ".join(filter(None, (literal(pair.figures), aside)))


def _stretch(fill: str, hatch: str) -> dict[str, Any]:
    return {
        "color": fill,
        "line": {"color": INK, "width": 1},
        "pattern": {"shape": hatch, "fgcolor": PAPER, "fgopacity": 0.3, "size": 8, "fillmode": "overlay"},
    }
