"""What rooms tell each other without knowing each other: report sources, what is confidential, slots of pages."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.utils.html import format_html

from torbay_reports.documents import registry
from torbay_reports.documents.blocks import Document
from torbay_reports.documents.registry import Confidence, ReportSource, UnknownSource

GIVEN = Confidence("the Harbour Inspectorate", "It is not published yet.")


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the rooms have registered, and nothing left of what these tests do."""
    monkeypatch.setattr(registry, "_sources", {})
    monkeypatch.setattr(registry, "_listeners", [])
    monkeypatch.setattr(registry, "_slots", {})


def built(subject: str) -> Document:
    return Document(source="letters", subject=subject, title="Letter", blocks=())


def source(**fields: Any) -> ReportSource:
    return ReportSource(**{"name": "letters", "title": "Letters", "build": built, **fields})


def in_confidence(subject: str) -> Confidence | None:
    return GIVEN if subject == "held-back" else None


def test_a_source_is_found_by_its_name_and_registered_once() -> None:
    registry.register(source())
    registry.register(source())
    assert registry.source("letters").build("2017").subject == "2017"
    with pytest.raises(ValueError, match="Two report sources are called 'letters'"):
        registry.register(source(title="Other letters"))
    with pytest.raises(UnknownSource, match="No report source is called 'budget'"):
        registry.source("budget")


def test_nothing_stands_against_a_source_that_says_nothing_and_nobody_gave_it_in_confidence() -> None:
    assert source().obstacles("2017") == ()
    assert source().confidence("2017") is None


def test_what_is_confidential_is_asked_of_the_source_by_subject() -> None:
    registry.register(source(confidence=in_confidence))
    assert registry.confidence("letters", "held-back") == GIVEN
    assert registry.confidence("letters", "2017") is None


@pytest.mark.parametrize("name", ["", "budget"])
def test_nothing_is_known_of_a_source_that_nobody_registers(name: str) -> None:
    assert registry.confidence(name, "held-back") is None


def test_who_waits_for_it_is_told_once_that_a_subject_may_be_public() -> None:
    told: list[dict[str, Any]] = []

    def listener(**said: Any) -> None:
        told.append(said)

    registry.when_opened(listener)
    registry.when_opened(listener)
    registry.opened(source="letters", subject="held-back", why="It is published.", by="somebody")
    assert told == [{"source": "letters", "subject": "held-back", "why": "It is published.", "by": "somebody"}]


def test_a_listener_that_fails_is_heard_by_who_told_it() -> None:
    def failing(**said: Any) -> None:
        raise OSError

    registry.when_opened(failing)
    with pytest.raises(OSError):  # noqa: PT011
        registry.opened(source="letters", subject="held-back", why="", by=None)


def test_only_sources_that_ask_for_it_stand_on_home() -> None:
    registry.register(source())
    registry.register(source(name="budget", on_home="sentence"))
    assert [each.name for each in registry.sources_on_home()] == ["budget"]


def test_a_slot_shows_what_rooms_have_for_it_in_their_order_and_escaped_as_they_made_it() -> None:
    request = HttpRequest()

    def first(request: HttpRequest, step: object) -> Any:
        return format_html("<p>{}</p>", step)

    def second(request: HttpRequest, step: object) -> Any:
        return format_html("<b>{}</b>", "Two")

    for build in (first, second, first):
        registry.fill_slot("plan:step", build)
    assert registry.slot("plan:step", request, "<Step>") == "<p>&lt;Step&gt;</p><b>Two</b>"
    assert registry.slot("plan:other", request, "<Step>") == ""
