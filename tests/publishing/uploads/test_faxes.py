"""Pictures in black and white end where they say, and nothing stands behind that."""

from io import BytesIO

import pytest
from PIL import Image

from torbay_reports.publishing.uploads.faxes import fax, jbig2
from torbay_reports.publishing.uploads.photographs import UnknownPicture


def group4(width: int) -> bytes:
    """A fax of noise; its end stands on another bit for each width."""
    out = BytesIO()
    Image.effect_noise((width, 40), 90).convert("1").save(out, "TIFF", compression="group4")
    tags = Image.open(BytesIO(out.getvalue())).tag_v2  # type: ignore[attr-defined]
    return out.getvalue()[tags[273][0] :][: tags[279][0]]


@pytest.mark.parametrize("width", range(20, 36))
def test_a_fax_is_cut_behind_its_end(width: int) -> None:
    data = group4(width)
    assert fax(data + b"SECRET") == data


@pytest.mark.parametrize("shift", range(8))
def test_the_end_is_found_on_any_bit(shift: int) -> None:
    bits = "1" * shift + "000000000001" * 2
    data = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")
    assert fax(b"\xff" + data + b"\xffSECRET") == b"\xff" + data


def test_an_end_of_marked_lines_is_an_end() -> None:
    bits = "0000000000011" * 6
    data = int(bits.ljust(80, "0"), 2).to_bytes(10, "big")
    assert data.startswith(fax(b"\xff" + data + b"SECRET")[1:])


@pytest.mark.parametrize("data", [b"", b"SECRET", b"\0" * 50, group4(30)[:-3]])
def test_a_fax_without_an_end_is_unknown(data: bytes) -> None:
    with pytest.raises(UnknownPicture):
        fax(data)


def segment(number: int, kind: int, body: bytes, references: int = 0) -> bytes:
    """A segment of page 1 that refers to so many before it."""
    head = number.to_bytes(4, "big") + bytes([kind])
    if references < 5:
        head += bytes([references << 5])
    else:
        head += (0xE0000000 | references).to_bytes(4, "big") + bytes((references + 8) // 8)
    return head + bytes(references) + b"\1" + len(body).to_bytes(4, "big") + body


PICTURE = segment(0, 48, b"page") + segment(1, 0, b"symbols") + segment(2, 6, b"text", 1) + segment(3, 38, b"dots", 9)


def test_segments_of_a_picture_stay() -> None:
    assert jbig2(PICTURE) == PICTURE


@pytest.mark.parametrize("kind", [51, 52, 62, 1])
def test_comments_and_segments_that_nobody_knows_go(kind: int) -> None:
    assert jbig2(segment(9, kind, b"SECRET") + PICTURE + segment(9, kind, b"SECRET")) == PICTURE


@pytest.mark.parametrize("behind", [b"SECRET", b"SECRET words that are longer than a head", b"\0", b"\xff" * 30])
def test_what_stands_behind_the_last_segment_goes(behind: bytes) -> None:
    assert jbig2(PICTURE + behind) == PICTURE


@pytest.mark.parametrize("data", [b"", b"SECRET", b"\xff" * 50, segment(0, 62, b"SECRET")])
def test_what_has_no_segments_is_unknown(data: bytes) -> None:
    with pytest.raises(UnknownPicture):
        jbig2(data)
