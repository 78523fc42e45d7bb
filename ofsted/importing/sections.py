"""The body of a letter as sections, each paragraph with what it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ofsted.calculations.letter import ParagraphText, SectionText
from ofsted.importing import headings
from ofsted.importing.headings import SectionKind
from ofsted.importing.paragraphs import Block
from ofsted.importing.sentences import is_sentence, leads_in, only_announces, only_tells, starts_small
from ofsted.kinds import ParagraphKind

AFTER_SIGNATURE: Final = "After the signature"
"""Stands over what follows the signature, which has no heading of its own."""

_OF_AREAS: Final = re.compile(
    r"\b(?:areas?|reviewed|focus(?:ed|ing)?|covered|looked at|considered|progress made|scope)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands beneath it; the opening has no heading."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def kind(self) -> SectionKind:
        """What its paragraphs are."""
        return headings.kind_of(self.heading) if self.heading else SectionKind.OPENING


def titled(blocks: Sequence[Block]) -> tuple[str, Sequence[Block]]:
    """The title at the beginning of a body, also one of several lines, and the rest."""
    taken: list[str] = []
    for block in blocks:
        if block.mark or is_sentence(block.words) or headings.is_known(block.words) or only_tells(block.words):
            break
        taken.append(block.words)
    return " ".join(taken), blocks[len(taken) :]


def sections_of(blocks: Sequence[Block]) -> list[Section]:
    """The blocks by their headings; the opening first, where there is one."""
    sections: list[Section] = []
    heading: str = ""
    held: list[Block] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if _is_heading(block, following):
            if heading or held:
                sections.append(Section(heading, tuple(held)))
            heading, held = block.words, []
        else:
            held.append(block)
    if heading or held:
        sections.append(Section(heading, tuple(held)))
    return sections


def text_of(section: Section) -> SectionText:
    """The section with the kind of each of its paragraphs."""
    return SectionText(heading=section.heading, paragraphs=tuple(_paragraphs(section)))


def _is_heading(block: Block, following: Block | None) -> bool:
    if block.mark or not block.words:
        return False
    if headings.is_known(block.words):
        return True
    if block.is_heading:
        return len(block.words) <= headings.LONGEST_HEADING
    # Two in a row are rather lines of something else, and at the end there is nothing to stand over.
    return (
        headings.looks_like_one(block.words)
        and following is not None
        and (is_sentence(following.words) or bool(following.mark))
        and not starts_small(following.words)
    )


def _paragraphs(section: Section) -> Iterator[ParagraphText]:
    leads_on = leads_to_areas = False
    for place, block in enumerate(section.blocks):
        following = section.blocks[place + 1] if place + 1 < len(section.blocks) else None
        is_point = bool(block.mark) or (starts_small(block.words) and leads_on)
        if not is_point:
            leads_on = block.words.endswith(":")
            leads_to_areas = leads_on and _OF_AREAS.search(block.words) is not None
        kind = _kind(section.kind, block, place, is_point, leads_to_areas, following)
        yield ParagraphText(words=block.words, kind=kind)


def _kind(
    section: SectionKind, block: Block, place: int, is_point: bool, leads_to_areas: bool, following: Block | None
) -> ParagraphKind:
    if section is SectionKind.AREAS:
        return ParagraphKind.AREA if is_point else ParagraphKind.TEXT
    if section is SectionKind.ASIDE:
        return ParagraphKind.TEXT
    if is_point and section is SectionKind.OPENING and leads_to_areas:
        return ParagraphKind.AREA
    leads_to_points = (
        not is_point
        and following is not None
        and block.words.endswith(":")
        and (bool(following.mark) or starts_small(following.words))
    )
    if leads_to_points and (section is SectionKind.OPENING or leads_in(block.words)):
        return ParagraphKind.TEXT
    if section is SectionKind.OPENING:
        return ParagraphKind.TEXT if not place or only_tells(block.words) else ParagraphKind.FINDING
    return ParagraphKind.TEXT if only_announces(block.words) else ParagraphKind.FINDING
