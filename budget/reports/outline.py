"""Numbers for a report's blocks: headings 1, 2…, paragraphs 1.1, 1.2…, from their order alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from budget.models import ReportBlock
from torbay_reports.documents.prose import Target

_Kind = ReportBlock.Kind


@dataclass(frozen=True)
class Numbered:
    """A block with its number ("" for one without), the anchor that it has on every rendering and, for a heading, its
    level below the title: 2, 3, or 4 for a sub-heading beneath a numbered heading."""

    block: ReportBlock
    number: str
    anchor: str
    level: int = 0


def numbered(blocks: Iterable[ReportBlock]) -> list[Numbered]:
    """Number the blocks in order. A heading may itself carry a paragraph number."""
    section = paragraph = 0
    level = 2
    result = []
    for block in blocks:
        number, anchor = "", block.slug
        if block.kind == _Kind.HEADING:
            section, paragraph, level = section + 1, 0, 2
            number = str(section)
            anchor = f"section-{number}"
        elif block.kind in (_Kind.NUMBERED_HEADING, _Kind.PARAGRAPH):
            paragraph += 1
            number = f"{section}.{paragraph}"
            anchor = f"para-{number}"
            level = 3 if block.kind == _Kind.NUMBERED_HEADING else level
        own_level = level + 1 if block.kind == _Kind.SUB_HEADING else level
        result.append(Numbered(block, number, anchor, own_level))
    return result


def targets(blocks: Iterable[Numbered]) -> dict[str, Target]:
    """The numbered blocks that prose may point to, by slug."""
    return {each.block.slug: Target(each.anchor, each.number) for each in blocks if each.number}
