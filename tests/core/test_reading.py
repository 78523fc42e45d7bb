"""A file that cannot be taken in says where and why, in words."""

from decimal import Decimal
from pathlib import Path

import pytest

from torbay_reports.core.reading import Entry, UnreadableFile, read_json


class Inner(Entry, frozen=True):
    name: str
    amount: Decimal = Decimal(0)


class Outer(Entry, frozen=True):
    rows: tuple[Inner, ...]
    names: dict[str, tuple[str, ...]] = {}


def written(folder: Path, text: str) -> Path:
    path = folder / "example.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_with_a_point_are_exact(tmp_path: Path) -> None:
    content = read_json(written(tmp_path, '{"rows": [{"name": "a", "amount": 0.1}]}'), Outer)
    assert content.rows[0].amount == Decimal("0.1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"rows": [{"name": 5}]}', "example.json, rows entry 1, name: Expected str, got int. Correct this place."),
        ('{"rows": [{"name": "a"}, {}]}', "example.json, rows entry 2: Object missing required field name."),
        ('{"rows": [], "extra": 1}', "example.json: Object contains unknown field extra."),
        ('{"rows": [', "example.json, line 1: this is not valid JSON"),
        ("[]", "example.json: Expected object, got array."),
        (
            '{"rows": [{"name": "a\\u0000"}]}',
            "example.json, rows entry 1, name: a character is none that can be stored",
        ),
        (
            '{"rows": [{"name": "a\\ud800"}]}',
            "example.json, rows entry 1, name: a character is none that can be stored",
        ),
        ('{"rows": [{"name": "a", "amount": "NaN"}]}', "example.json, rows entry 1, amount: NaN is no sum."),
        ('{"rows": [{"name": "a", "amount": 10000000000000000}]}', "example.json, rows entry 1, amount: 1000000000"),
        ('{"rows": [{"name": "a", "amount": 1.005}]}', "example.json, rows entry 1, amount: 1.005 has more than two"),
        (
            '{"rows": [], "names": {"a\\u0000": []}}',
            "example.json, names, a name: a character is none that can be stored",
        ),
        (
            '{"rows": [], "names": {"a": ["b", "c\\u0000"]}}',
            "example.json, names, a entry 2: a character is none that can be stored",
        ),
        ("[" * 100_000, "example.json: a number is longer or a list deeper than a program can read."),
        ('{"rows": ' + "9" * 5000 + "}", "example.json: a number is longer or a list deeper"),
    ],
)
def test_the_place_is_named(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_json(written(tmp_path, text), Outer)
    assert str(refused.value).startswith(expected)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="none.json is missing"):
        read_json(tmp_path / "none.json", Outer)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "example.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_json(path, Outer)
