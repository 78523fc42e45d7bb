"""The words of pages as lines, with nothing that cannot be shown or stored."""

import pytest

from tests.publishing.uploads import good
from torbay_reports.publishing.uploads.limits import TEXT_CHARACTERS
from torbay_reports.publishing.uploads.refusals import RefusedPdf
from torbay_reports.publishing.uploads.texts import texts_of


def page_with(words: bytes) -> bytes:
    pdf = good.blank(1)
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"BT /F1 2 Tf 9 800 Td 3 TL " + words + b" ET")
    return good.saved(pdf)


def test_each_page_has_its_words_line_by_line() -> None:
    texts, unreadable = texts_of(page_with(b"(One  and) Tj T* (two) Tj"))
    assert texts == ["One and\ntwo"]
    assert unreadable == []


def test_control_characters_are_left_out_and_their_page_is_named() -> None:
    texts, unreadable = texts_of(page_with(b"(a\\001\\002b) Tj"))
    assert "\x01" not in texts[0]
    assert unreadable == [1]


def test_an_endless_page_is_cut() -> None:
    (text,), _ = texts_of(page_with(b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj T* " * 6000))
    assert TEXT_CHARACTERS * 0.9 < len(text) <= TEXT_CHARACTERS


def test_what_cannot_be_opened_is_refused() -> None:
    with pytest.raises(RefusedPdf, match="broken"):
        texts_of(b"%PDF-1.7 nothing")
