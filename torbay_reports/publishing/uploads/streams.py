"""The bytes of an untrusted file's streams: unpacked within bounds, or kept packed once their size is known."""

import zlib
from collections.abc import Callable
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream

from torbay_reports.publishing.uploads import faxes, jpeg2000, limits
from torbay_reports.publishing.uploads.photographs import UnknownPicture, without_notes
from torbay_reports.publishing.uploads.refusals import too_much
from torbay_reports.publishing.uploads.scalars import plain_number, spelt

PACKINGS: Final = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
PICTURES: Final[dict[str, Callable[[bytes], bytes]]] = {
    "/DCTDecode": without_notes,
    "/JPXDecode": jpeg2000.bare,
    "/JBIG2Decode": faxes.jbig2,
    "/CCITTFaxDecode": faxes.fax,
}
"""What packs pictures, with what takes out of them all that is no picture."""

_PREDICTIONS: Final = ("/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange")
_SHORT: Final = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/RL": "/RunLengthDecode",
    "/DCT": "/DCTDecode",
    "/CCF": "/CCITTFaxDecode",
}
_MOST_FILTERS: Final = 4
_MOST_PIECES: Final = 10_000
"""Of one page's instructions."""
_STEP: Final = 4 * limits.MEGABYTE
_LEVEL: Final = 6
_RESCUED: Final = 256
"""Bytes that are unpacked at a time from a damaged stream: what comes before the damage is kept."""


class UnreadableStream(Exception):
    """A stream whose bytes cannot be had."""


class Streams:
    """Reads streams and counts what they unpack to. Raises RefusedPdf when that is beyond all bounds."""

    def __init__(self) -> None:
        self._left = limits.DECODED_BYTES
        self._counted: dict[tuple[int, int], int] = {}

    def unpacked(self, stream: Object, most: int = limits.STREAM_BYTES) -> bytes:
        """The stream's bytes without their packing. Raises UnreadableStream."""
        filters = filters_of(stream)
        if not PACKINGS.issuperset(filters):
            raise UnreadableStream
        self._measure(stream, filters, most)
        try:
            data = stream.read_bytes()
        except PdfError:
            data = self._rescued(stream, filters, most)
        if filters != ["/FlateDecode"]:
            self._count(stream, len(data))
        if len(data) > most:
            raise too_much(f"has a stream of more than {most // limits.MEGABYTE} MB")
        return data

    def kept(self, stream: Object) -> tuple[list[str], list[Any], bytes]:
        """The stream's bytes to store, with their filters and these filters' parameters: as they were where readers
        unpack them safely, packed anew otherwise. Raises UnreadableStream."""
        filters = filters_of(stream)
        if any(each not in PACKINGS and each not in PICTURES for each in filters) or any(
            each in PICTURES for each in filters[:-1]
        ):
            raise UnreadableStream
        used = self._measure(stream, filters, limits.STREAM_BYTES)
        if filters and filters[-1] in PICTURES:
            if used is None:
                raise UnreadableStream
            *around, packing = filters
            parameters = _parameters(stream, len(filters))
            data = self._partly_unpacked(stream, around, parameters) if around else _raw(stream)
            try:
                return [packing], parameters[-1:], PICTURES[packing](data)
            except UnknownPicture:
                raise UnreadableStream from None
        if filters == ["/FlateDecode"] and used is not None:
            # What stands behind its end would travel unseen.
            return filters, _parameters(stream, 1), _raw(stream)[:used]
        return ["/FlateDecode"], [None], zlib.compress(self.unpacked(stream), _LEVEL)

    def _partly_unpacked(self, stream: Object, filters: list[str], parameters: list[Any]) -> bytes:
        """A picture's own bytes out of what they are packed in besides."""
        scratch = Pdf.new()
        part = Stream(scratch, _raw(stream))
        part.Filter = Array([Name(each) for each in filters])
        part.DecodeParms = Array([_prediction(each) for each in parameters[:-1]])
        try:
            data = part.read_bytes()
        except PdfError:
            raise UnreadableStream from None
        self._spend(len(data))
        return data

    def _measure(self, stream: Object, filters: list[str], most: int) -> int | None:
        """Count what the first packing unpacks to, without holding it: a bomb is met before anything holds it.

        Gives back how many bytes are packed so; nothing where they do not unpack without damage.
        """
        if not filters or filters[0] != "/FlateDecode":
            return 0
        size = 0
        reader = zlib.decompressobj()
        waiting = raw = _raw(stream)
        try:
            while waiting and not reader.eof:
                size += len(reader.decompress(waiting, _STEP))
                waiting = reader.unconsumed_tail
                if size > most:
                    raise too_much(f"has a stream that unpacks to more than {most // limits.MEGABYTE} MB")
        except zlib.error:
            self._count(stream, size)
            return None
        self._count(stream, size)
        return len(raw) - len(reader.unused_data) if reader.eof else None

    def _count(self, stream: Object, size: int) -> None:
        if stream.is_indirect:
            if stream.objgen in self._counted:
                return
            self._counted[stream.objgen] = size
        self._spend(size)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise too_much(f"unpacks to more than {limits.DECODED_BYTES // limits.MEGABYTE} MB")

    @staticmethod
    def _rescued(stream: Object, filters: list[str], most: int) -> bytes:
        if filters != ["/FlateDecode"] or any(_parameters(stream, 1)):
            raise UnreadableStream from None
        reader = zlib.decompressobj()
        data, raw = bytearray(), _raw(stream)
        try:
            for place in range(0, len(raw), _RESCUED):
                data += reader.decompress(raw[place : place + _RESCUED], most - len(data) + 1)
                if len(data) > most:
                    raise too_much(f"has a stream that unpacks to more than {most // limits.MEGABYTE} MB")
        except zlib.error:
            if not data:
                raise UnreadableStream from None
        return bytes(data)


def bytes_of(held: Any, unpack: Callable[[Object], bytes]) -> bytes:
    """The instructions of a page, whose streams are one content. Raises UnreadableStream."""
    if held is None:
        return b""
    listed = list(held) if isinstance(held, Array) else [held]
    if len(listed) > _MOST_PIECES:
        raise UnreadableStream
    pieces: list[bytes] = []
    size = 0
    for each in listed:
        if isinstance(each, Stream):
            pieces.append(unpack(each))
            size += len(pieces[-1])
            if size > limits.CONTENT_BYTES:
                raise too_much("has a page with too many instructions")
    return b"\n".join(pieces)


def filters_of(stream: Object) -> list[str]:
    """The stream's filters by their long names. Raises UnreadableStream for what is no list of names."""
    if stream.get("/F") is not None:
        raise UnreadableStream  # Its bytes would be in another file.
    held = stream.get(Name.Filter)
    listed = [] if held is None else list(held) if isinstance(held, Array) else [held]
    if len(listed) > _MOST_FILTERS or not all(isinstance(each, Name) for each in listed):
        raise UnreadableStream
    return [_SHORT.get(spelt(each), spelt(each)) for each in listed]


def _parameters(stream: Object, count: int) -> list[Any]:
    held: Any = stream.get("/DecodeParms", stream.get("/DP"))
    listed: list[Any] = list(held) if isinstance(held, Array) else [held]
    known = [each if isinstance(each, Dictionary) and not isinstance(each, Stream) else None for each in listed]
    return (known + [None] * count)[:count]


def _prediction(held: Any) -> Any:
    """Parameters of a packing by themselves, whatever file they come from."""
    known = [(key, plain_number(held.get(key), -1)) for key in _PREDICTIONS] if held else []
    return Dictionary({key: int(value) for key, value in known if value >= 0}) if known else None


def _raw(stream: Object) -> bytes:
    try:
        return stream.read_raw_bytes()
    except PdfError:
        raise UnreadableStream from None
