"""Pictures lose their notes and look the same."""

from io import BytesIO

import pytest
from PIL import Image

from torbay_reports.publishing.uploads.photographs import UnknownPicture, without_notes


def photograph(**more: bytes) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").save(out, "JPEG", **more)
    return out.getvalue()


def pixels(data: bytes) -> bytes:
    return Image.open(BytesIO(data)).tobytes()


def test_notes_of_the_camera_and_comments_go_and_the_picture_stays() -> None:
    noted = photograph(exif=b"Exif\0\0SECRET place", comment=b"SECRET words")
    cleaned = without_notes(noted)
    assert b"SECRET" in noted
    assert b"SECRET" not in cleaned
    assert pixels(cleaned) == pixels(noted)


def test_the_colour_profile_stays() -> None:
    assert b"the profile" in without_notes(photograph(icc_profile=b"the profile"))


@pytest.mark.parametrize("progressive", [False, True])
def test_what_stands_before_and_behind_the_picture_goes(progressive: bool) -> None:
    out = BytesIO()
    Image.effect_noise((90, 70), 60).save(out, "JPEG", progressive=progressive)
    cleaned = without_notes(b"SECRET" + out.getvalue() + b"SECRET \xff\xd8\xff\xd9")
    assert cleaned == without_notes(out.getvalue())
    assert pixels(cleaned) == pixels(out.getvalue())


def test_previews_in_its_head_go() -> None:
    data = photograph()
    head = b"JFIF\0\1\1\0\0\1\0\1\2\1SECRET"
    extension = b"\xff\xe0\0\x0eJFXX\0\x10SECRET"
    noted = b"\xff\xd8\xff\xe0" + (len(head) + 2).to_bytes(2, "big") + head + extension + data[20:]
    cleaned = without_notes(noted)
    assert b"SECRET" not in cleaned
    assert pixels(cleaned) == pixels(data)


def test_a_scan_that_breaks_off_is_ended() -> None:
    data = photograph()
    assert without_notes(data[:-20]) == without_notes(data)[:-20] + b"\xff\xd9"


@pytest.mark.parametrize("data", [b"", b"II*\0anything", photograph()[:2], photograph()[:3], photograph()[:40]])
def test_what_cannot_be_told_from_notes_is_unknown(data: bytes) -> None:
    with pytest.raises(UnknownPicture):
        without_notes(data)
