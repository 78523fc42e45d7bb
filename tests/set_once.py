"""Packs and charts that many tests ask for alike, set once in a process.

Setting the demonstration's supplement takes ten seconds. Whoever only needs it to be there asks within `set_once`: the
same plan, by the checksum that the program itself goes by, gives the same bytes again. Tests of the setting itself
do without.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from torbay_reports.documents import plotting
from torbay_reports.publishing import checksums, printing, services
from torbay_reports.publishing.packplan import PackPlan, RenderedPack
from torbay_reports.publishing.parts.store import MemoryStore, PartStore
from torbay_reports.publishing.printing import Progress, silent

_parts = MemoryStore()
_packs: dict[str, RenderedPack] = {}
_drawings: dict[str, str] = {}


@contextmanager
def set_once() -> Iterator[None]:
    """While it is open, a pack that was set before is not set again, and a chart is not drawn again."""
    draw, render = plotting.draw, printing.render_pack

    def drawn(figures: Sequence[str]) -> list[str]:
        waiting = [figure for figure in dict.fromkeys(figures) if figure not in _drawings]
        _drawings.update(zip(waiting, draw(waiting), strict=True))
        return [_drawings[figure] for figure in figures]

    def rendered(plan: PackPlan, *, store: PartStore, progress: Progress = silent) -> RenderedPack:
        key = checksums.of_plan(plan)
        if key not in _packs:
            _packs[key] = render(plan, store=_parts, progress=progress)
        return _packs[key]

    with mock.patch.object(plotting, "draw", drawn), mock.patch.object(services, "render_pack", rendered):
        yield
