"""Whatever words are wrapped in, the reader unwraps it."""

import base64
import gzip
import html
import json
import quopri
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import brotli  # type: ignore[import-untyped]
import docx
import openpyxl
import pytest
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse

from tests.canaries.reading import Unreadable, body_of, folder_texts, head_texts, storage_texts, texts_of
from tests.canaries.words import Canaries

CANARIES = Canaries()
CANARY = CANARIES.of("contract", "title")
WORDS = CANARY.sentence
ALL = {*CANARY.marks, str(CANARY.amount)}


def workbook() -> bytes:
    book, file = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["C3"] = WORDS, CANARY.amount
    book.save(file)
    return file.getvalue()


def letter() -> bytes:
    document, file = docx.Document(), BytesIO()
    for word in WORDS.split():
        document.add_paragraph().add_run(word[:4])
        document.paragraphs[-1].add_run(word[4:]).bold = True
    document.save(file)
    return file.getvalue()


def archive(inner: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as opened:
        opened.writestr("inner.bin", inner)
    return file.getvalue()


def in_tags() -> bytes:
    return "".join(f"<i>{word[:5]}</i><b class='x'>{word[5:]}</b> " for word in WORDS.split()).encode()


def as_code(text: str, form: str) -> bytes:
    return "".join(form.format(ord(letter)) if letter.isascii() else letter for letter in text).encode()


WRAPPINGS: dict[str, Callable[[], bytes]] = {
    "plain words": lambda: WORDS.encode(),
    "tags between letters": in_tags,
    "an attribute": lambda: f'<p title="{WORDS}">x</p>'.encode(),
    "a comment": lambda: f"<!-- a > b {WORDS} -->".encode(),
    "entities in decimals": lambda: as_code(WORDS, "&#{};"),
    "entities in hexadecimals": lambda: as_code(WORDS, "&#x{:x};"),
    "JSON": lambda: json.dumps({"a": [WORDS]}).encode(),
    "escapes of JSON": lambda: as_code(WORDS, "\\u{:04x}"),
    "JSON in an attribute": lambda: html.escape(as_code(WORDS, "\\u{:04x}").decode()).encode(),
    "an address": lambda: as_code(WORDS, "%{:02X}"),
    "an address in an address": lambda: quote(as_code(WORDS, "%{:02X}")).encode(),
    "quoted-printable": lambda: quopri.encodestring(as_code(WORDS, "={:02X}")),
    "octal escapes": lambda: as_code(WORDS, "\\{:03o}"),
    "base64": lambda: b'"data:text/plain;base64,' + base64.b64encode(WORDS.encode()),
    "base64 in an address": lambda: b"/a/" + base64.urlsafe_b64encode(WORDS.encode()) + b"/",
    "a signed and packed cookie": lambda: signing.dumps({"a": WORDS * 9}, compress=True).encode(),
    "hexadecimals": lambda: WORDS.encode("utf-16").hex().encode(),
    "UTF-16": lambda: WORDS.encode("utf-16"),
    "gzip": lambda: gzip.compress(WORDS.encode()),
    "zlib": lambda: zlib.compress(WORDS.encode()),
    "a zip in a zip": lambda: archive(archive(WORDS.encode())),
    "a workbook": workbook,
    "a Word document": letter,
}


def found_in(data: bytes) -> set[str]:
    return {mark for text in texts_of(data, "x") for mark in CANARIES.marks_in(text.data)}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_words_are_found_in(wrapping: str) -> None:
    assert found_in(WRAPPINGS[wrapping]()) == ALL


def test_the_names_of_an_archives_files_are_read() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as opened:
        opened.writestr(f"{CANARY.slug}.txt", "nothing")
    assert found_in(file.getvalue()) == set(CANARY.marks[2:])


def test_a_file_that_cannot_be_read_does_not_pass_for_an_empty_one() -> None:
    for broken in (b"%PDF-1.7\nnothing more", archive(b"words")[:-30], gzip.compress(b"words")[:-9]):
        with pytest.raises(Unreadable):
            list(texts_of(broken, "x"))


def test_wrappings_without_end_do_not_pass_either() -> None:
    data = WORDS.encode()
    for _ in range(12):
        data = gzip.compress(data)
    with pytest.raises(Unreadable, match="wrapped"):
        list(texts_of(data, "x"))


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("deflate", zlib.compress)]
)
def test_a_body_is_unpacked_as_its_header_says(coding: str, pack: Callable[[bytes], bytes]) -> None:
    response = HttpResponse(pack(WORDS.encode()), headers={"Content-Encoding": coding})
    assert body_of(response) == WORDS.encode()


def test_a_body_in_an_unknown_coding_does_not_pass() -> None:
    with pytest.raises(Unreadable):
        body_of(HttpResponse(b"x", headers={"Content-Encoding": "zstd"}))


def test_a_streamed_body_and_one_of_json_are_read() -> None:
    streamed = StreamingHttpResponse([WORDS[:20].encode(), WORDS[20:].encode()])
    for response in (streamed, JsonResponse({"a": WORDS})):
        assert found_in(body_of(response)) == ALL


def test_status_headers_and_cookies_are_read_each_by_its_name() -> None:
    response = HttpResponse(status=302, reason=CANARY.marks[0], headers={"Location": f"/a/{CANARY.marks[1]}/"})
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''%7A{CANARY.marks[2][1:]}.pdf"
    response.set_signed_cookie("seen", CANARY.marks[3])
    found = {(text.place, mark) for text in head_texts(response) for mark in CANARIES.marks_in(text.data)}
    places = ("status", "header Location", "header Content-Disposition", "cookie seen")
    assert found == set(zip(places, CANARY.marks, strict=True))


def test_a_folder_and_a_storage_are_read_with_their_names_at_any_depth(tmp_path: Path) -> None:
    storage = FileSystemStorage(tmp_path)
    storage.save(f"a/{CANARY.marks[0]}/b.html", ContentFile(f"<p>{CANARY.marks[1]}"))
    expected = {
        (f"name of a/{CANARY.marks[0]}", CANARY.marks[0]),
        (f"name of a/{CANARY.marks[0]}/b.html", CANARY.marks[0]),
        (f"a/{CANARY.marks[0]}/b.html", CANARY.marks[1]),
    }
    for texts in (folder_texts(tmp_path), storage_texts(storage)):
        assert {(text.place, mark) for text in texts for mark in CANARIES.marks_in(text.data)} == expected
