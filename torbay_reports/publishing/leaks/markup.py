"""The words of pages, drawings and feeds, however they are broken: every character of the source is read as something.

No parser of HTML or XML is used: what one leaves out (an element never closed, words after the end) is what a reader
of the source finds.
"""

import re
from base64 import urlsafe_b64decode
from binascii import Error as BrokenBase64
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z)"
    r"|<(?P<raw>script|style)\b(?P<has>[^>]*)>(?P<code>.*?)(?:</(?P=raw)[^>]*>|\Z)"
    r"|<title\b[^>]*>(?P<title>.*?)(?:</title[^>]*>|\Z)"
    r"|<[/!?]?(?P<tag>[A-Za-z][\w:.-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*+)>",
    re.DOTALL | re.IGNORECASE,
)
_ELEMENTS: Final = """
a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup text time tspan
tt u var wbr w:r w:t w:rpr w:b w:i t r
"""
_INLINE: Final = frozenset(_ELEMENTS.split())
"""What stands inside a line: a word may run through its beginning and end."""
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{2})|([0-9A-Fa-f]{2,6})\s?|[nrt])")
_DATA = re.compile(r"data:[\w/+.-]*(?:;[\w=.+-]+)*;base64,\s*([A-Za-z0-9+/_=%\s-]+)")


def texts_of_markup(source: str) -> Iterator[tuple[str, str]]:
    """(place, text) of all that a source says: its text, title, attributes, comments, scripts and styles.

    The text comes twice, with elements inside a line joined (`<b>Sec</b>ret`) and with every element apart.
    """
    joined: list[str] = []
    apart: list[str] = []
    attributes: list[str] = []
    last = 0
    for token in _TOKEN.finditer(source):
        between = source[last : token.start()]
        last = token.end()
        tag = token["tag"]
        joined += (between, "" if tag and tag.casefold() in _INLINE else "\n")
        apart += (between, " ")
        if (attribute := token["attributes"] or token["has"]) and attribute.strip():
            attributes.append(attribute)
        for place in ("comment", "data", "code", "title"):
            if words := token[place]:
                yield from _inside(_PLACES[place], words)
    joined.append(source[last:])
    apart.append(source[last:])
    yield from decoded("its text", unescape("".join(joined)))
    yield from decoded("its text", unescape("".join(apart)))
    yield from _inside("an attribute", "\n".join(attributes))


def decoded(place: str, text: str) -> Iterator[tuple[str, str]]:
    """A text as it stands and as it reads without the ways of writing characters that pages, scripts and links know."""
    yield place, text
    plain = text
    if "&" in plain:
        plain = unescape(unescape(plain))
    if "\\" in plain:
        plain = _ESCAPE.sub(_character, plain)
    if "%" in plain:
        plain = unquote(plain, errors="replace")
    if "+" in plain and "?" in plain:
        plain = plain.replace("+", " ")
    if plain != text:
        yield place, plain


def attached(source: str) -> Iterator[bytes]:
    """The files written into a source as data addresses. Raises ValueError for one that is broken."""
    for match in _DATA.finditer(unescape(source)):
        try:
            letters = re.sub(r"\s", "", unquote(match[1])).rstrip("=").replace("+", "-").replace("/", "_")
            yield urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        except BrokenBase64 as error:
            raise ValueError("broken data address") from error


def _inside(place: str, text: str) -> Iterator[tuple[str, str]]:
    for _, plain in decoded(place, text):
        yield place, plain
        if re.search(r"<[A-Za-z!/?]", plain):
            for _, said in texts_of_markup(plain):
                yield place, said


def _character(match: re.Match[str]) -> str:
    code = next(filter(None, match.groups()), "")
    return chr(min(int(code, 16), 0x10FFFF)) if code else " "


_PLACES: Final = {"comment": "a comment", "data": "its text", "code": "a script or style", "title": "its title"}
