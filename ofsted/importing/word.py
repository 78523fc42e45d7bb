"""The lines of a Word document, with its headings and points."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from improvement.importing.opening.wordtext import words_in
from ofsted.importing.characters import plain, require_room
from ofsted.importing.lines import Gap, Line, line_of
from ofsted.importing.refusals import UnreadableLetter

_PARAGRAPH: Final = qn("w:p")
_TABLES: Final = ("w:tbl", "w:tr", "w:tc")
_WRAPPERS: Final = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")
_INSIDE: Final = frozenset(map(qn, (*_TABLES, *_WRAPPERS)))
_DELETED_ROW: Final = f"{qn('w:trPr')}/{qn('w:del')}"
_NOTES: Final = ("footnotes", "endnotes")
_HEADING: Final = re.compile(r"(?:heading|title|subtitle)\b.*", re.IGNORECASE)
_LIST: Final = re.compile(r"list (?:bullet|number)\b.*|.*\bbullet.*", re.IGNORECASE)


def read_word(data: bytes) -> list[Line]:
    """The lines of a document that was found harmless, as they read with every tracked change accepted.

    Comments, heads and feet are left out. Raises UnreadableLetter, or what python-docx raises.
    """
    document = docx.Document(BytesIO(data))
    _require_no_notes(document)
    styles = {style.style_id: style.name or "" for style in document.styles}
    listed = {style.style_id for style in document.styles if _is_list(style.element, style.name or "")}
    lines: list[Line] = []
    gap = Gap.NONE
    characters = 0
    for paragraph in _paragraphs(document.element.body):
        style = _value(paragraph, "w:pStyle")
        is_heading = _HEADING.fullmatch(styles.get(style, "")) is not None
        number = _number(paragraph)
        is_point = number not in ("", "0") or (not number and style in listed)
        mark = "•" if is_point and not is_heading else ""
        text = "".join(words_in(paragraph)).removesuffix("\n")
        characters += len(text)
        require_room(characters)
        for words in plain(text).split("\n"):
            if not words.strip():
                gap = max(gap, Gap.BLANK)
                continue
            lines.append(line_of(words, gap, 0, mark=mark, is_heading=is_heading))
            gap = Gap.JOIN if mark else Gap.NONE
            mark = ""
        gap = Gap.NONE if gap is Gap.JOIN else gap
    return lines


def _paragraphs(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs in their order, also those of tables."""
    for element in parent:
        if element.tag == _PARAGRAPH:
            yield element
        elif element.tag in _INSIDE and element.find(_DELETED_ROW) is None:
            yield from _paragraphs(element)


def _value(paragraph: etree._Element, name: str) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn(name)}")
    return found.get(qn("w:val"), "") if found is not None else ""


def _number(element: etree._Element) -> str:
    """The list that a paragraph or a style belongs to; "0" takes a paragraph out of its style's list."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    return found.get(qn("w:val"), "") if found is not None else ""


def _is_list(style: etree._Element, name: str) -> bool:
    return _number(style) not in ("", "0") or _LIST.fullmatch(name) is not None


def _require_no_notes(document: Document) -> None:
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype.rpartition("/")[2] not in _NOTES:
            continue
        root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        if any("".join(words_in(note)).strip() for note in root):
            raise UnreadableLetter(
                "The document has footnotes or endnotes, which would be lost. Put their words into the letter's text, "
                "or copy the letter's words and paste them as text."
            )
