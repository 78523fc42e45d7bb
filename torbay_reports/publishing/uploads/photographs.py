"""Takes out of JPEG pictures what cameras and programs note in them: place, owner, a preview that was never cropped."""

from typing import Final

_START: Final = b"\xff\xd8"
_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
_NOTES: Final = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, _COMMENT})
"""All but JFIF (E0), the colour profile (E2) and Adobe's transform (EE), without which colours would change."""

_PROFILE: Final = 0xE2
_PROFILE_HEAD: Final = b"ICC_PROFILE\0"
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


def without_notes(data: bytes) -> bytes:
    """The picture without its notes, the same to look at; unchanged where it is not written as a JPEG."""
    if not data.startswith(_START):
        return data
    kept = [_START]
    place = len(_START)
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == _SCAN:
            return b"".join(kept) + data[place:]
        if marker in _STANDALONE:
            return data
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if end > len(data) or end < place + 4:
            return data
        is_note = marker in _NOTES or (marker == _PROFILE and not data[place + 4 : end].startswith(_PROFILE_HEAD))
        if not is_note:
            kept.append(data[place:end])
        place = end
    return data
