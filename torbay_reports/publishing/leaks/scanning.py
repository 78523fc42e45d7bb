"""Whether a folder that is to become public gives away what exempt and confidential papers say."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from torbay_reports.publishing.leaks.found import Found
from torbay_reports.publishing.leaks.index import Index
from torbay_reports.publishing.leaks.reading import NAME, read_folder
from torbay_reports.publishing.leaks.secrets import RUN, Secret

Kind = Literal["sentence", "name", "sum"]
IsPublic = Callable[[str], bool]
Progress = Callable[[int, int], None]
_SHOWN: Final = 10


@dataclass(frozen=True, order=True)
class Hit:
    """What was found of a paper, and where. The phrase is secret: it is never printed with the rest."""

    file: str
    place: str
    label: str
    key: str
    kind: Kind
    phrase: str = field(repr=False)


class Leak(Exception):
    """What was to become public gives away a paper that is not: `hits`. The message is for the clerk."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = tuple(hits)
        super().__init__(_message(self.hits))


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def scan(
    folder: Path, secrets: Iterable[Secret], is_public: IsPublic, *, total: int = 0, progress: Progress = silent
) -> list[Hit]:
    """What the files of a folder give away, in the order of files, places and papers.

    The papers are asked for one by one; `total` is how many there are, for `progress`. `is_public` is asked of a
    normalised phrase that was found, whether it stood in something published before. Raises Unreadable for a file
    that cannot be read to its end.
    """
    return Scan(read_folder(folder), is_public).of(secrets, total=total, progress=progress)


class Scan:
    """The words of a folder's files, (file, what is found in it) in order, ready to be asked about papers."""

    def __init__(self, reading: Iterable[tuple[str, Found]], is_public: IsPublic) -> None:
        self._where: list[tuple[str, str]] = []
        # One by one, since the words of a whole folder are many megabytes.
        self._index = Index(self._noted(reading))
        self._numbers = {
            file: number for number, file in enumerate(dict.fromkeys(file for file, _ in self._where), start=1)
        }
        self._ask = is_public
        self._answers: dict[str, bool] = {}

    def _noted(self, reading: Iterable[tuple[str, Found]]) -> Iterator[Found]:
        for file, found in reading:
            self._where.append((file, found.place))
            yield found

    def of(self, secrets: Iterable[Secret], *, total: int = 0, progress: Progress = silent) -> list[Hit]:
        """What is given away of these papers."""
        hits: dict[tuple[int, Hit], None] = {}
        for done, secret in enumerate(secrets, start=1):
            for kind, phrase, place in self._leaked(secret):
                file, name = self._where[place]
                hits[place, Hit(file, name, secret.label, secret.key, kind, phrase)] = None
            progress(done, max(total, done))
        return self._unnamed([hit for _, hit in sorted(hits)])

    def _unnamed(self, hits: list[Hit]) -> list[Hit]:
        """The hits, each file whose own name gives something away by its number in the folder's order."""
        telling = {hit.file for hit in hits if hit.place == NAME}
        return [replace(hit, file=f"file {self._numbers[hit.file]}") if hit.file in telling else hit for hit in hits]

    def _leaked(self, secret: Secret) -> Iterator[tuple[Kind, str, int]]:
        for sentence in secret.sentences:
            for phrase, places in self._quoted(sentence):
                yield from (("sentence", phrase, place) for place in places)
        for name in secret.names:
            if (places := list(self._index.places(name))) and not self._is_public(name):
                yield from (("name", name, place) for place in places)
        for each in secret.sums:
            if (places := list(self._index.places_of_sum(each))) and not self._is_public(each):
                yield from (("sum", each, place) for place in places)

    def _quoted(self, sentence: str) -> Iterator[tuple[str, list[int]]]:
        """The parts of a sentence that stand in the files and are not public, each with its places."""
        words = sentence.split()
        if len(words) < RUN:
            yield from self._secret_part(words)
            return
        for start, end in self._index.run(words, RUN):
            whole = list(self._secret_part(words[start:end]))
            yield from whole
            if self._answers.get(" ".join(words[start:end])):
                continue
            for first in range(start, end - RUN + 1):
                yield from self._secret_part(words[first : first + RUN], unlike=whole)

    def _secret_part(
        self, words: list[str], unlike: Sequence[tuple[str, list[int]]] = ()
    ) -> Iterator[tuple[str, list[int]]]:
        phrase = " ".join(words)
        told = {place for _, places in unlike for place in places}
        places = [place for place in self._index.places(phrase) if place not in told]
        if places and not self._is_public(phrase):
            yield phrase, places

    def _is_public(self, phrase: str) -> bool:
        if phrase not in self._answers:
            self._answers[phrase] = self._ask(phrase)
        return self._answers[phrase]


def _message(hits: Sequence[Hit]) -> str:
    places = list(dict.fromkeys((hit.file, hit.place, hit.label, _CALLED[hit.kind]) for hit in hits))
    lines = [f"• {file}, {place}: {what} of {label}" for file, place, label, what in places[:_SHOWN]]
    more = f"\n… and {len(places) - _SHOWN} more, {len(places)} in all." if len(places) > _SHOWN else ""
    return (
        "Nothing was published: these files would give away papers that are not for publication.\n"
        + "\n".join(lines)
        + more
        + "\nTake these words out of the public papers and build the pack again. If they may be public, the monitoring "
        "officer decides that first, for the paper they come from."
    )


_CALLED: Final[dict[Kind, str]] = {"sentence": "words", "name": "a name", "sum": "a sum"}
