"""Pictures that stand inside the instructions of a page: they stay as they are, or go."""

from typing import Any, Final

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.names import Names
from torbay_reports.publishing.uploads.streams import PACKINGS

_ENTRIES: Final = frozenset(
    {"/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/DecodeParms", "/Filter"}
    | {"/ImageMask", "/Interpolate", "/Intent", "/Length"}
)
_PACKINGS: Final = PACKINGS | {"/CCITTFaxDecode"}
"""A photograph's notes would come along with it."""


def is_harmless(picture: Any, names: Names) -> bool:
    """Whether it is of bearable size, says nothing besides, and has colours that can be kept."""
    return (
        _ENTRIES.issuperset(picture.obj.keys())
        and _PACKINGS.issuperset(picture.filters)
        and picture.width * picture.height <= limits.PICTURE_POINTS
        and names.keep_colours(picture.obj.get("/ColorSpace"))
    )
