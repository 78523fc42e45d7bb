"""The operators of a content stream (ISO 32000-1 annex A) and what each is to have. Others are left out."""

from typing import Final

ANY: Final = -1

OPERANDS: Final[dict[str, int]] = {
    **dict.fromkeys(("q", "Q", "BT", "ET", "T*", "h", "W", "W*", "EMC"), 0),
    **dict.fromkeys(("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n"), 0),
    **dict.fromkeys(("w", "J", "j", "M", "ri", "i", "Tc", "Tw", "Tz", "TL", "Ts", "Tr", "g", "G"), 1),
    **dict.fromkeys(("gs", "cs", "CS", "sh", "Do", "Tj", "TJ", "'", "BMC", "MP"), 1),
    **dict.fromkeys(("d", "Td", "TD", "m", "l", "Tf", "d0", "BDC", "DP"), 2),
    **dict.fromkeys(("rg", "RG", '"'), 3),
    **dict.fromkeys(("k", "K", "v", "y", "re"), 4),
    **dict.fromkeys(("cm", "Tm", "c", "d1"), 6),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), ANY),
    "INLINE IMAGE": 1,
}

PATH: Final = frozenset({"m", "l", "c", "v", "y", "re", "h"})
PAINT: Final = frozenset({"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n"})
SHOW: Final = frozenset({"Tj", "TJ", "'", '"'})
MARKS: Final = frozenset({"BMC", "BDC", "EMC"})
POINTS: Final = frozenset({"MP", "DP"})
COLOURS: Final = frozenset({"cs", "CS"})
PATTERNS: Final = frozenset({"scn", "SCN"})
CLIPS: Final = frozenset({"W", "W*"})
NAMED: Final = {"gs": "/ExtGState", "sh": "/Shading", "Do": "/XObject"}
ENDS_PATHS: Final = SHOW | MARKS | {"q", "Q", "BT", "ET", "Do", "sh", "INLINE IMAGE"}
"""What cannot stand between a path's beginning and its painting."""

SPECIAL: Final = (
    PATH
    | PAINT
    | CLIPS
    | SHOW
    | MARKS
    | POINTS
    | COLOURS
    | PATTERNS
    | NAMED.keys()
    | {"q", "Q", "BT", "ET", "Tf", "INLINE IMAGE"}
)
"""Those that need more than to be passed on."""
