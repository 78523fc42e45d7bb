"""Figures of charts drawn as SVG by the system's Chromium."""

import asyncio
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import kaleido
from django.conf import settings


class ChartFailure(RuntimeError):
    """The chart could not be drawn for print; the message says what to do."""


def draw(figures: Sequence[str]) -> list[str]:
    """Each of Plotly's figures as SVG, the same text for the same figure, by one start of Chromium for all of them.

    Raises ChartFailure where Chromium is missing or fails.
    """
    if not figures:
        return []
    if not settings.CHROMIUM:
        raise ChartFailure("Charts are drawn for print by Chromium: install Debian's package chromium.")
    try:
        # In a thread of its own, so that it works under a running event loop too.
        with ThreadPoolExecutor(max_workers=1) as thread:
            images = thread.submit(asyncio.run, _images(figures)).result()
    except Exception as error:
        raise ChartFailure(f"Chromium at {settings.CHROMIUM} could not draw a chart: {error}") from error
    return [stable_ids(image.decode()) for image in images]


async def _images(figures: Sequence[str]) -> list[bytes]:
    async with kaleido.Kaleido(n=1, path=settings.CHROMIUM) as chromium:
        return [bytes(await chromium.calc_fig(json.loads(figure), opts={"format": "svg"})) for figure in figures]


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
