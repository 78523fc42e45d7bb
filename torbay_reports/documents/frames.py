"""What all charts share: type, paper, axes, and how their words and their JSON are written."""

import json
from typing import Any

import plotly.graph_objects as go

FONT = "Atkinson Hyperlegible Next"
INK, GREY, PAPER, DEEP = "#0b0c0c", "#505a5f", "#ffffff", "#12436d"
WIDE = 1000
"""The width in pixels of a chart for a landscape page."""
MARGIN_TOP, MARGIN_BOTTOM = 6, 32


def frame(*, width: int, height: int, top: int = MARGIN_TOP, bottom: int = MARGIN_BOTTOM) -> dict[str, Any]:
    """What every chart's layout shares; lengths in pixels."""
    return {
        "font": {"family": f"{FONT}, Arial, sans-serif", "size": 15, "color": INK},
        "template": "none",
        "width": width,
        "height": height,
        "margin": {"l": 10, "r": 10, "t": top, "b": bottom},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
    }


def length_axis(title: str, low: float, high: float) -> dict[str, Any]:
    """An axis without ticks, since each bar has its figure."""
    return {
        "title": {"text": title, "font": {"size": 14}},
        "range": [low, high],
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 1.5,
        "showgrid": False,
        "showticklabels": False,
        "fixedrange": True,
    }


def name_axis() -> dict[str, Any]:
    """An axis of names, the first on top."""
    return {"autorange": "reversed", "automargin": True, "fixedrange": True, "ticksuffix": "  ", "showline": False}


def as_json(figure: go.Figure) -> str:
    """The figure as text, by Python's own JSON and sorted: Plotly's writer may choose another library and order."""
    return json.dumps(json.loads(figure.to_json()), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def literal(text: str) -> str:
    """The text as Plotly prints it unread, its lines kept: it would take <b> or <a href> for its own markup."""
    return text.replace("<", "&lt;").replace("\n", "\u00a0\u00a0<br>")
