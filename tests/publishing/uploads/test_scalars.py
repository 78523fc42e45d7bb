"""What stands in a file becomes a number, a rectangle, a name or words of Python, or nothing."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Object, String

from torbay_reports.publishing.uploads.scalars import box_of, key_bytes, plain_number, said, spelt


@pytest.mark.parametrize(
    ("value", "number"), [(3, 3.0), (None, 7.0), (True, 7.0), (String("3"), 7.0), (Name.A, 7.0), (Array([1]), 7.0)]
)
def test_numbers(value: Any, number: float) -> None:
    assert plain_number(value, 7.0) == number


@pytest.mark.parametrize("digits", [b"1" * 400, b"-" + b"9" * 5000])
def test_numbers_beyond_all_measure_are_none(digits: bytes) -> None:
    assert plain_number(int(digits[:400]), 7.0) == 7.0


def test_rectangles_have_their_corners_in_order() -> None:
    assert box_of(Array([30, 40, 10, 20])) == (10, 20, 30, 40)
    for held in (None, Array([1, 2, 3]), Array([1, 2, 3, Name.A]), Array([0, 0, 1, 10**9]), Dictionary()):
        assert box_of(held) is None


def test_names_are_spelt_byte_by_byte() -> None:
    assert spelt(Object.parse(b"/Stra#dfe")) == "/Straße"
    assert spelt(7, "none") == spelt(String("/A"), "none") == "none"


def test_words_are_such_that_they_can_be_stored() -> None:
    assert said(String("Straße")) == "Straße"
    assert said(String(b"\xfe\xff\xd8\x00\x00a")) in ("a", "")
    assert said(Name.A) == ""


def test_keys_are_written_so_that_nothing_in_them_ends_them() -> None:
    assert key_bytes("/a b/(\udce4") == b"/a#20b#2f#28#e4 "
