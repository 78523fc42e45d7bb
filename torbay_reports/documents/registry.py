"""Where apps say which reports they can build, so that the rooms below need not know the apps.

A source builds a Document for a subject ("2017-18/q1"); `publishing` freezes what it gives, `agenda` puts it in a pack.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from torbay_reports.documents.blocks import Document


class UnknownSource(LookupError):
    """A report source that no app has registered."""


def no_obstacles(_subject: str) -> tuple[str, ...]:
    """What stands against publishing a report that may always be published."""
    return ()


@dataclass(frozen=True)
class ReportSource:
    """A kind of report. `build` gives the draft of a subject; it raises LookupError where there is no such subject.

    Home shows the newest published one of a source: "at a glance" with its chart, or in one "sentence". `obstacles`
    says, a sentence each, what stands against publishing a subject as it is now.
    """

    name: str
    title: str
    build: Callable[[str], Document]
    on_home: Literal["", "at a glance", "sentence"] = ""
    obstacles: Callable[[str], tuple[str, ...]] = no_obstacles


_sources: dict[str, ReportSource] = {}


def register(source: ReportSource) -> None:
    """Add a report source. Raises ValueError for a name that is taken by another."""
    if _sources.setdefault(source.name, source) != source:
        raise ValueError(f"Two report sources are called '{source.name}'.")


def source(name: str) -> ReportSource:
    """The source of that name. Raises UnknownSource."""
    try:
        return _sources[name]
    except KeyError:
        raise UnknownSource(f"No report source is called '{name}'.") from None


def sources_on_home() -> list[ReportSource]:
    """The sources whose newest report the home page shows."""
    return [each for each in _sources.values() if each.on_home]
