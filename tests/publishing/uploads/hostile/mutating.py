"""Good PDFs changed in a few places, the same way each time."""

import random
import re
from collections.abc import Callable, Iterator
from io import BytesIO

from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel

from tests.publishing.uploads import good
from tests.publishing.uploads.hostile.making import field_of, layered

_PIECES = (
    b"/JavaScript",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b"endobj",
    b"stream\n",
    b"9999999999",
    b"-1",
    b"0 0 R",
    b"3 0 R",
    b"null",
    b"/Kids",
    b"/Length",
    b"\0",
)
_NUMBER = re.compile(rb"\d+")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)endobj", re.DOTALL)


def mutation(good_file: bytes, chance: random.Random) -> bytes:
    """The file changed in a few places, by one of several ways."""
    return chance.choice([_bytes_changed, _cut, _numbers_changed, _references_changed, _objects_swapped])(
        good_file, chance
    )


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 3, 20])):
        at = chance.randrange(len(data))
        end = min(len(data), at + chance.choice([1, 1, 4, 40]))
        piece = chance.choice([chance.randbytes(end - at), chance.choice(_PIECES), data[at:end] * 3])
        data = data[:at] + piece + data[chance.choice([at, end]) :]
    return data


def _cut(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return chance.choice([data[:at], data[at:], data[:at] + data[chance.randrange(at, len(data)) :], data + data[at:]])


def _numbers_changed(data: bytes, chance: random.Random) -> bytes:
    return _some(
        _NUMBER, data, chance, lambda found: chance.choice([b"0", b"-1", b"4294967296", b"7", found.group() * 2])
    )


def _references_changed(data: bytes, chance: random.Random) -> bytes:
    most = max((int(each) for each in _REFERENCE.findall(data)), default=1)
    return _some(_REFERENCE, data, chance, lambda found: b"%d 0 R" % chance.randint(0, most + 1))


def _objects_swapped(data: bytes, chance: random.Random) -> bytes:
    bodies = [body for _, body in _OBJECT.findall(data)]
    return _some(_OBJECT, data, chance, lambda found: b"%s 0 obj\n%sendobj" % (found.group(1), chance.choice(bodies)))


def _some(
    pattern: re.Pattern[bytes], data: bytes, chance: random.Random, new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    share = chance.choice([0.005, 0.02, 0.1])
    return pattern.sub(lambda found: new(found) if chance.random() < share else found.group(), data)


def opened_up(data: bytes) -> bytes:
    """A good file without object streams and packing, so that mutations meet its objects."""
    out = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            static_id=True,
            object_stream_mode=ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.generalized,
        )
    return out.getvalue()


def mutations(count: int) -> Iterator[bytes]:
    """So many, the same each time."""
    chance = random.Random("hostile PDFs")
    sources = [
        good.tagged(),
        opened_up(good.tagged()),
        good.untagged(),
        opened_up(good.saved(field_of(good.blank()))),
        opened_up(
            good.saved(
                layered(b"/OC /L1 BDC " + good.shown("Off") + b"EMC /OC /L2 BDC " + good.shown("On") + b"EMC", "Off")
            )
        ),
    ]
    for _ in range(count):
        yield mutation(chance.choice(sources), chance)
