"""The names and the sums that stand in a text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from torbay_reports.publishing.leaks.ordinary import ORDINARY
from torbay_reports.publishing.leaks.words import amount, normalised

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’]*(?:-\w+)*"
_PART = rf"(?:[A-Z]\.|{_CAPITAL})"
_RUN = re.compile(rf"{_PART}(?: (?:(?:&|and|de|der|den|van|von|la|le|du|of|ap|ab) )*{_PART})+")
_STRONG: Final = tuple(
    (re.compile(hint), re.compile(pattern))
    for hint, pattern in (
        # Somebody with a title, a firm with its form, a place where somebody lives; what has no hint of it is not read.
        (
            r"\b(?:M[rsx]|Dr|Prof|Cllr|Councillor|Sir|Dame|L[oa]|Rev)",
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady|Rev)\.? "
            rf"{_PART}(?: {_PART}){{0,3}}",
        ),
        (
            r"(?i:\b(?:ltd|limited|llp|plc|c\.?i\.?c|inc)\b)",
            rf"{_PART}(?: (?:{_PART}|&|and|of)){{0,5}} (?:\([A-Z]\w+\) )?(?i:ltd|limited|llp|plc|c\.?i\.?c|inc)\b",
        ),
        (
            r"\d",
            rf"\b\d+[A-Za-z]?,? (?:{_CAPITAL} ){{1,4}}"
            r"(?:Road|Street|Lane|Avenue|Close|Drive|Way|Place|Terrace|Crescent|Court|"
            r"Gardens|Hill|Square|Park|Row|Walk|Rise|Grove|Mews|View|Parade|Quay|Rd|St|Ave)\b",
        ),
        ("@", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
        (r"\d[A-Z]", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        (r"\d", r"\b[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]\b"),
        (r"\d", r"\b[A-Z]{1,4}\d{4,}[A-Z]?\b"),
        (r"\d", r"(?<!\d)0\d{2,4} ?\d{3} ?\d{3,4}(?!\d)"),
    )
)
_SIGNED = re.compile(
    r"[£€] ?\d[\d,]*(?:\.\d+)?(?: ?(?:k|thousand|m|mn|million|bn|billion)\b)?"
    r"|\b\d[\d,]*(?:\.\d+)? ?(?:million|billion)\b",
    re.IGNORECASE,
)
_FORMS: Final = frozenset({"ltd", "limited", "llp", "plc"})
_LINKS: Final = frozenset({"and", "de", "der", "den", "van", "von", "la", "le", "du", "of", "ap", "ab"})
_TITLE_WORDS: Final = 6


def names_in(text: str) -> Iterator[str]:
    """The names in one stretch of text, normalised.

    By themselves: who has a title, a firm's form, an address, a telephone or reference number. Two or more words with
    capitals too, except in a line set in capitals like a heading.
    """
    text = " ".join(text.split())
    for hint, pattern in _STRONG:
        if hint.search(text):
            for match in pattern.finditer(text):
                yield from _strong(match[0])
    if not _is_title(text):
        for match in _RUN.finditer(text):
            yield from _run(match[0])


def signed_sums_in(text: str) -> Iterator[str]:
    """The amounts in a text that it says to be money, as `normalised` writes them."""
    for match in _SIGNED.finditer(text):
        yield from (word for word in normalised(match[0]).split() if word.startswith("£"))


def stands_alone(amount_in_words: str) -> bool:
    """Whether a sum says something by itself: three significant digits. (A bare £5,000 is in every paper.)"""
    return len(amount_in_words.removeprefix("£").replace(".", "").strip("0")) >= 3


def scale_of(unit: str) -> int:
    """Pounds in one of a unit of money ("£", "£000s", "£m"); 0 for what is not money."""
    plain = unit.strip().casefold().replace("'", "").replace("’", "")
    if plain in {"thousands", "thousand"} or re.search(r"[£€] ?(?:000|k\b|thousand)", plain):
        return 1_000
    if plain in {"millions", "million"} or re.search(r"[£€] ?m(?:illions?)?\b", plain):
        return 1_000_000
    return 1 if re.search(r"[£€]|\bpounds?\b|\bgbp\b|\beuros?\b", plain) else 0


def sum_in_cell(text: str, scale: int) -> str:
    """The amount that a cell of such a column says, or nothing."""
    match = re.fullmatch(r"[-–−+(]*\s*[£€]?\s*[-–−]?(\d[\d,]*(?:\.\d+)?)\s*\)?[*†]?", text.strip())
    return amount(Decimal(match[1].replace(",", "")) * scale) if match else ""


def _strong(text: str) -> Iterator[str]:
    words = normalised(text).split()
    yield " ".join(words)
    if "@" in text:
        return
    # "Payments to Acme Holdings Ltd": the firm begins after the ordinary words.
    bare = [*words]
    while len(bare) > 2 and (bare[0] in ORDINARY or bare[0] in _LINKS) and not bare[0].isdigit():
        bare.pop(0)
    yield " ".join(bare)
    tail = bare[bare.index("and") + 1 :] if "and" in bare else []
    if len(tail) > 2:
        yield " ".join(tail)
    if bare[-1] in _FORMS and len(bare) > 2:
        yield " ".join(bare[:-1])


def _run(text: str) -> Iterator[str]:
    pieces: list[list[str]] = [[]]
    for word in text.split():
        plain = normalised(word)
        if plain in ORDINARY and plain not in _LINKS:
            pieces.append([])
        elif plain:
            pieces[-1].append(plain)
    for piece in pieces:
        yield from _names(piece)


def _names(piece: list[str]) -> Iterator[str]:
    while piece and piece[0] in _LINKS:
        piece = piece[1:]
    while piece and piece[-1] in _LINKS:
        piece = piece[:-1]
    if sum(len(word) > 1 for word in piece) < 2 and not (len(piece) == 2 and len(piece[1]) > 2):
        return
    yield " ".join(piece)
    if len(piece) == 2 and piece[1] not in _FORMS:
        # A register has the surname first.
        yield f"{piece[1]} {piece[0]}"
    links = [place for place, word in enumerate(piece) if word in _LINKS]
    if links:
        # "Dismissal of Jane Smith" and "Ann Lee and Bo Moss": each by itself too.
        yield from _names(piece[: links[0]])
        yield from _names(piece[links[0] :])
    elif len(piece) > 2 and not (len(piece) == 3 and piece[2] in _FORMS):
        # The first word may be the sentence's own: "Yesterday Jane Smith".
        yield " ".join(piece[1:])


def _is_title(text: str) -> bool:
    if text[-1:] in ".?!;,":
        return False
    words = [word for word in re.findall(r"[^\W\d_]\S*", text) if len(word) > 3]
    return len(words) >= _TITLE_WORDS and sum(word[0].isupper() for word in words) >= 0.7 * len(words)
