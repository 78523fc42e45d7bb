"""Reads a JSON file into typed values, with errors that name the place in words a clerk can follow."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

T = TypeVar("T")

LARGEST_SUM = 10**16
LARGEST_COUNT = 2**31 - 1
"""What the columns for sums and counts hold."""

NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Characters that no column takes: NUL, and half of a character."""


class UnreadableFile(ValueError):
    """The file cannot be taken in; the message names file, place and cure, and nothing of the file counts."""


Slug = Annotated[str, msgspec.Meta(pattern="^[-a-zA-Z0-9_]+$", max_length=80)]
"""A short name as it stands in addresses."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
"""A name or title that is shown."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of what a file may hold: every field named, none unknown."""


def read_json(path: Path, into: type[T]) -> T:
    """The file's content as `into`. Numbers with a point are read as exact decimals. Raises UnreadableFile."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnreadableFile(f"{path.name} is missing. Restore it from the repository.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path.name} cannot be read: {error}.") from error
    try:
        content = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            f"{path.name}, line {error.lineno}: this is not valid JSON ({error.msg}). Correct the line."
        ) from error
    except (ValueError, RecursionError):
        raise UnreadableFile(
            f"{path.name}: a number is longer or a list deeper than a program can read. Correct the file."
        ) from None
    try:
        converted = msgspec.convert(content, into)
    except msgspec.ValidationError as error:
        raise UnreadableFile(f"{path.name}{_in_words(str(error))}") from error
    for place, problem in unstorable(converted):
        raise UnreadableFile(f"{path.name}{place}: {problem}")
    return converted


def unstorable(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Place and problem of what no column takes, place by place.

    That is a text with a NUL or half a character, a number too long, and a sum of parts of a hundredth.
    """
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from unstorable(getattr(value, name), f"{place}, {name}")
    elif isinstance(value, tuple):
        for number, each in enumerate(value, start=1):
            yield from unstorable(each, f"{place} entry {number}")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from unstorable(key, f"{place}, a name")
            yield from unstorable(each, f"{place}, {NO_TEXT.sub('�', str(key))}")
    else:
        problem = _problem(value)
        if problem:
            yield place, problem


def _problem(value: object) -> str:
    """What no column takes of a single value; nothing where one does."""
    if isinstance(value, str) and NO_TEXT.search(value):
        return "a character is none that can be stored. Type the text anew."
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value) < LARGEST_SUM):
        return f"{value} is no sum. Write one below {LARGEST_SUM:,}."
    if isinstance(value, Decimal) and value != round(value, 2):
        return f"{value} has more than two decimals, which would be lost. Write two at most."
    if isinstance(value, int) and abs(value) > LARGEST_COUNT:
        return f"{value} is no count. Write one of at most {LARGEST_COUNT:,}."
    return ""


def _in_words(message: str) -> str:
    """Turn "Expected `str`, got `int` - at `$.services[3].name`" into a place and a problem."""
    problem, _, where = message.partition(" - at `")
    steps = re.findall(r"\.?([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]", where.rstrip("`").removeprefix("$"))
    place = "".join(f", {name}" if name else f" entry {int(n) + 1 if n.isdigit() else n}" for name, n in steps)
    return f"{place}: {problem.replace('`', '')}. Correct this place."
