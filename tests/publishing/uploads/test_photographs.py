"""Pictures lose their notes and look the same."""

from io import BytesIO

import pytest
from PIL import Image

from torbay_reports.publishing.uploads.photographs import without_notes


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


@pytest.mark.parametrize("length", [0, 2, 3, 10, 40])
def test_what_is_cut_short_stays_as_it_is(length: int) -> None:
    data = photograph(comment=b"words")[:length]
    assert without_notes(data) == data


def test_what_is_no_photograph_stays_as_it_is() -> None:
    assert without_notes(b"II*\0anything") == b"II*\0anything"
