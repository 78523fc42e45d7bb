"""The agenda's sheets and the clerk's letters as they were published, each instalment's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from torbay_reports.agenda.reading.packs import Part
from torbay_reports.publishing.bundles.values import ItemEntry


@dataclass(frozen=True)
class SheetLine:
    """An item as a letter or a sheet lists it: `where` are its pages there, or why it has none; `words` its
    paragraphs."""

    item: ItemEntry
    where: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Sheets:
    """What a letter or the agenda's sheets list; `reasons` and `urgency` stand in letters alone."""

    is_agenda: bool
    dated: date
    lines: tuple[SheetLine, ...]
    reasons: tuple[str, ...]
    urgency: str


def sheets_of(parts: Sequence[Part]) -> list[tuple[Part, Sheets]]:
    """Those of each instalment, in turn."""
    return [(part, _sheets(part)) for part in parts]


def _sheets(part: Part) -> Sheets:
    letter = part.published.bundle.letter
    return Sheets(
        is_agenda="opening" not in letter,
        dated=date.fromisoformat(letter["dated"]),
        lines=tuple(SheetLine(each, _where(part, each), tuple(each.words.splitlines())) for each in part.items),
        reasons=tuple(letter.get("reasons", ())),
        urgency=letter.get("urgency", ""),
    )


def _where(part: Part, item: ItemEntry) -> str:
    there = part.pages.items.get(item.number)
    if there is not None:
        return there.words
    return "to follow" if any(not each.withdrawn for each in item.papers) else ""
