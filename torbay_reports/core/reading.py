"""Reads a JSON file into typed values, with errors that name the place in words a clerk can follow."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


class UnreadableFile(ValueError):
    """The file cannot be taken in; the message names file, place and cure, and nothing of the file counts."""


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
    try:
        return msgspec.convert(content, into)
    except msgspec.ValidationError as error:
        raise UnreadableFile(f"{path.name}{_in_words(str(error))}") from error


def _in_words(message: str) -> str:
    """Turn "Expected `str`, got `int` - at `$.services[3].name`" into a place and a problem."""
    problem, _, where = message.partition(" - at `")
    steps = re.findall(r"\.?([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]", where.rstrip("`").removeprefix("$"))
    place = "".join(f", {name}" if name else f" entry {int(n) + 1 if n.isdigit() else n}" for name, n in steps)
    return f"{place}: {problem.replace('`', '')}. Correct this place."
