"""A corrected Document with the paragraph numbers that the published one gave: once published, they are permanent.

What was added between 4.4 and 4.5 is 4.4a; what was added at a section's end runs on; what was removed says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from torbay_reports.documents.alignment import ALIKE, aligned, bag, likeness
from torbay_reports.documents.blocks import Block, BulletList, Document, Heading, Paragraph, ParagraphLink, Prose, words
from torbay_reports.documents.renumbering import Line, Numbered, digits, number_of, renumbered

REMOVED_PARAGRAPH: Final = "This paragraph has been removed."
REMOVED_HEADING: Final = "This heading has been removed"
_CHAPTER: Final = 2
# A name that tells nothing of the number counts more than all words, words more than any number of stand-ins.
_SAME_NAME: Final = 10**9
_ALIKE: Final = 10**5
_STAND_IN: Final = 1


def keep_numbers(before: Document, after: Document) -> Document:
    """The corrected Document `after` with numbers and anchors as in `before`, which was published.

    A block keeps the number of the one that it was made from: of the same anchor (unless that only repeats the
    number), or else of the most alike in the same chapter, in order. Pure; on its own result, and where both are
    equal, it changes nothing.
    """
    matching = _Matching(before, after)
    matching.run()
    lines = [Line(block, block, is_added=True) for block in matching.removed.get(-1, ())]
    for at, block in enumerate(after.blocks):
        lines.append(Line(block, matching.published.get(at)))
        lines.extend(Line(removed, removed, is_added=True) for removed in matching.removed.get(at, ()))
    return renumbered(before, after, lines)


@dataclass(frozen=True)
class _Chapter:
    """From a heading of the highest level (none before the first) up to the next: its places in the Document."""

    first: int
    end: int
    heading: Heading | None


@dataclass
class _Matching:
    """What becomes of the numbered blocks: by their place in `after` those that keep a published number, and what was
    removed, by the place behind which it says so (-1 for the start)."""

    before: Document
    after: Document
    published: dict[int, Numbered] = field(default_factory=dict)
    removed: dict[int, list[Numbered]] = field(default_factory=dict)
    _kept: dict[int, int] = field(default_factory=dict)
    """From places before to places after."""

    def run(self) -> None:
        """Find it all."""
        self._settle()
        before, after = _chapters(self.before), _chapters(self.after)
        partners = {0: after[0]}
        olds = [number for number, each in enumerate(before) if number and self._is_open(self.before, each.first)]
        news = [number for number, each in enumerate(after) if number and self._is_open(self.after, each.first)]
        scores = _Scores(
            [(self.before.blocks[before[old].first], _said(self.before, before[old])) for old in olds],
            [(self.after.blocks[after[new].first], _said(self.after, after[new])) for new in news],
        )
        for i, j in aligned(len(olds), len(news), scores):
            partners[olds[i]] = after[news[j]]
            self._keep(before[olds[i]].first, after[news[j]].first)
        for number, chapter in enumerate(before):
            if number in partners:
                self._match(chapter, partners[number])
        self._note_removed(before, partners)

    def _settle(self) -> None:
        """What says already that it was removed keeps its number."""
        for at, block in enumerate(self.after.blocks):
            if not _is_removed(block):
                continue
            for old, published in enumerate(self.before.blocks):
                same = type(published) is type(block) and number_of(published) == number_of(block)
                if same and old not in self._kept:
                    self._keep(old, at)
                    break

    def _keep(self, old: int, new: int) -> None:
        self._kept[old] = new
        block = self.before.blocks[old]
        if isinstance(block, Numbered) and block.number:
            self.published[new] = block

    def _is_open(self, document: Document, at: int) -> bool:
        """Whether a block is to be matched: one that was removed before stands for nothing that there is now."""
        taken = self._kept.keys() if document is self.before else self._kept.values()
        return at not in taken and not _is_removed(document.blocks[at])

    def _match(self, old: _Chapter, new: _Chapter) -> None:
        olds = [at for at in _numbered(self.before, old) if self._is_open(self.before, at)]
        news = [at for at in _numbered(self.after, new) if self._is_open(self.after, at)]
        scores = _Scores(
            [(self.before.blocks[at], _words(self.before.blocks[at])) for at in olds],
            [(self.after.blocks[at], _words(self.after.blocks[at])) for at in news],
        )
        for i, j in aligned(len(olds), len(news), scores):
            self._keep(olds[i], news[j])

    def _note_removed(self, chapters: list[_Chapter], partners: dict[int, _Chapter]) -> None:
        behind = self._end_of_block(-1)
        for number, chapter in enumerate(chapters):
            partner = partners.get(number)
            if partner is not None:
                behind = self._end_of_block(partner.first if partner.heading else -1)
            for at in range(chapter.first, chapter.end):
                block = self.before.blocks[at]
                if not number_of(block):
                    continue
                if at in self._kept:
                    behind = self._end_of_block(self._kept[at])
                else:
                    assert isinstance(block, Numbered)
                    self.removed.setdefault(behind, []).append(_removed(block))
            if partner is not None:
                behind = max(behind, partner.end - 1)

    def _end_of_block(self, at: int) -> int:
        """The last place of what goes on a block without number or heading of its own."""
        following = self.after.blocks[at + 1 :]
        return at + sum(
            1 for _ in takewhile(lambda each: not isinstance(each, Heading) and not number_of(each), following)
        )


class _Scores:
    """How much speaks for each pair of blocks, which are given with their words."""

    def __init__(self, before: list[tuple[Block, str]], after: list[tuple[Block, str]]) -> None:
        self._before = [(block, bag(said), bag(_words(block))) for block, said in before]
        self._after = [(block, bag(said), bag(_words(block))) for block, said in after]

    def __call__(self, i: int, j: int) -> int:
        """0 where they cannot be one."""
        (old, said, own), (new, said_now, own_now) = self._before[i], self._after[j]
        if type(old) is not type(new) or bool(number_of(old)) != bool(number_of(new)):
            return 0
        if old.anchor == new.anchor and not _repeats_number(old):
            return _SAME_NAME
        alike = max(likeness(said, said_now), likeness(own, own_now))
        return _ALIKE + alike if alike >= ALIKE else _STAND_IN


def _chapters(document: Document) -> list[_Chapter]:
    starts = [at for at, block in enumerate(document.blocks) if isinstance(block, Heading) and block.level == _CHAPTER]
    ends = [*starts, len(document.blocks)]
    chapters = [_Chapter(0, ends[0], None)]
    for first, end in zip(starts, ends[1:], strict=True):
        heading = document.blocks[first]
        assert isinstance(heading, Heading)
        chapters.append(_Chapter(first, end, heading))
    return chapters


def _numbered(document: Document, chapter: _Chapter) -> Iterator[int]:
    """The places of what has a number in a chapter, its own heading apart."""
    for at in range(chapter.first + (chapter.heading is not None), chapter.end):
        if number_of(document.blocks[at]):
            yield at


def _said(document: Document, chapter: _Chapter) -> str:
    blocks = document.blocks[chapter.first : chapter.end]
    return " ".join(_words(block) for block in blocks if not _is_removed(block))


def _words(block: Block) -> str:
    """The words of a block without the numbers of the paragraphs that it refers to."""
    match block:
        case Heading():
            return block.text
        case Paragraph():
            return _prose(block.content)
        case BulletList():
            return " ".join(_prose(item) for item in block.items)
    return ""


def _prose(content: Prose) -> str:
    return "".join(each.text for each in content if not isinstance(each, ParagraphLink))


def _is_removed(block: Block) -> bool:
    if not number_of(block):
        return False
    return _words(block) == (REMOVED_HEADING if isinstance(block, Heading) else REMOVED_PARAGRAPH)


def _removed(block: Numbered) -> Numbered:
    """What stands in the place of a block that was removed."""
    if isinstance(block, Heading):
        return Heading(block.anchor, REMOVED_HEADING, block.level, block.number)
    return Paragraph(block.anchor, words(REMOVED_PARAGRAPH), block.number)


def _repeats_number(block: Block) -> bool:
    """Whether its anchor only says which number it has (para-4.5), and so is another's when something is added."""
    told = digits(number_of(block))
    return bool(told) and digits(block.anchor)[-len(told) :] == told
