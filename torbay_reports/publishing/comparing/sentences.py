"""Prose, sentence by sentence; where only figures of a sentence changed, figure by figure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from torbay_reports.core.formatting import long_date
from torbay_reports.documents.blocks import Figure, Inline, LineBreak, Prose, Text, WebLink, plain
from torbay_reports.publishing.comparing.sequences import Told, by_words, walk

_END: Final = re.compile(r"(?<=[.?!])\s+")
_FIGURE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass
class Sentence:
    """A sentence in its pieces."""

    pieces: list[Inline] = field(default_factory=list)

    @property
    def words(self) -> str:
        """As it is read."""
        return in_a_line("".join(each.text for each in self.pieces))

    @property
    def frame(self) -> str:
        """Its words with the name of each figure in its place."""
        told = (f"{_FIGURE}{each.ref}{_FIGURE}" if isinstance(each, Figure) else each.text for each in self.pieces)
        return in_a_line("".join(told))

    @property
    def figures(self) -> list[Figure]:
        return [each for each in self.pieces if isinstance(each, Figure)]

    @property
    def addresses(self) -> dict[str, str]:
        """Where its links lead, by their words."""
        found: dict[str, str] = {}
        for each in self.pieces:
            if isinstance(each, WebLink):
                found[each.text] = " ".join(filter(None, (found.get(each.text), each.address)))
        return found


def in_a_line(text: str) -> str:
    """Words without the spaces that nobody reads."""
    return " ".join(text.split())


def sentences(content: Prose) -> list[Sentence]:
    """The sentences of prose. A line's end is one's end too."""
    found = [Sentence()]
    for inline in _joined(content):
        if isinstance(inline, LineBreak):
            found.append(Sentence())
            continue
        if not isinstance(inline, Text):
            found[-1].pieces.append(inline)
            continue
        first, *others = _END.split(inline.text)
        found[-1].pieces.append(Text(text=first))
        found.extend(Sentence([Text(text=other)]) for other in others)
    return [each for each in found if each.words]


def _joined(content: Prose) -> Iterator[Inline]:
    """The pieces, with words that follow on each other as one."""
    waiting = ""
    for inline in content:
        if isinstance(inline, Text):
            waiting += inline.text
            continue
        if waiting:
            yield Text(text=waiting)
            waiting = ""
        yield inline
    if waiting:
        yield Text(text=waiting)


def lines(texts: Sequence[str]) -> Prose:
    """Lines of plain words as prose."""
    return tuple(inline for text in texts for inline in (Text(text=text), LineBreak()))


def told(where: str, before: Prose, after: Prose) -> Iterator[Told]:
    """What changed in some prose: sentences, or the figures of one whose other words stayed."""
    if _all_of(before) == _all_of(after):
        return
    olds, news = sentences(before), sentences(after)
    pairs = by_words([each.frame for each in olds], [each.frame for each in news])
    for old, new in walk(pairs, len(olds), len(news)):
        if old is None:
            assert new is not None
            yield where, "", news[new].words
        elif new is None:
            yield where, olds[old].words, ""
        else:
            yield from _of_pair(where, olds[old], news[new])


def _all_of(content: Prose) -> tuple[object, ...]:
    """All that tells: the words, the values of the figures, the addresses."""
    values = [(each.value, each.unit, each.day) for each in content if isinstance(each, Figure)]
    addresses = [(each.text, each.address) for each in content if isinstance(each, WebLink)]
    return in_a_line(plain(content)), values, addresses


def _of_pair(where: str, old: Sentence, new: Sentence) -> Iterator[Told]:
    if old.frame == new.frame:
        for figure, now in zip(old.figures, new.figures, strict=True):
            yield from _of_figure(where, figure, now)
    elif old.words != new.words:
        yield where, old.words, new.words
    elif len(old.figures) == len(new.figures):
        for figure, now in zip(old.figures, new.figures, strict=True):
            yield from _of_figure(where, figure, now)
    for text in {**old.addresses, **new.addresses}:
        led, leads = old.addresses.get(text, ""), new.addresses.get(text, "")
        if led != leads:
            yield f"{where}, link “{in_a_line(text)}”", led, leads


def _of_figure(where: str, old: Figure, new: Figure) -> Iterator[Told]:
    if in_a_line(old.text) != in_a_line(new.text):
        yield where, old.text, new.text
    elif (old.value, old.unit, old.day) != (new.value, new.unit, new.day):
        yield where, _exactly(old), _exactly(new)


def _exactly(figure: Figure) -> str:
    """A figure with the value behind it, which downloads give though it reads the same."""
    exact = ""
    if figure.value is not None:
        exact = f"exactly {figure.value:,f} {figure.unit}".strip()
    elif figure.day is not None:
        exact = f"exactly {long_date(figure.day)}"
    return f"{figure.text} ({exact or 'no exact value'})"
