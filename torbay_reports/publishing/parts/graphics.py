"""Page contents as WeasyPrint drew them, and what they use, made independent of the run that they were set in.

WeasyPrint numbers drawings and fonts over the whole run; here each page gets names of its own.
"""

import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NoReturn

import pydyf

from torbay_reports.publishing.faults import PackFault
from torbay_reports.publishing.parts.faces import embedded, face_of, standard_texts
from torbay_reports.publishing.parts.values import Font, Raw

_OPENING = re.compile(rb"/[A-Za-z0-9]+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
_USED = re.compile(rb"/(\S+) (gs|Do|scn|SCN|sh|cs|CS)\b")
_SHOWN = re.compile(rb"/([A-Z]+) \S+ Tf|<([0-9a-f]{4,})>")
_REFERENCE = re.compile(rb"(\d+) 0 R")
OPERATORS: Final = {"ExtGState": (b"gs",), "XObject": (b"Do",), "Pattern": (b"scn", b"SCN"), "Shading": (b"sh",)}
"""What each kind of resource is used by: two kinds may have the same name."""
_KINDS: Final = {operator: kind for kind, operators in OPERATORS.items() for operator in operators}
_RENAMED: Final = {"XObject": b"x", "Pattern": b"p", "Shading": b"s"}
_COMPRESSION: Final = 6

Pieces = tuple[bytes | int, ...]
Entries = dict[str, dict[str, Pieces]]
"""Resources of a page by kind and name."""


def deflated(content: bytes) -> bytes:
    """A stream's bytes as they stand in the file."""
    return zlib.compress(content, _COMPRESSION)


def source_of(stream: Any) -> bytes:
    """The operators of one of WeasyPrint's streams."""
    return b"\n".join(_written(each) for each in stream.stream)


def with_artifacts(content: bytes, held: Collection[int]) -> bytes:
    """The content with every marked piece that no element holds turned into an artifact."""
    return _OPENING.sub(lambda found: found.group(0) if int(found.group(1)) in held else b"/Artifact\nBMC", content)


class Graphics:
    """Collects the fonts and drawings of one part; `where` names the paper in faults."""

    def __init__(self, pdf: Any, fonts: Mapping[str, Any], where: str, raws: list[Raw] | None = None) -> None:
        self._objects = pdf.objects
        self._sources = fonts
        self._where = where
        self._numbers: dict[int, int] = {}
        self._raws: list[Raw] = [] if raws is None else raws
        self._fonts: dict[str, int] = {}
        self._glyphs: list[dict[int, str]] = []

    def page(self, content: bytes, resources: Any) -> tuple[bytes, dict[str, int], Entries]:
        """A page's content with its own names, the fonts that it uses, and its other resources."""
        fonts = self._used_fonts(content)
        content, entries = self._entries(content, resources)
        return content, fonts, entries

    def finished_fonts(self) -> tuple[Font, ...]:
        """The part's fonts with the glyphs that its pages use; called once, after the last page."""
        return tuple(
            self._finished(self._sources[name], glyphs) for name, glyphs in zip(self._fonts, self._glyphs, strict=True)
        )

    def _finished(self, source: Any, glyphs: dict[int, str]) -> Font:
        face = face_of(source)
        if face:
            return Font(face=face, glyphs=tuple(sorted(glyphs.items())))
        objects, number = embedded(source, glyphs)
        inner = Graphics(objects, {}, self._where, self._raws)
        return Font(glyphs=tuple(sorted(glyphs.items())), raw=inner._object(objects.objects[number]))

    @property
    def objects(self) -> tuple[Raw, ...]:
        """The part's other objects."""
        return tuple(self._raws)

    def _used_fonts(self, content: bytes) -> dict[str, int]:
        used: dict[str, int] = {}
        current, number = "", -1
        texts: Mapping[int, str] = {}
        standard: Mapping[int, str] = {}
        for name, codes in _SHOWN.findall(content):
            if name:
                current = name.decode()
                number = used[current] = self._font(current)
                texts = self._sources[current].to_unicode
                standard = standard_texts(face_of(self._sources[current]))
                continue
            glyphs, missing = self._glyphs[number], self._sources[current].missing
            for place in range(0, len(codes), 4):
                glyph = int(codes[place : place + 4], 16)
                if glyph in missing.values():
                    self._refuse(texts[glyph])
                if glyph not in glyphs:
                    glyphs[glyph] = standard.get(glyph) or texts[glyph]
        return used

    def _font(self, name: str) -> int:
        if name not in self._fonts:
            self._fonts[name] = len(self._fonts)
            self._glyphs.append({})
        return self._fonts[name]

    def _refuse(self, character: str) -> NoReturn:
        where = self._where[0].upper() + self._where[1:]
        raise PackFault(
            f"{where} has the character “{character}” (U+{ord(character[0]):04X}), which no type on this server has: "
            "write it in other letters."
        )

    def _entries(self, content: bytes, resources: Any) -> tuple[bytes, Entries]:
        """The resource entries that a content uses, under names in the order of use."""
        renamed: dict[tuple[str, bytes], bytes] = {}

        def rename(found: re.Match[bytes]) -> bytes:
            name, operator = found.groups()
            kind = _KINDS.get(operator, "")
            if not kind:
                return found.group(0)
            letter = _RENAMED.get(kind)
            count = sum(other == kind for other, _ in renamed)
            new = renamed.setdefault((kind, name), letter + b"%d" % count if letter else name)
            return b"/" + new + b" " + operator

        content = _USED.sub(rename, content)
        entries: Entries = {}
        for (kind, name), new in renamed.items():
            entries.setdefault(kind, {})[new.decode()] = self._value(resources[kind][name.decode()])
        return content, entries

    def _value(self, value: Any) -> Pieces:
        if isinstance(value, pydyf.Stream):
            return (self._object(value),)
        if isinstance(value, dict):
            return _flat(
                [(b"<<",), *((b"/%s " % key.encode(), *self._value(each)) for key, each in value.items()), (b">>",)]
            )
        if isinstance(value, list):
            return _flat([(b"[",), *((*self._value(each), b" ") for each in value), (b"]",)])
        written = _written(value)
        found = _REFERENCE.fullmatch(written)
        return (self._object(self._objects[int(found.group(1))]),) if found else (written,)

    def _object(self, source: Any) -> int:
        """The number of an object in the part. Its resources are told anew from what it uses."""
        if source.number not in self._numbers:
            number = self._numbers[source.number] = len(self._raws)
            self._raws.append(Raw(()))  # its place, since what it uses may come back to it
            if isinstance(source, pydyf.Stream):
                self._raws[number] = self._stream(source)
            else:
                self._raws[number] = Raw(self._value(source))
        return self._numbers[source.number]

    def _stream(self, source: Any) -> Raw:
        content = source_of(source)
        entries: list[Pieces] = []
        for key, value in source.extra.items():
            if key == "Resources":
                resources = self._resolved(value)
                fonts = self._used_fonts(content)
                content, used = self._entries(content, resources)
                named: Sequence[Pieces] = [(b"/%s " % name.encode(), -1 - font) for name, font in fonts.items()]
                entries.append(_flat([(b"/Resources<</Font<<",), *named, (b">>",), flat_entries(used), (b">>",)]))
            elif key not in {"Length", "Filter"}:
                entries.append((b"/%s " % key.encode(), *self._value(value)))
        return Raw(_flat([(b"<</Filter/FlateDecode",), *entries, (b">>",)]), deflated(content))

    def _resolved(self, value: Any) -> Any:
        found = _REFERENCE.fullmatch(_written(value)) if not isinstance(value, dict) else None
        return self._objects[int(found.group(1))] if found else value


def _written(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, pydyf.Object):
        return bytes(value.data)
    return bytes(pydyf._to_bytes(value))


def flat_entries(entries: Entries) -> Pieces:
    """Resources in pieces, as they stand in a resource dictionary."""
    flat: list[Pieces] = []
    for kind, named in entries.items():
        values = ((b"/%s " % name.encode(), *value) for name, value in named.items())
        flat.extend([(b"/%s<<" % kind.encode(),), *values, (b">>",)])
    return _flat(flat)


def _flat(pieces: Sequence[Pieces]) -> Pieces:
    """Pieces in one row, neighbouring bytes put together."""
    flat: list[bytes | int] = []
    for each in (piece for group in pieces for piece in group):
        if isinstance(each, bytes) and flat and isinstance(flat[-1], bytes):
            flat[-1] += each
        else:
            flat.append(each)
    return tuple(flat)
