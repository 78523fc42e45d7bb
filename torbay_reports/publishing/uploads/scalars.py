"""Numbers, rectangles, names and strings of an untrusted file as Python knows them, whatever stands in their place."""

import math
import re
from typing import Any

from pikepdf import Array, Name, Object, String

Box = tuple[float, float, float, float]

_PLAIN = re.compile(rb"[A-Za-z0-9._+-]")


def box_of(value: Any) -> Box | None:
    """A rectangle with its corners in order; nothing when it is none."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    numbers = [plain_number(each, math.nan) for each in value]
    if not all(math.isfinite(each) and abs(each) < 1e7 for each in numbers):
        return None
    left, bottom, right, top = numbers
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def plain_number(value: Any, otherwise: float) -> float:
    """A number of the file as a float."""
    if isinstance(value, bool) or value is None:
        return otherwise
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return otherwise
    return number if math.isfinite(number) else otherwise


def spelt(value: Any, otherwise: str = "") -> str:
    """A name with its slash, byte by byte, since names need not be text; something else for what is no name."""
    return bytes(value).decode("latin-1") if isinstance(value, Name) else otherwise


def said(value: Any) -> str:
    """A string for people, without what no text can hold; empty for what is none."""
    if not isinstance(value, String):
        return ""
    try:
        return str(value).encode("utf-8", "ignore").decode()
    except UnicodeDecodeError:
        return ""


def key_bytes(key: str) -> bytes:
    """A dictionary's key, as pikepdf gives it, as it stands in a file."""
    held = key.encode("utf-8", "surrogateescape")[1:]
    return b"/" + b"".join(each if _PLAIN.match(each) else b"#%02x" % each[0] for each in _bytewise(held)) + b" "


def name_bytes(value: Object) -> bytes:
    """A name as it stands in a file."""
    return value.unparse() + b" "


def _bytewise(held: bytes) -> list[bytes]:
    return [held[place : place + 1] for place in range(len(held))]
