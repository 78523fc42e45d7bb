"""The people whom a letter names: inspectors, companions, and to whom it is copied."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ofsted.importing.sentences import sentences_of

_INSPECTORS: Final = (
    r"\bthe inspection team (?:was|were|consisted of|comprised)\b:? (?P<people>.+)",
    r"\binspectors?(?: for this visit)? (?:was|were)(?! accompanied\b)(?: both| all)?:? (?P<people>.+)",
    r"\bvisit (?:was|is) (?:carried out|undertaken|conducted|made|led|completed) by (?P<people>.+)",
)
_COMPANIONS: Final = re.compile(r"\baccompanied by:? (?P<people>.+)", re.IGNORECASE | re.DOTALL)
_COPIED: Final = (
    r"\bcop(?:ying|ied) (?:of )?this letter to:? (?P<people>.+)",
    r"\bletter (?:has been|is being|is|was|will be) (?:copied|sent) to:? (?P<people>.+)",
)
_CUT: Final = re.compile(
    r",?(?: and)?(?: (?:who|they))?(?: (?:was|were))? accompanied by\b.*", re.IGNORECASE | re.DOTALL
)
_TEAM: Final = re.compile(
    r"^(?:(?:\w+ of )?(?:her|his) majesty[’']s inspectors?|(?:\w+ )?(?:ofsted )?inspectors?)(?: \(hmi\))?[,:]? ",
    re.IGNORECASE,
)
_PARTING: Final = re.compile(r"(;\s*|,\s*(?:and\s+)?|\s+and\s+)", re.IGNORECASE)
_NAME_WORD: Final = r"[A-Z][\w’'.-]*"
_NAME: Final = re.compile(
    rf"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev)\.? {_NAME_WORD}"
    rf"|{_NAME_WORD}(?: (?:de|van|von|der|den|la|le|du|da|al|bin|ap))* {_NAME_WORD})\b"
)
_POST_WORD: Final = re.compile(
    r"senior|her|his|s?hmi|ofsted|regulatory|social|directors?|head|assistant|lead|associate|schools|early|regional"
    r"|national|principal|deputy|chief|service|team|policy|strategic|children[’']s|care|department|government"
    r"|independent|improvement|(?-i:the|an?|from|of)|interim|executive|family|education|inspectors?",
    re.IGNORECASE,
)
_TO: Final = re.compile(r"^(?:and )?(?:to )?(?:the )?", re.IGNORECASE)
_NEXT_COPY: Final = re.compile(
    r";\s*(?:and\s+)?|,\s*(?:and\s+)?(?=(?:to\s+)?(?:the|your|our|mr|mrs|ms|dr|[A-Z])\b)"
    r"|\s+and\s+(?=(?:to|the|your|our|mr|mrs|ms|dr)\b)",
    re.IGNORECASE,
)


def inspectors_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Who inspected, each as named: "Emmy Tomsett HMI"; none where no sentence says so."""
    for words in _said(paragraphs, _INSPECTORS):
        people = people_in(_TEAM.sub("", _CUT.sub("", words)))
        if people and _is_person(people[0]):
            return people
    return ()


def companions_of(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Who came along, each with what they are: "Shirley Bailey, senior HMI"."""
    for words in paragraphs:
        for sentence in sentences_of(words):
            if found := _COMPANIONS.search(sentence):
                return people_in(_bare(found["people"]))
    return ()


def copied_to(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """To whom the letter is copied: "Department for Education"."""
    for words in _said(paragraphs, _COPIED):
        return tuple(named for each in _NEXT_COPY.split(words) if (named := _TO.sub("", each).strip(" ,")))
    return ()


def people_in(words: str) -> tuple[str, ...]:
    """The people of a list such as "A, senior HMI, and B from C": what is no name belongs to the name before it."""
    pieces = _PARTING.split(words)
    people = [pieces[0].strip()]
    for parting, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if _is_person(piece) or not people[-1]:
            people.append(piece.strip())
        else:
            people[-1] += f"{parting}{piece}"
    return tuple(each.strip(" ,") for each in people if each.strip(" ,"))


def _is_person(piece: str) -> bool:
    first = piece.strip().partition(" ")[0].strip(".,")
    return not _POST_WORD.fullmatch(first) and _NAME.match(piece.strip()) is not None


def _said(paragraphs: Sequence[str], patterns: Sequence[str]) -> Iterator[str]:
    """What sentences say that one of the patterns finds; those of an earlier pattern first."""
    for pattern in patterns:
        compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
        for words in paragraphs:
            for sentence in sentences_of(words):
                if found := compiled.search(sentence):
                    yield _bare(found["people"])


def _bare(words: str) -> str:
    return words.strip().rstrip(".").strip()
