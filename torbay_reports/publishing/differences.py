"""What a corrected paper changes, figure by figure and sentence by sentence, so that nothing of it goes unsaid."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from torbay_reports.core.formatting import long_date
from torbay_reports.documents.blocks import Document, words
from torbay_reports.publishing.comparing import blocks
from torbay_reports.publishing.comparing.sentences import in_a_line, sentences
from torbay_reports.publishing.comparing.sequences import Told, by_words, walk

_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_MOST: Final = 200
"""So many sentences that were exchanged for others are compared with each other; more are told as they stand."""


@dataclass(frozen=True)
class Change:
    """One change. `paper` is its title, `where` the place as a reader names it ("Paragraph 1.3", "Table …, row …,
    column …"); `before` is empty for what was added, `after` for what was taken away."""

    paper: str
    where: str
    before: str
    after: str


def between(before: Document, after: Document) -> tuple[Change, ...]:
    """What differs for a reader of two versions of a paper; nothing where they read the same.

    A figure in a sentence that is otherwise the same is told by itself, a sentence that changed as a whole. Charts are
    compared by the figures that they draw. Give the later version with the published numbers (`keep_numbers`).
    """
    return tuple(Change(after.title, *told) for told in dict.fromkeys(_between(before, after)))


def uploads_between(title: str, before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """What differs between two brought files, of whose pages these are the words: sentences, each with its page in the
    file."""
    return tuple(Change(title, *told) for told in dict.fromkeys(_of_pages(_sentences(before), _sentences(after))))


def _between(before: Document, after: Document) -> Iterator[Told]:
    for where, old, new in (
        ("Title", before.title, after.title),
        ("Notice", before.notice, after.notice),
        ("Figures as at", _as_at(before), _as_at(after)),
        ("Marking", "DRAFT" * before.draft, "DRAFT" * after.draft),
    ):
        if in_a_line(old) != in_a_line(new):
            yield where, in_a_line(old), in_a_line(new)
    yield from blocks.told(before.blocks, after.blocks)


def _as_at(document: Document) -> str:
    return long_date(document.as_at) if document.as_at else ""


def _sentences(pages: Sequence[str]) -> list[tuple[str, str]]:
    """The sentences of all pages, each with its page in words."""
    return [
        (f"Page {number}", sentence.words)
        for number, page in enumerate(pages, start=1)
        for paragraph in _PARAGRAPH.split(page)
        for sentence in sentences(words(paragraph))
    ]


def _of_pages(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[Told]:
    said = [text for _, text in before], [text for _, text in after]
    for kind, first, end, first_now, end_now in SequenceMatcher(None, *said, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = before[first:end], after[first_now:end_now]
        is_small = len(old) <= _MOST and len(new) <= _MOST
        pairs = by_words([text for _, text in old], [text for _, text in new]) if is_small else {}
        for at, now in walk(pairs, len(old), len(new)):
            where = new[now][0] if now is not None else old[at or 0][0]
            yield where, old[at][1] if at is not None else "", new[now][1] if now is not None else ""
