"""Invents a tracker of the source's size: as many rows, each cell as long as the source's, once or many times over.

The lengths are read from `fixtures/improvement.json`; the words are invented. The same number gives the same rows.
"""

import re
from pathlib import Path
from random import Random

from msgspec.structs import replace

from improvement.calculations.tracker import ActionEntry, MeasureEntry, PlanFile, StepEntry, TrackerEntry, UpdateEntry
from torbay_reports.core.reading import read_json

SEED = 5
_COMMON = (
    *("the", "of", "and", "to", "in", "a", "is", "for", "on", "with", "by", "at", "be", "are", "was", "will", "has"),
    *("been", "that", "it", "from", "as", "all", "who", "not", "this"),
)
_SOUNDS = (
    *("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "ya", "ster", "ning"),
    *("tion", "ment", "pre", "con", "able", "ing", "er", "al", "ed"),
)
_COPIES_APART = 100
"""Between the numbers of a copy and those of the next."""


def invented_tracker(source: Path, copies: int = 1, seed: int = SEED) -> PlanFile:
    """The plan of the file with invented words, so many times over, every copy with words and numbers of its own."""
    read = read_json(source, PlanFile)
    words = _Words(Random(seed))
    themes = []
    for copy in range(copies):
        for theme in read.tracker.themes:
            priorities = tuple(
                replace(
                    priority,
                    number=_numbered(priority.number, copy),
                    title=words.like(priority.title),
                    actions=tuple(_action(action, copy, words) for action in priority.actions),
                )
                for priority in theme.priorities
            )
            number = _numbered(theme.number, copy)
            themes.append(replace(theme, number=number, title=words.like(theme.title), priorities=priorities))
    return replace(read, tracker=TrackerEntry(title=read.tracker.title, themes=tuple(themes)), people={})


def _numbered(number: str, copy: int) -> str:
    """The number, moved on in every copy: 1.5 is 101.5 in the second one."""
    return re.sub(r"^\d+", lambda found: str(int(found[0]) + _COPIES_APART * copy), number) if copy else number


def _action(action: ActionEntry, copy: int, words: "_Words") -> ActionEntry:
    return replace(
        action,
        reference=_numbered(action.reference, copy),
        printed=_numbered(action.printed, copy),
        what=words.like(action.what),
        steps=tuple(_step(step, words) for step in action.steps),
    )


def _step(step: StepEntry, words: "_Words") -> StepEntry:
    return replace(
        step,
        how=words.like(step.how),
        who=words.owner(step.who),
        owners=tuple(words.owner(name) for name in step.owners),
        success=words.like(step.success),
        updates=tuple(_update(update, words) for update in step.updates),
        measures=tuple(_measure(measure, words) for measure in step.measures),
    )


def _update(update: UpdateEntry, words: "_Words") -> UpdateEntry:
    return replace(update, text=words.like(update.text))


def _measure(measure: MeasureEntry, words: "_Words") -> MeasureEntry:
    return replace(measure, words=words.like(measure.words))


class _Words:
    """Draws words: half of them common ones, as in a sentence, half made of sounds."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._owners: dict[str, str] = {}

    def like(self, text: str) -> str:
        """Invented words as long as the text, with its lines."""
        return "\n".join(self._line(len(line)) for line in text.split("\n"))

    def owner(self, name: str) -> str:
        """An invented name of the same length, the same for the same."""
        if name not in self._owners:
            self._owners[name] = self.like(name)
        return self._owners[name]

    def _line(self, length: int) -> str:
        if not length:
            return ""
        line = ""
        while len(line) < length:
            line += f"{' ' if line else ''}{self._word()}"
        cut = line[:length]
        # A space at its end would be lost.
        return cut[:1].upper() + (cut[1:-1] + "s" if cut.endswith(" ") else cut[1:])

    def _word(self) -> str:
        if self._random.random() < 0.5:
            return self._random.choice(_COMMON)
        return "".join(self._random.choice(_SOUNDS) for _ in range(self._random.randint(2, 4)))
