"""Of a JPEG 2000 picture the picture stays, and looks the same."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from torbay_reports.publishing.uploads.jpeg2000 import bare
from torbay_reports.publishing.uploads.photographs import UnknownPicture


def picture(**more: Any) -> bytes:
    out = BytesIO()
    Image.effect_noise((90, 70), 60).convert("RGB").save(out, "JPEG2000", **more)
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).tobytes()


def box(kind: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + kind + body


@pytest.mark.parametrize("kind", [b"uuid", b"xml ", b"jp2i", b"uinf", b"free"])
def test_boxes_of_notes_go(kind: bytes) -> None:
    data = picture()
    note = box(kind, b"SECRET words")
    cleaned = bare(data[:12] + note + data[12:] + note)
    assert b"SECRET" not in cleaned
    assert pixels(cleaned) == pixels(data)


def test_notes_in_the_head_go() -> None:
    data = picture()
    start = data.index(b"jp2h") - 4
    size = int.from_bytes(data[start : start + 4], "big")
    head = box(b"jp2h", data[start + 8 : start + size] + box(b"uuid", b"SECRET"))
    cleaned = bare(data[:start] + head + data[start + size :])
    assert b"SECRET" not in cleaned
    assert pixels(cleaned) == pixels(data)


@pytest.mark.parametrize("more", [{}, {"tile_size": (32, 32)}, {"irreversible": True}])
@pytest.mark.parametrize("no_jp2", [True, False])
def test_comments_and_what_stands_behind_the_end_go(no_jp2: bool, more: dict[str, Any]) -> None:
    data = picture(comment="SECRET words", no_jp2=no_jp2, **more)
    assert b"SECRET" in data
    cleaned = bare(data + (b"SECRET" if no_jp2 else box(b"jp2c", b"SECRET")))
    assert b"SECRET" not in cleaned
    assert pixels(cleaned) == pixels(data)


def test_a_last_tile_that_does_not_say_its_length_ends_with_the_picture() -> None:
    data = bytearray(picture(no_jp2=True))
    tile = data.index(b"\xff\x90")
    data[tile + 6 : tile + 10] = bytes(4)
    cleaned = bare(bytes(data) + b"SECRET")
    assert cleaned == bare(bytes(data))
    assert len(cleaned) == len(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"SECRET",
        picture()[:40],
        picture()[:-40],
        picture(no_jp2=True)[:60],
        picture()[:12] + b"\0\0\0\1uuid",
        picture()[:12] + box(b"uuid", b"SECRET"),
    ],
)
def test_what_cannot_be_told_from_notes_is_unknown(data: bytes) -> None:
    with pytest.raises(UnknownPicture):
        bare(data)
