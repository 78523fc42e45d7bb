"""What the objects, names and tags of a published file are called in another file that takes them over."""

import re
from collections.abc import Callable, Collection, Mapping
from hashlib import blake2b
from typing import Final

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.joining.structure import GROUP
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.joining.written import STRING, WrittenFile

_REFERENCE: Final = rf"(?P<skipped>{STRING})|(?P<number>[0-9]+) 0 R"
_PLAIN = re.compile(_REFERENCE, re.DOTALL)
_ELEMENT = re.compile(
    rf"/ID(?P<name>{STRING})|/Headers\[(?P<headers>(?:\s*(?:{STRING}))*)\s*\]|{_REFERENCE}", re.DOTALL
)
_LINK = re.compile(rf"/Dest(?P<name>{STRING})|/StructParent (?P<row>[0-9]+)|{_REFERENCE}", re.DOTALL)
_PAGE = re.compile(rf"/StructParents (?P<row>[0-9]+)|{_REFERENCE}", re.DOTALL)
_STRING = re.compile(STRING, re.DOTALL)
_REFERS = re.compile(r"[0-9]+ 0 R")


class Renumbering:
    """Takes one file's objects over into another.

    `name` tells its places and elements apart from those of other files; `row` gives the new row of the parent tree for
    an old one; `given` are objects that something of the new file stands for, `dropped` those that it has no use for;
    `streams` are those that it has already, by what they hold.
    """

    def __init__(
        self,
        read: WrittenFile,
        writer: Writer,
        streams: dict[bytes, int],
        *,
        name: str,
        row: Callable[[int], int],
        given: Mapping[int, int],
        dropped: Collection[int],
    ) -> None:
        self._read = read
        self._writer = writer
        self._streams = streams
        self._mark = f"{name}/"
        self._row = row
        self.numbers = dict(given)
        self._kept = [number for number in read.bodies if number not in given and number not in dropped]
        self._waiting = [number for number in read.streams if number not in dropped]

    def take(self) -> None:
        """Write all of them. Raises PackFault where one refers to another that is not there."""
        first = self._writer.numbers(len(self._kept))
        self.numbers.update(zip(self._kept, range(first, first + len(self._kept)), strict=True))
        self._take_streams()
        self._take_bodies()

    def named(self, name: str) -> str:
        """A name as PDF syntax, told apart from those of other files."""
        return f"({self._mark}{name[1:]}" if name[0] == "(" else f"<{self._mark.encode().hex()}{name[1:]}"

    def references(self, body: str) -> str:
        """PDF syntax with the new numbers."""
        return _PLAIN.sub(self._rewritten, body)

    def _take_streams(self) -> None:
        """Streams that stand in a file before, such as typefaces, are not written again."""
        referring = []
        for number in self._waiting:
            dictionary, data = self._read.streams[number]
            if _REFERS.search(dictionary):
                self.numbers[number] = self._writer.number()
                referring.append(number)
                continue
            key = blake2b(dictionary.encode("latin-1") + b"\n" + data, digest_size=16).digest()
            if key not in self._streams:
                self._streams[key] = self._writer.add_stream(dictionary, data)
            self.numbers[number] = self._streams[key]
        for number in referring:
            dictionary, data = self._read.streams[number]
            self._writer.put_stream(self.numbers[number], self.references(dictionary), data)

    def _take_bodies(self) -> None:
        """The objects of the tag tree apart from those that show pages."""
        put = self._writer.put
        for number in self._kept:
            body = self._read.bodies[number]
            if body.endswith("/Type/StructElem>>"):
                put(self.numbers[number], _ELEMENT.sub(self._rewritten, body), GROUP)
            elif body.startswith("<</Type/Annot"):
                put(self.numbers[number], _LINK.sub(self._rewritten, body))
            elif body.startswith("<</Type/Page/"):
                put(self.numbers[number], _PAGE.sub(self._rewritten, body))
            else:
                put(self.numbers[number], self.references(body), GROUP if body.startswith("[") else "")

    def _rewritten(self, found: re.Match[str]) -> str:
        kind, value = found.lastgroup, found[found.lastgroup or 0]
        if kind == "skipped":
            return value
        if kind == "number":
            return f"{self._number(value)} 0 R"
        if kind == "row":
            return f"{found[0].removesuffix(value)}{self._row(int(value))}"
        if kind == "headers":
            return f"/Headers[{_STRING.sub(lambda each: self.named(each[0]), value)}]"
        return f"{found[0].removesuffix(value)}{self.named(value)}"

    def _number(self, value: str) -> int:
        number = self.numbers.get(int(value))
        if number is None:
            raise PackFault("A published file refers to an object that it does not have.")
        return number
