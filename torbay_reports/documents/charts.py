"""Charts: one Plotly figure for screen and print, and its SVG drawn by the system's Chromium."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import kaleido
import plotly.graph_objects as go
from django.conf import settings

from torbay_reports.documents.blocks import Tone

FONT = "Atkinson Hyperlegible Next"
_INK = "#0b0c0c"
_WIDTH = 680
_ROW = 25
_MARGIN_TOP, _MARGIN_BOTTOM = 6, 32
# A label stands outside its bar's end; this share of the axis' length is kept free for the longest, on either side.
_LABEL_SHARE = 0.36
# Told apart without colour: what is adverse is hatched, what is favourable is plain.
_COLOURS: dict[Tone, str] = {"adverse": "#b3261e", "favourable": "#00703c", "": "#505a5f"}
_PATTERNS: dict[Tone, str] = {"adverse": "/", "favourable": "", "": ""}


class ChartFailure(RuntimeError):
    """The chart could not be drawn for print; the message says what to do."""


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length in the axis' unit, the figure printed at its end, and how it is to be read."""

    name: str
    length: Decimal
    figure: str
    tone: Tone


def bars_from_nought(bars: Sequence[Bar], *, axis: str) -> str:
    """Horizontal bars from a nought line, first one on top, each with its name and figure; Plotly's JSON.

    The same input gives the same text. Lengths leave the world of exact sums here: they are pixels.
    """
    lengths = [float(bar.length) for bar in bars]
    figure = go.Figure(
        go.Bar(
            x=lengths,
            y=[_literal(bar.name) for bar in bars],
            text=[_literal(bar.figure) for bar in bars],
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
        font={"family": f"{FONT}, Arial, sans-serif", "size": 15, "color": _INK},
        template="none",
        showlegend=False,
        width=_WIDTH,
        height=_MARGIN_TOP + _MARGIN_BOTTOM + _ROW * max(len(bars), 1),
        margin={"l": 10, "r": 10, "t": _MARGIN_TOP, "b": _MARGIN_BOTTOM},
        bargap=0.35,
        paper_bgcolor="#ffffff",
        plot_bgcolor="#ffffff",
        xaxis={
            "title": {"text": axis, "font": {"size": 14}},
            "range": [low - (room if low < 0 else room * 0.1), high + room],
            "zeroline": True,
            "zerolinecolor": _INK,
            "zerolinewidth": 1.5,
            "showgrid": False,
            "showticklabels": False,
            "fixedrange": True,
        },
        yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True, "ticksuffix": "  ", "showline": False},
    )
    # Through Python's own JSON and sorted, since Plotly's writer may choose another library and order.
    return json.dumps(json.loads(figure.to_json()), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _literal(text: str) -> str:
    """The text as Plotly prints it unread: it would take <b> or <a href> for its own markup."""
    return text.replace("<", "&lt;")


def draw(figure_json: str) -> str:
    """The figure as SVG, the same text for the same figure. Raises ChartFailure where Chromium is missing or fails."""
    if not settings.CHROMIUM:
        raise ChartFailure("Charts are drawn for print by Chromium: install Debian's package chromium.")
    try:
        # The synchronous form draws in a thread of its own, so that it works under a running event loop too.
        image = kaleido.calc_fig_sync(
            json.loads(figure_json), opts={"format": "svg"}, kopts={"n": 1, "path": settings.CHROMIUM}
        )
    except Exception as error:
        raise ChartFailure(f"Chromium at {settings.CHROMIUM} could not draw the chart: {error}") from error
    return stable_ids(bytes(image).decode())


def stable_ids(svg: str) -> str:
    """Replace Plotly's random ids by numbers in order of appearance, so that equal charts are equal bytes."""
    numbers: dict[str, str] = {}

    def numbered(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], f"chart{len(numbers) + 1}")

    names = re.findall(r'\bid="([^"]+)"', svg)
    if not names:
        return svg
    pattern = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{pattern})(?![\w-])", numbered, svg)
