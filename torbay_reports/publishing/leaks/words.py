"""One way to write words, so that those of a paper and those of a file can be compared.

Lower case, without accents, ligatures, quotation marks, hyphens at a line's end and characters that nobody sees; a
word is letters and digits. Amounts of money are whole numbers of pounds behind a £: "£1.25m" and "1,250,000" are both
"£1250000"; a bare "1250000" has no £.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Final

THOUSANDS: Final = "inthousands"
"""The word that "£000s" becomes: in a place that says it, 1,250 may be £1,250,000."""

_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff'’‘‛`´\u0300-\u036f\x00\ufffd]")
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
_BROKEN = re.compile("(?<=[^\\W\\d_])[-\u2010\u2011\x02\ufffe][ \\t]*[\r\n]+\\s*(?=[^\\W\\d_])")
_THOUSANDS = re.compile(r"£\s?000s?(?!\d)|£\s?k(?![^\W_])|£\s?thousands?")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"(?<![^\W_])(?P<sign>[£€$]\s?)?(?P<whole>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<part>\.\d+)?"
    r"(?P<scale>\s?(?:k|thousand|m|mn|million|bn|billion))?(?![^\W_])"
)
_SCALES: Final = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_WORD = re.compile(r"£?[^\W_]+(?:(?<=\d)\.(?=\d)[^\W_]+)*")
_LONGEST: Final = 18


def normalised(text: str) -> str:
    """The words of a text, each once removed from the next by a space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _GROUPED.sub(",", text)).casefold()
    text = _UNSEEN.sub("", text.casefold()).replace("&", " and ")
    if "\n" in text or "\r" in text:
        text = _BROKEN.sub("", text)
    if "£" in text:
        text = _THOUSANDS.sub(f" {THOUSANDS} ", text)
    if _DIGIT.search(text):
        text = _NUMBER.sub(_number, text)
    return " ".join(_WORD.findall(text))


def squashed(words: str) -> str:
    """Normalised words without what stands between them: how a text reads whose spaces were lost or added."""
    return words.replace(" ", "").replace("£", "")


def amount(value: Decimal) -> str:
    """An amount of pounds, its sign left out, as `normalised` writes it."""
    text = format(abs(value), "f")
    return "£" + (text.rstrip("0").rstrip(".") if "." in text else text)


def _number(match: re.Match[str]) -> str:
    whole, part, scale = match["whole"], match["part"] or "", match["scale"] or ""
    is_amount = bool(match["sign"] or scale or "," in whole)
    if len(whole) + len(part) > _LONGEST or not (is_amount or part):
        return match[0]
    written = amount(Decimal(whole.replace(",", "") + part) * _SCALES.get(scale.strip(), 1))
    return f" {written} " if is_amount else written[1:]
