"""Where apps say which reports they can build, so that the rooms below need not know the apps.

A source builds a Document for a subject ("2017-18/q1"); `publishing` freezes what it gives, `agenda` puts it in a pack.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from torbay_reports.documents.blocks import Document


class UnknownSource(LookupError):
    """A report source that no app has registered."""


def no_obstacles(_subject: str) -> tuple[str, ...]:
    """What stands against publishing a report that may always be published."""
    return ()


@dataclass(frozen=True)
class Confidence:
    """Why a subject is confidential (Local Government Act 1972, s100A(3)): `furnished_by` is the Government department
    that gave it, `terms` in a sentence what it said about disclosure."""

    furnished_by: str
    terms: str


def no_confidence(_subject: str) -> Confidence | None:
    """Nobody gave this in confidence."""
    return None


def none_known(_meets_on: date) -> Sequence[str]:
    """No subject is offered: each is typed."""
    return ()


@dataclass(frozen=True)
class ReportSource:
    """A kind of report. `build` gives the draft of a subject; it raises LookupError where there is no such subject.

    Home shows the newest published one of a source: "at a glance" with its chart, or in one "sentence". `obstacles`
    says, a sentence each, what stands against publishing a subject as it is now. `confidence` says why a subject is
    confidential as it is now: then it can stand in a restricted edition only. Who ends that calls `opened`.
    `subjects` offers those that it can build for a meeting on a day, as far as everybody may know of them; others can
    be typed. `withheld` tells whether a frozen Document says what may not be public by now, though its subject may;
    without it nothing does.
    """

    name: str
    title: str
    build: Callable[[str], Document]
    on_home: Literal["", "at a glance", "sentence"] = ""
    obstacles: Callable[[str], tuple[str, ...]] = no_obstacles
    confidence: Callable[[str], Confidence | None] = no_confidence
    withheld: Callable[[Document], bool] | None = None
    subjects: Callable[[date], Sequence[str]] = none_known


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


def confidence(source: str, subject: str) -> Confidence | None:
    """Why what such a source builds is confidential as it is now; nothing where nobody gave it in confidence, nor for a
    source that no app registers any more."""
    known = _sources.get(source)
    return known.confidence(subject) if known is not None else None


def is_withheld(source: str, document: Callable[[], Document]) -> bool:
    """Whether a frozen Document of the source says what may not be public by now; it is read only where the source asks
    for it."""
    known = _sources.get(source)
    return known is not None and known.withheld is not None and known.withheld(document())


def sources() -> list[ReportSource]:
    """Every source, in the order of their titles."""
    return sorted(_sources.values(), key=lambda each: each.title)


def sources_on_home() -> list[ReportSource]:
    """The sources whose newest report the home page shows."""
    return [each for each in _sources.values() if each.on_home]


Listener = Callable[..., None]
_listeners: list[Listener] = []


def when_opened(listener: Listener) -> None:
    """Have `listener(source=, subject=, why=, by=)` called, in the same transaction, when a subject that was given in
    confidence is confidential no more."""
    if listener not in _listeners:
        _listeners.append(listener)


def opened(*, source: str, subject: str, why: str, by: Any) -> None:
    """Say that a subject is confidential no more, why, and who recorded that."""
    for listener in _listeners:
        listener(source=source, subject=subject, why=why, by=by)


SlotBuilder = Callable[[HttpRequest, Any], SafeString]
_slots: dict[str, list[SlotBuilder]] = {}


def fill_slot(name: str, build: SlotBuilder) -> None:
    """Add to a page of another room: `build(request, obj)` gives the markup that stands in its slot of that name."""
    builders = _slots.setdefault(name, [])
    if build not in builders:
        builders.append(build)


def slot(name: str, request: HttpRequest, obj: Any) -> SafeString:
    """What the rooms have to show in a page's slot, in the order in which they were registered; mostly nothing."""
    return mark_safe("".join(build(request, obj) for build in _slots.get(name, ())))
