"""The fixtures' prose and its references, read from the JSON files alone, so that no database is needed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parents[2]
FIXTURES = CHECKOUT / "fixtures"

REFERENCE = re.compile(r"\[\[(?P<kind>[a-z-]+):(?P<target>[^\[\]|]+)(?:\|(?P<form>[^\[\]|]+))?\]\]")


class Prose(NamedTuple):
    """One stretch of running text and the place where a person finds it."""

    place: str
    text: str


class Reference(NamedTuple):
    """One reference: [[kind:target|form]]; `form` is empty where none is given."""

    place: str
    kind: str
    target: str
    form: str

    @classmethod
    def from_match(cls, place: str, match: re.Match[str]) -> "Reference":
        return cls(place, match["kind"], match["target"], match["form"] or "")


def fixture(name: str) -> dict[str, Any]:
    """The fixture file of that name, without its ending."""
    content: dict[str, Any] = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return content


def running_prose() -> Iterator[Prose]:
    """Every sentence of the fixtures: all that is neither heading nor name nor figure."""
    budget = fixture("budget")
    for row in budget["narratives"]:
        yield Prose(f"narrative of {row['service']}", row["text"])
    for number, row in enumerate(budget["risks"], start=1):
        yield Prose(f"risk {number}", row["risk"])
        yield Prose(f"mitigation of risk {number}", row["mitigation"])
    for row in [*budget["named_figures"], *budget["events"]]:
        yield Prose(f"name of {row['slug']}", row["name"])
    for block in budget["report"]["blocks"]:
        if block["kind"] in ("paragraph", "text"):
            yield Prose(block["slug"], block["text"])
        for item in block.get("items", []):
            yield Prose(block["slug"], item)
    yield from agenda_prose()


def agenda_prose() -> Iterator[Prose]:
    """What the agendas and letters of the meetings say."""
    for meeting in fixture("agenda")["meetings"]:
        for part in meeting["instalments"]:
            if part.get("opening"):
                yield Prose(f"cover letter of {meeting['date']}", part["opening"])
        for item in meeting["items"]:
            where = f"item {item['number']} of {meeting['date']}"
            said = [item.get("words"), *(paper.get("why_late") for paper in item.get("papers", []))]
            yield from (Prose(where, text) for text in said if text)


def tracker_prose() -> Iterator[Prose]:
    """Every text of the improvement tracker that is neither heading nor name nor date. Its figures stand in it."""
    for theme in fixture("improvement")["tracker"]["themes"]:
        for action in (action for priority in theme["priorities"] for action in priority["actions"]):
            yield Prose(f"action {action['reference']}", action["what"])
            for step in action["steps"]:
                place = f"step {action['reference']}/{step['number']}"
                texts = [step["how"], step.get("success", ""), *(each["text"] for each in step.get("updates", []))]
                measures = [measure["words"] for measure in step.get("measures", [])]
                yield from (Prose(place, text) for text in [*texts, *measures])


def letter_prose() -> Iterator[Prose]:
    """Every sentence of the letters of inspectors, and why a step is tied to a finding. Its figures stand in it."""
    for letter in fixture("ofsted")["letters"]:
        text = letter["text"]
        for section in text["sections"]:
            place = f"letter of {text['dated']}, {section['heading'] or 'opening'}"
            yield from (Prose(place, each["words"]) for each in section["paragraphs"])
        for finding in letter["findings"]:
            place = f"finding {finding['section'] or 'opening'} {finding['number']}"
            yield Prose(place, finding.get("since_last_words", ""))
            yield from (Prose(place, each["words"]) for each in finding.get("measures", []))
            yield from (Prose(place, each["why"]) for each in finding.get("links", []) if "why" in each)


def references() -> Iterator[Reference]:
    """Every well-formed reference in the prose, in its order."""
    for prose in running_prose():
        for match in REFERENCE.finditer(prose.text):
            yield Reference.from_match(prose.place, match)
