"""Sentences: where they end, and those that only announce, thank or tell what the letter is."""

import re
from typing import Final

_END = re.compile(r"(?<=[.!?])[’”'\")\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_NO_END = re.compile(r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Miss|Dr|Prof|Rev|St|No|cf|pp?|e\.g|i\.e)\.$")
_CLOSED = re.compile(r"[.:;!?…][’”'\")\]]*$")
_SMALL = re.compile(r"[\"“‘'(]?[a-z]")

_ANNOUNCING: Final = (
    # Atomic: without a way back, a sentence that says "identified" without end takes no longer than any other.
    r"based on (?:the|this|our) evidence\b(?>.*?\bidentified\b)(?>.*?\bareas?\b)",
    r"(?:the visit|this visit|inspectors|the inspectors|we)(?: also)? (?:considered|reviewed|looked at|scrutinised) a "
    r"(?:wide |broad )?range of (?:evidence|documents|documentation)\b",
    r"a (?:wide |broad )?range of (?:evidence|documentation) was (?:considered|reviewed)\b",
    r"in addition, (?:we|inspectors) (?:spoke|met)\b",
    r"(?:i am|we are|i have|we have) cop(?:ying|ied) this letter\b",
    r"(?:a copy of )?this letter (?:will be|is being|is|has been|was) (?:copied|published|sent)\b",
    r"it will be published\b",
    r"(?:i|we) (?:am|are|would like to|should like to|wish to) (?:grateful|thank)\b",
    r"(?:please )?(?:thank|pass (?:on )?(?:my|our) thanks)\b",
    r"if you have any (?:questions|queries)\b",
)
_TELLING: Final = (
    r"(?:this|the) letter\b",
    r"(?:this|the)(?: \w+){0,3} visit (?:was|is|took place)\b",
    r"this was (?:the|our|a)\b.*\bvisit\b",
    r"following (?:the|our) (?:\w+ ){0,3}visit\b",
    r"(?:the |our |her majesty[’']s |his majesty[’']s )?(?:lead )?inspectors? (?:was|were)\b",
    r"(?:they|he|she|the inspectors?|inspectors) (?:was|were) accompanied by\b",
    r"(?:the local authority|the council|children[’']s services) (?:was|were) judged\b",
    r"i am writing\b",
    r"on \d{1,2}\b.*\bvisit",
)
_LEADING_IN: Final = (
    r"(?:inspectors|we|they|these|this visit|during|findings|strengths|weaknesses|areas|key|main|headline|in summary"
    r"|the (?:visit|inspectors?|headline|main|key|following|findings))\b.{0,150}:"
)
_ANNOUNCES = re.compile("|".join(_ANNOUNCING), re.IGNORECASE)
_TELLS = re.compile("|".join(_TELLING), re.IGNORECASE)
_LEADS_IN = re.compile(_LEADING_IN, re.IGNORECASE)


def sentences_of(words: str) -> list[str]:
    """The sentences of a paragraph; a full stop after an initial or a title ends none."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(words):
        if not _NO_END.search(words[max(start, end.start() - 6) : end.start()]):
            found.append(words[start : end.end()].strip())
            start = end.end()
    found.append(words[start:].strip())
    return [each for each in found if each]


def ends_openly(words: str) -> bool:
    """Whether the words stop before a sentence, a clause before a list, or a point of one ends."""
    return _CLOSED.search(words[-6:]) is None


def starts_small(words: str) -> bool:
    """Whether the words begin within a sentence."""
    return _SMALL.match(words) is not None


def is_sentence(words: str) -> bool:
    """Whether they end as a sentence does, or lead to a list."""
    return not ends_openly(words)


def only_announces(words: str) -> bool:
    """Whether each sentence announces, tells of the evidence, of copies and publication, or thanks: none judges."""
    return all(_ANNOUNCES.match(each) for each in sentences_of(words))


def only_tells(words: str) -> bool:
    """Whether each sentence says what the letter and the visit are, or announces."""
    return all(_TELLS.match(each) or _ANNOUNCES.match(each) for each in sentences_of(words))


def leads_in(words: str) -> bool:
    """Whether it is one sentence that announces the points beneath: "Inspectors found that:"."""
    return len(sentences_of(words)) == 1 and _LEADS_IN.fullmatch(words) is not None
