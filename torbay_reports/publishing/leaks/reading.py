"""The words of every file of a bundle: text, metadata, what is hidden and what is inside."""

import csv
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, Final

from torbay_reports.documents.blocks import BrokenDocument, from_json
from torbay_reports.publishing.leaks.found import Found, Unreadable
from torbay_reports.publishing.leaks.markup import attached, decoded, texts_of_markup
from torbay_reports.publishing.leaks.pdfs import ReadFile, texts_of_pdf
from torbay_reports.publishing.leaks.pictures import printable_runs, texts_of_png
from torbay_reports.publishing.leaks.texts import texts_of
from torbay_reports.publishing.leaks.words import normalised

NAME: Final = "its name"
_MARKUP: Final = frozenset({"html", "htm", "xhtml", "xml", "atom", "svg", "rels", "vml"})
_PLAIN: Final = frozenset({"txt", "css", "js", "md"})
_KNOWN: Final = _MARKUP | _PLAIN | {"json", "csv", "xlsx", "docx"}
_BEGINNINGS: Final = ((b"%PDF-", "pdf"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"wOF2", "woff2"))
_LARGEST: Final = 400_000_000
"""Bytes of an archive's members together."""
_DEEPEST: Final = 5
"""Files within files within files."""

Texts = Iterator[tuple[str, str]]


def read_folder(folder: Path) -> Iterator[tuple[str, Found]]:
    """What every file below a folder says, by its path there. Raises Unreadable, which names the file."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Unreadable(f"“{name}” is a link, not a file. Put the file itself there.")
        if path.is_file():
            yield from ((name, found) for found in read_file(name, path.read_bytes()))


def read_file(name: str, data: bytes) -> Iterator[Found]:
    """What one file says. Raises Unreadable where it cannot be read to its end."""
    seen = {""}
    try:
        for place, text in _texts(name, data, 0):
            words = normalised(text)
            if words not in seen:
                seen.add(words)
                yield Found(place, words)
    except (ValueError, csv.Error, zipfile.BadZipFile, zlib.error, RecursionError, NotImplementedError) as error:
        raise Unreadable(
            f"“{name}” cannot be searched for words that are not for publication ({_why(error)}). "
            "Make the file anew, or leave it out."
        ) from error


def _texts(name: str, data: bytes, depth: int) -> Texts:
    """(place, text) of a file by its name's end, or by its first bytes where they say another kind."""
    if depth > _DEEPEST:
        raise ValueError("too many files within files")
    yield from decoded(NAME, name.replace("/", " \n "))

    def inner(inner_name: str, content: bytes) -> Texts:
        return _texts(inner_name, content, depth + 1)

    match _kind(name, data):
        case "pdf":
            yield from texts_of_pdf(data, inner)
        case "png":
            yield from (("words beside the picture", text) for text in texts_of_png(data))
        case "jpg" | "jpeg" | "woff2":
            yield "words beside the picture", printable_runs(data)
        case "xlsx" | "docx":
            yield from _archive(data, inner)
        case kind:
            yield from _text_file(kind, _decoded(data), inner)


def _kind(name: str, data: bytes) -> str:
    for beginning, kind in _BEGINNINGS:
        if beginning in data[:1024]:
            return kind
    ending = name.rpartition(".")[2].casefold()
    if ending in _KNOWN:
        return ending
    raise ValueError("of a kind that is not known here")


def _text_file(kind: str, text: str, inner: ReadFile) -> Texts:
    if kind == "json":
        yield from _json(text)
    elif kind == "csv":
        yield "its rows", "\n".join(" ".join(row) for row in csv.reader(StringIO(text, newline="")))
    elif kind in _MARKUP:
        yield from texts_of_markup(text)
    else:
        yield from decoded("its text", text)
    for content in attached(text):
        yield from (("a file written inside it", words) for _, words in inner(_named(content), content))


def _named(content: bytes) -> str:
    """A name for a file without one, which is text where its first bytes say nothing else."""
    return "x.html" if b"\0" not in content[:64] else "x"


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(encoding)
    if "\0" in text:
        raise ValueError("not text")
    return text


def _json(text: str) -> Texts:
    """A Document as it reads; then everything, keys and values of one name twice included."""
    with suppress(BrokenDocument):
        yield "its text", "\n".join(stretch.text for stretch in texts_of(from_json(text)))
    values = json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str)
    strings = list(_strings(values))
    yield "its values", "\n".join(strings)
    for string in strings:
        if "<" in string or "\\" in string or "%" in string or "&" in string:
            yield from (("its values", said) for _, said in texts_of_markup(string))


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON with every pair that was written, where a dictionary keeps the last of a name."""


def _strings(value: object) -> Iterator[str]:
    match value:
        case _Pairs():
            for key, each in value:
                yield key
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
        case str():
            yield value


def _archive(data: bytes, inner: ReadFile) -> Texts:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        yield "a remark in the archive", _text(archive.comment)
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            raise ValueError("too large when unpacked")
        for member in archive.infolist():
            yield "a remark in the archive", f"{member.filename}\n{_text(member.comment)}"
            if not member.is_dir():
                yield from inner(member.filename, archive.read(member))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _why(error: BaseException) -> str:
    """The reason in our own words: what a library says may quote the file."""
    return str(error) if type(error) is ValueError else "broken"
