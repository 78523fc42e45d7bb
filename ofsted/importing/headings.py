"""The headings of such letters, and what stands beneath them."""

import re
from enum import Enum, auto
from typing import Final

from ofsted.importing.sentences import ends_openly, starts_small

LONGEST_HEADING: Final = 120

_AREAS = re.compile(
    r"(?:the )?areas? (?:that (?:were|was) )?(?:covered|reviewed|considered|inspected|of focus|looked at)\b.*"
    r"|(?:the )?(?:scope|focus|coverage) of (?:the|this)\b.*visit.*"
    r"|what (?:the|this) (?:monitoring )?visit (?:covered|looked at|considered)",
    re.IGNORECASE,
)
_FINDINGS = re.compile(
    r"overview(?: of .*)?|(?:overall |general )?summary(?: of (?:the |our |main |key )?(?:findings|progress).*)?"
    r"|(?:headline|main|key|detailed|our|other|overall)? ?findings?(?: (?:and|of|from|about|on)\b.*)?"
    r"|(?:evaluation|assessment) of progress.*|what (?:we|inspectors) found.*|overall (?:progress|effectiveness)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"next steps?|(?:the )?(?:range of )?evidence(?: base| gathered| considered| reviewed)?"
    r"|background(?: information)?|context|about (?:the|this) (?:monitoring )?visit"
    r"|(?:the )?inspect(?:ors?|ion team)|publication|(?:copies|circulation|copied to):?|introduction"
    r"|what happens next|after the signature",
    re.IGNORECASE,
)


class SectionKind(Enum):
    """What a section's paragraphs are."""

    OPENING = auto()
    AREAS = auto()
    FINDINGS = auto()
    ASIDE = auto()


def is_known(words: str) -> bool:
    """Whether a line is a heading by its words, wherever it stands."""
    words = words.rstrip(":").strip()
    if len(words) > LONGEST_HEADING or starts_small(words) or not ends_openly(words):
        return False
    return any(pattern.fullmatch(words) for pattern in (_AREAS, _FINDINGS, _ASIDE))


def names_findings(words: str) -> bool:
    """Whether a heading is one of those under which such letters always have findings."""
    return _FINDINGS.fullmatch(words.rstrip(":").strip()) is not None


def looks_like_one(words: str) -> bool:
    """Whether a paragraph by itself may be a heading: short, beginning with a capital, and no sentence."""
    return len(words) <= LONGEST_HEADING and words[:1].isupper() and ends_openly(words) and not words.endswith(",")


def kind_of(heading: str) -> SectionKind:
    """What stands beneath a heading; findings beneath one that is not known, so that none is passed over."""
    words = heading.rstrip(":").strip()
    if _AREAS.fullmatch(words):
        return SectionKind.AREAS
    if _ASIDE.fullmatch(words):
        return SectionKind.ASIDE
    return SectionKind.FINDINGS
