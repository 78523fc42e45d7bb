"""The words of a PDF: of its pages, whether anybody sees them or not, and of everything around them."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from typing import Final

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from torbay_reports.publishing.leaks.markup import decoded, texts_of_markup
from torbay_reports.publishing.leaks.pictures import printable_runs

ReadFile = Callable[[str, bytes], Iterator[tuple[str, str]]]
"""Reads a file of this name inside another: (place, text)."""

_INFO: Final = {"/Title": "its title", "/Author": "its author", "/Subject": "its subject", "/Keywords": "its keywords"}
_WORDS_IN_CONTENT = re.compile(rb"/(?:ActualText|Alt|E|Contents)\b|%[ -~]{6}")
_COMMENT = re.compile(rb"%[ -~]{6,}")
_EDGE: Final = 1500
"""Characters of a page's end and of the next one's beginning in which a sentence across both stands."""


def texts_of_pdf(data: bytes, read: ReadFile) -> Iterator[tuple[str, str]]:
    """(place, text) of all that a PDF says: pages, metadata, outline, structure, annotations, attached files.

    Raises ValueError for one that cannot be read to its end: broken, locked, or saved again over an earlier state,
    which is still inside and could be read.
    """
    if not data.startswith(b"%PDF-") or data.count(b"startxref") != 1 or data[data.rfind(b"%%EOF") + 5 :].strip():
        raise ValueError("saved more than once, or followed by other bytes")
    try:
        with Pdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            pages = _page_texts(data)
            yield from ((f"page {number}", text) for number, text in enumerate(pages, start=1))
            yield from _across(pages)
            yield from _Objects(pdf, read).texts()
            yield from _unseen(pdf)
    except (pikepdf.PdfError, pikepdf.PasswordError, pypdfium2.PdfiumError) as error:
        raise ValueError("broken or locked") from error


def page_texts(data: bytes) -> list[str]:
    """The words of each page, drawn over, white, too small or beside the sheet too. Raises ValueError."""
    try:
        return _page_texts(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("broken or locked") from error


def _page_texts(data: bytes) -> list[str]:
    texts: list[str] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for place in range(len(document)):
            page = document[place]
            words = page.get_textpage()
            texts.append(words.get_text_range(0, -1, errors="replace").replace("\r\n", "\n"))
            words.close()
            page.close()
    finally:
        document.close()
    return texts


def _across(pages: list[str]) -> Iterator[tuple[str, str]]:
    """The end of each page with the beginning of the next, without the lines that stand on both (their head, foot and
    number): a sentence may run across."""
    for number, (before, after) in enumerate(pairwise(pages), start=1):
        above, below = before.splitlines(), after.splitlines()
        both = set(map(_unnumbered, above)) & set(map(_unnumbered, below))
        end = "\n".join(line for line in above if _unnumbered(line) not in both)
        beginning = "\n".join(line for line in below if _unnumbered(line) not in both)
        yield f"pages {number} and {number + 1}", f"{end[-_EDGE:]}\n{beginning[:_EDGE]}"


def _unnumbered(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _unseen(pdf: Pdf) -> Iterator[tuple[str, str]]:
    """What is drawn in pieces that no page need draw (forms, patterns, an annotation's appearance), and what a page
    draws under a replacement text."""
    extra = Pdf.new()
    places: list[str] = []
    for number, page in enumerate(pdf.pages, start=1):
        content = b"\n".join(part.read_bytes() for part in _contents(page.obj))
        if b"ActualText" in content or b"%" in content:
            extra.pages.append(page)
            extra.pages[-1].obj.Contents = extra.make_stream(content.replace(b"ActualText", b"ActualNone"))
            places.append(f"page {number}")
    for obj in pdf.objects:
        if isinstance(obj, Stream) and (obj.get(Name.Subtype) == Name.Form or Name.PatternType in obj):
            page = extra.add_blank_page(page_size=(1000, 1000))
            copied = extra.copy_foreign(obj)
            page.obj.Resources = copied.get(Name.Resources, Dictionary())
            page.obj.Contents = extra.make_stream(copied.read_bytes().replace(b"ActualText", b"ActualNone"))
            places.append("a drawing inside it")
    if places:
        saved = BytesIO()
        extra.save(saved)
        yield from zip(places, _page_texts(saved.getvalue()), strict=True)


def _contents(page: Object) -> list[Object]:
    contents = page.get(Name.Contents)
    if contents is None:
        return []
    return list(contents) if isinstance(contents, Array) else [contents]


class _Objects:
    """Walks every object of a file, those that nothing refers to as well."""

    def __init__(self, pdf: Pdf, read: ReadFile) -> None:
        self._pdf, self._read = pdf, read
        self._attached = 0
        self._names: dict[tuple[int, int], str] = {}
        self._labels: dict[str, None] = {}
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        self._drawn = {part.objgen for page in pdf.pages for part in _contents(page.obj)}

    def texts(self) -> Iterator[tuple[str, str]]:
        """(place, text) of every string, name, stream and attached file."""
        information = self._pdf.trailer.get(Name.Info, Dictionary())
        for key, value in information.items():
            yield from self._strings(value, _INFO.get(key, "its metadata"))
        strings: dict[str, list[str]] = {}
        objects = [self._pdf.trailer, *(each for each in self._pdf.objects if each.objgen != information.objgen)]
        for obj in objects:
            if isinstance(obj, Dictionary | Stream) and Name.EF in obj:
                self._names.update({part.objgen: self._name(obj) for _, part in obj.EF.items()})
        for obj in objects:
            if isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Page and obj.objgen not in self._pages:
                raise ValueError("holds a page that was taken out of its pages")
            for place, text in self._strings(obj, "inside the file"):
                strings.setdefault(place, []).append(text)
            if isinstance(obj, Stream):
                yield from self._stream(obj)
        for place, texts in strings.items():
            # One after another: a structure's replacement texts may be a word each.
            yield from decoded(place, "\n".join(texts))
        yield from decoded("inside the file", "\n".join(self._labels))

    def _strings(self, obj: Object, place: str, depth: int = 0) -> Iterator[tuple[str, str]]:
        if isinstance(obj, String):
            yield place, str(obj)
        elif isinstance(obj, Array):
            for each in obj:
                yield from self._below(each, place, depth)
        elif isinstance(obj, Dictionary | Stream):
            place = self._place(obj, place)
            for key, value in obj.items():
                self._labels[key] = None
                yield from self._below(value, place, depth)
        elif isinstance(obj, Name):
            self._labels[str(obj)] = None

    def _below(self, value: object, place: str, depth: int) -> Iterator[tuple[str, str]]:
        if isinstance(value, Object) and not value.is_indirect:
            if depth > 200:
                raise ValueError("nested too deeply")
            yield from self._strings(value, place, depth + 1)

    def _place(self, obj: Object, place: str) -> str:
        if obj.objgen in self._pages:
            return f"page {self._pages[obj.objgen]}"
        if Name.Rect in obj and Name.Subtype in obj:
            page = self._pages.get(obj.get(Name.P, obj).objgen)
            return f"an annotation on page {page}" if page else "an annotation"
        if Name.Title in obj and Name.Parent in obj:
            return "the outline"
        if (Name.S in obj and Name.P in obj) or Name.ParentTree in obj:
            return "the structure"
        if Name.EF in obj or obj.get(Name.Type) == Name.Filespec:
            return "the list of attached files"
        if Name.Names in obj or (Name.Kids in obj and Name.Limits in obj):
            return "the list of named places"
        return place

    def _stream(self, stream: Object) -> Iterator[tuple[str, str]]:
        kind = stream.get(Name.Type)
        if stream.objgen in self._drawn or stream.get(Name.Subtype) == Name.Form or Name.PatternType in stream:
            yield from self._content(stream)
        elif kind == Name.Metadata or stream.get(Name.Subtype) == Name("/XML"):
            yield from (("its metadata", text) for _, text in texts_of_markup(_text(stream.read_bytes())))
        elif kind == Name.EmbeddedFile or stream.objgen in self._names:
            self._attached += 1
            place = f"attached file {self._attached}"
            for inner, text in self._read(self._names.get(stream.objgen, ""), stream.read_bytes()):
                yield f"{place}, {inner}", text
        elif stream.get(Name.Subtype) == Name.Image:
            yield "a picture", printable_runs(stream.read_raw_bytes())
        elif kind not in (Name.ObjStm, Name.XRef):
            yield "inside the file", printable_runs(stream.read_bytes())

    def _content(self, stream: Object) -> Iterator[tuple[str, str]]:
        """The texts beside what is drawn: replacement and alternative texts, remarks in the code."""
        data = stream.read_bytes()
        if not _WORDS_IN_CONTENT.search(data):
            return
        texts = [match[0].decode("ascii") for match in _COMMENT.finditer(data)]
        for instruction in pikepdf.parse_content_stream(stream):
            if str(instruction.operator) in ("BDC", "DP"):
                texts.extend(text for operand in instruction.operands for _, text in self._strings(operand, ""))
        yield "words beside a drawing", "\n".join(texts)

    @staticmethod
    def _name(specification: Object) -> str:
        return str(specification.get(Name.UF, specification.get(Name.F, "")))


def _text(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("utf-8", "replace")
