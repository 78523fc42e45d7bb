"""The one notice that says what is new in a meeting's pack, and what readers still wait for."""

from dataclasses import dataclass

from torbay_reports.agenda.letters import items_named
from torbay_reports.agenda.reading.packs import PackSoFar, PaperLine, Part
from torbay_reports.agenda.subscribing.whats_new import only_withdraws
from torbay_reports.core.formatting import count


@dataclass(frozen=True)
class Notice:
    """What was published last: `title` reads "Supplement 1, published 4 September 2017 at 16.05", `brings` "Items 5
    and 6 (pages 1 - 61)."; `late` says why papers are late, a sentence each, and `missing` are those to follow."""

    title: str
    brings: str
    late: tuple[str, ...]
    urgency: str
    missing: tuple[PaperLine, ...]

    @property
    def missing_words(self) -> str:
        """1 paper, 2 papers; nothing where all are there."""
        return count(len(self.missing), "paper", "papers") if self.missing else ""


def notice_of(pack: PackSoFar) -> Notice | None:
    """The notice of a pack; None while nothing of it is published."""
    part = pack.newest
    if part is None:
        return None
    bundle = part.published.bundle
    is_first = bundle.version == 1
    return Notice(
        title=f"{part.name}, {_done(part)} {part.published_words}",
        brings=_brings(part) if is_first else _changed(part),
        late=tuple(bundle.letter.get("reasons", ())) if is_first else (),
        urgency=bundle.letter.get("urgency", "") if is_first else "",
        missing=tuple(pack.missing),
    )


def _done(part: Part) -> str:
    if part.published.bundle.version == 1:
        return "published"
    return "a paper withdrawn, published anew" if only_withdraws(part.published.bundle) else "corrected"


def _brings(part: Part) -> str:
    """Items 5 and 6 (pages 1 - 61). Of an agenda, whose items are many, how many it has."""
    pages = f"{part.page_words[:1].lower()}{part.page_words[1:]}"
    if not part.published.instalment.number:
        return f"{count(len(part.items), 'item', 'items')} ({pages})."
    with_papers = [item.number for item in part.items if any(each.publication or each.upload for each in item.papers)]
    named = items_named(with_papers or [item.number for item in part.items]) if part.items else "no item"
    return f"{named[:1].upper()}{named[1:]} ({pages})."


def _changed(part: Part) -> str:
    bundle = part.published.bundle
    changes = f"{count(len(bundle.changes), 'change', 'changes')}." if bundle.changes else ""
    return " ".join(filter(None, [f"Version {bundle.version}.", changes, bundle.reason and f"Why: {bundle.reason}"]))
