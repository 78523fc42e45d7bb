"""What one exempt or confidential paper would give away, in normalised words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from torbay_reports.documents.blocks import Document
from torbay_reports.publishing.leaks.names import names_in, signed_sums_in, stands_alone
from torbay_reports.publishing.leaks.ordinary import ORDINARY
from torbay_reports.publishing.leaks.sentences import sentences_of
from torbay_reports.publishing.leaks.texts import Stretch, texts_of
from torbay_reports.publishing.leaks.words import normalised

SHORT: Final = 6
"""A sentence of fewer words says nothing of a paper by itself ("Members asked several questions"): it needs a name or
a sum. From six on two papers rarely agree by chance, and where they do, the words are mostly public already."""
RUN: Final = 8
"""So many consecutive words of a longer sentence are a quotation of it."""
TELLING: Final = 3
"""So many words of a title that are not everybody's make it a name."""
_OWN: Final = 4
"""So many words of a quotation are the paper's own: not the law's, the agenda's or the council's name."""
_DISTINCT: Final = 4
"""A row of noughts, dashes and repeated letters is nobody's secret."""


@dataclass(frozen=True)
class Secret:
    """What to look for of one paper; `label` names it to the clerk (item number and meeting, never its title).

    A sentence of `RUN` words or more is found by any run of so many; a shorter one, a name and a sum as a whole. A sum
    is in pounds.
    """

    label: str
    key: str
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    sums: tuple[str, ...]


def secret_of(
    *,
    label: str,
    key: str,
    document: Document | None = None,
    pages: Iterable[str] = (),
    strings: Iterable[str] = (),
    names: Iterable[str] = (),
    without: Iterable[str] = (),
) -> Secret:
    """The secret of a paper: built (`document`) or brought (the texts of its `pages`).

    `strings` are what the records say of it besides (title, reason, public-interest balance), `names` what counts
    however short it is. `without` is what the public may know by law (the item's title, the committee, the council,
    the meeting's date, the descriptions of Schedule 12A): it is no secret, and no quotation consists of it.
    """
    found = _Collector(without)
    titles = [document.title] if document else []
    for stretch in (*map(Stretch, (*titles, *strings)), *(texts_of(document) if document else ())):
        found.take(stretch)
    # A paper's title gives it away even where it is short.
    found.take_names(title for title in titles if not set(normalised(title).split()) <= ORDINARY)
    found.take_pages(pages)
    found.take_names(names)
    return Secret(label, key, tuple(found.sentences), tuple(found.names), tuple(found.sums))


def tells(title: str) -> bool:
    """Whether a title says something of what it stands over, as “The letter” or “Appendix 2” do not."""
    return len(set(normalised(title).split()) - ORDINARY) >= TELLING


class _Collector:
    """Gathers what is secret; what is found twice stands once."""

    def __init__(self, without: Iterable[str]) -> None:
        self._public = [words for phrase in without if (words := normalised(phrase).split())]
        self.sentences: dict[str, None] = {}
        self.names: dict[str, None] = {}
        self.sums: dict[str, None] = {}

    def take(self, stretch: Stretch) -> None:
        """Take one stretch of text: its sentences, names and sums."""
        for sentence in sentences_of(stretch.text):
            self._take_sentence(sentence, stretch.sums)
        self._take_sums(stretch.sums)

    def take_pages(self, pages: Iterable[str]) -> None:
        """Take a brought file's pages: sentences run on from line to line and page to page; a line may be a table's."""
        texts = list(pages)
        self.take(Stretch(" \n".join(texts)))
        for line in (line for text in texts for line in text.splitlines()):
            named, sums = tuple(names_in(line)), tuple(signed_sums_in(line))
            self.take_names(named)
            words = normalised(line).split()
            if len(words) >= 3 and (named or sums):
                self._add(words)

    def take_names(self, names: Iterable[str]) -> None:
        """Take names that count by themselves."""
        for name in names:
            words = normalised(name).split()
            if len("".join(words)) > 2 and not all(self._covered(words)):
                self.names[" ".join(words)] = None

    def _take_sums(self, sums: Iterable[str]) -> None:
        for each in sums:
            if stands_alone(each) and not all(self._covered([each])):
                self.sums[each] = None

    def _take_sentence(self, sentence: str, beside: Sequence[str]) -> None:
        words = normalised(sentence).split()
        named, sums = tuple(names_in(sentence)), (*signed_sums_in(sentence), *beside)
        self.take_names(named)
        self._take_sums(sums)
        if " ".join(words) in self.names:
            return
        if len(words) >= SHORT or named or (sums and len(words) >= 3):
            self._add(words)

    def _add(self, words: list[str]) -> None:
        covered = self._covered(words)
        for start, end in _quotable(words, covered):
            self.sentences[" ".join(words[start:end])] = None

    def _covered(self, words: list[str]) -> list[bool]:
        """Which words stand in what is public by law."""
        covered = [False] * len(words)
        for phrase in self._phrases(words):
            for start in range(len(words) - len(phrase) + 1):
                if words[start : start + len(phrase)] == phrase:
                    covered[start : start + len(phrase)] = [True] * len(phrase)
        # A name of two words inside a longer public phrase.
        text = f" {' '.join(words)} "
        if any(text in f" {' '.join(phrase)} " for phrase in self._public):
            return [True] * len(words)
        return covered

    def _phrases(self, words: list[str]) -> Iterator[list[str]]:
        present = set(words)
        return (phrase for phrase in self._public if phrase[0] in present)


def _quotable(words: list[str], covered: list[bool]) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence of which every run counts; a shorter sentence as a whole."""
    length = min(RUN, len(words))
    if not any(covered) and len(words) - len(set(words)) <= length - min(_DISTINCT, length):
        yield 0, len(words)
        return
    begun = end = 0
    for start in range(len(words) - length + 1):
        run = range(start, start + length)
        own = sum(not covered[place] for place in run)
        if own >= min(_OWN, length - 1) and len({words[place] for place in run}) >= min(_DISTINCT, length):
            if start > end - length + 1 or not end:
                if end:
                    yield begun, end
                begun = start
            end = start + length
    if end:
        yield begun, end
