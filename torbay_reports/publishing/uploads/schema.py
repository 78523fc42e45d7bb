"""What of a page's resources may stand in a pack, entry by entry. What is not named here does not travel.

So nothing has to be known of what an attacker might add: alternates, OPI, references to other files, metadata, private
notes and layers are left out because nobody lists them.
"""

from typing import Final

PLAIN: Final = "plain"
"""Numbers, names, strings, and arrays of these."""

_PICTURE: Final = {
    "/Type": PLAIN,
    "/Subtype": PLAIN,
    "/Width": PLAIN,
    "/Height": PLAIN,
    "/ColorSpace": "colours",
    "/BitsPerComponent": PLAIN,
    "/Intent": PLAIN,
    "/ImageMask": PLAIN,
    "/Mask": "mask",
    "/Decode": PLAIN,
    "/Interpolate": PLAIN,
    "/SMask": "picture",
    "/SMaskInData": PLAIN,
    "/Matte": PLAIN,
}
_DESCRIPTOR: Final = dict.fromkeys(
    (
        "/Type",
        "/FontName",
        "/FontFamily",
        "/FontStretch",
        "/FontWeight",
        "/Flags",
        "/FontBBox",
        "/ItalicAngle",
        "/Ascent",
        "/Descent",
        "/Leading",
        "/CapHeight",
        "/XHeight",
        "/StemV",
        "/StemH",
        "/AvgWidth",
        "/MaxWidth",
        "/MissingWidth",
        "/CharSet",
    ),
    PLAIN,
) | {"/FontFile": "font file", "/FontFile2": "font file", "/FontFile3": "font file"}
_SIMPLE_FONT: Final = {
    "/Type": PLAIN,
    "/Subtype": PLAIN,
    "/BaseFont": PLAIN,
    "/FirstChar": PLAIN,
    "/LastChar": PLAIN,
    "/Widths": PLAIN,
    "/FontDescriptor": "descriptor",
    "/Encoding": "encoding",
    "/ToUnicode": "map",
}

ENTRIES: Final[dict[str, dict[str, str]]] = {
    "picture": _PICTURE,
    "descriptor": _DESCRIPTOR,
    "font file": {
        "/Subtype": PLAIN,
        "/Length1": PLAIN,
        "/Length2": PLAIN,
        "/Length3": PLAIN,
    },
    "map": {
        "/Type": PLAIN,
        "/CMapName": PLAIN,
        "/CIDSystemInfo": "cid system",
        "/WMode": PLAIN,
        "/UseCMap": "map",
    },
    "cid system": {"/Registry": PLAIN, "/Ordering": PLAIN, "/Supplement": PLAIN},
    "encoding": {"/Type": PLAIN, "/BaseEncoding": PLAIN, "/Differences": PLAIN},
    "simple font": _SIMPLE_FONT,
    "composite font": {
        "/Type": PLAIN,
        "/Subtype": PLAIN,
        "/BaseFont": PLAIN,
        "/Encoding": "map",
        "/DescendantFonts": "cid font",
        "/ToUnicode": "map",
    },
    "cid font": {
        "/Type": PLAIN,
        "/Subtype": PLAIN,
        "/BaseFont": PLAIN,
        "/CIDSystemInfo": "cid system",
        "/FontDescriptor": "descriptor",
        "/DW": PLAIN,
        "/W": PLAIN,
        "/DW2": PLAIN,
        "/W2": PLAIN,
        "/CIDToGIDMap": "data",
    },
    "drawn font": {
        "/Type": PLAIN,
        "/Subtype": PLAIN,
        "/FontBBox": PLAIN,
        "/FontMatrix": PLAIN,
        "/Encoding": "encoding",
        "/FirstChar": PLAIN,
        "/LastChar": PLAIN,
        "/Widths": PLAIN,
        "/ToUnicode": "map",
    },
    "data": {},
    "profile": {"/N": PLAIN, "/Alternate": "colours", "/Range": PLAIN},
    "calibration": {"/WhitePoint": PLAIN, "/BlackPoint": PLAIN, "/Gamma": PLAIN, "/Matrix": PLAIN, "/Range": PLAIN},
    "function": {
        "/FunctionType": PLAIN,
        "/Domain": PLAIN,
        "/Range": PLAIN,
        "/Size": PLAIN,
        "/BitsPerSample": PLAIN,
        "/Order": PLAIN,
        "/Encode": PLAIN,
        "/Decode": PLAIN,
        "/C0": PLAIN,
        "/C1": PLAIN,
        "/N": PLAIN,
        "/Functions": "function",
        "/Bounds": PLAIN,
    },
    "shading": {
        "/ShadingType": PLAIN,
        "/ColorSpace": "colours",
        "/Background": PLAIN,
        "/BBox": PLAIN,
        "/AntiAlias": PLAIN,
        "/Function": "function",
        "/Coords": PLAIN,
        "/Domain": PLAIN,
        "/Extend": PLAIN,
        "/Matrix": PLAIN,
        "/BitsPerCoordinate": PLAIN,
        "/BitsPerComponent": PLAIN,
        "/BitsPerFlag": PLAIN,
        "/VerticesPerRow": PLAIN,
        "/Decode": PLAIN,
    },
    "shaded pattern": {
        "/Type": PLAIN,
        "/PatternType": PLAIN,
        "/Shading": "shading",
        "/Matrix": PLAIN,
        "/ExtGState": "state",
    },
    "drawn pattern": {
        "/Type": PLAIN,
        "/PatternType": PLAIN,
        "/PaintType": PLAIN,
        "/TilingType": PLAIN,
        "/BBox": PLAIN,
        "/XStep": PLAIN,
        "/YStep": PLAIN,
        "/Matrix": PLAIN,
    },
    "form": {
        "/Type": PLAIN,
        "/Subtype": PLAIN,
        "/BBox": PLAIN,
        "/Matrix": PLAIN,
        "/Group": "group",
    },
    "group": {"/Type": PLAIN, "/S": PLAIN, "/CS": "colours", "/I": PLAIN, "/K": PLAIN},
    "state": {
        "/Type": PLAIN,
        "/LW": PLAIN,
        "/LC": PLAIN,
        "/LJ": PLAIN,
        "/ML": PLAIN,
        "/D": PLAIN,
        "/RI": PLAIN,
        "/OP": PLAIN,
        "/op": PLAIN,
        "/OPM": PLAIN,
        "/Font": "sized font",
        "/FL": PLAIN,
        "/SM": PLAIN,
        "/SA": PLAIN,
        "/BM": PLAIN,
        "/SMask": "soft mask",
        "/CA": PLAIN,
        "/ca": PLAIN,
        "/AIS": PLAIN,
        "/TK": PLAIN,
    },
    "soft mask": {"/Type": PLAIN, "/S": PLAIN, "/G": "drawing", "/BC": PLAIN, "/TR": "function"},
    "decoding": {
        "/Predictor": PLAIN,
        "/Colors": PLAIN,
        "/BitsPerComponent": PLAIN,
        "/Columns": PLAIN,
        "/EarlyChange": PLAIN,
        "/K": PLAIN,
        "/EndOfLine": PLAIN,
        "/EncodedByteAlign": PLAIN,
        "/Rows": PLAIN,
        "/EndOfBlock": PLAIN,
        "/BlackIs1": PLAIN,
        "/DamagedRowsBeforeError": PLAIN,
        "/ColorTransform": PLAIN,
        "/JBIG2Globals": "data",
    },
}
"""By kind of dictionary or stream, its entries and of what kind they are. The kinds that stand only on the right, and
a value that is a name or a string where a dictionary is allowed too, are told apart in `objects`."""

SAYS_WHAT: Final = frozenset({"/Type", "/Subtype", "/S"})
"""Entries in which a dictionary says what it is."""

TYPES: Final = frozenset(
    {
        "/XObject",
        "/Font",
        "/FontDescriptor",
        "/ExtGState",
        "/Pattern",
        "/Group",
        "/Mask",
        "/Encoding",
        "/CMap",
        "/Image",
        "/Form",
        "/Type0",
        "/Type1",
        "/MMType1",
        "/TrueType",
        "/Type3",
        "/CIDFontType0",
        "/CIDFontType2",
        "/Type1C",
        "/CIDFontType0C",
        "/OpenType",
        "/Transparency",
        "/Alpha",
        "/Luminosity",
    }
)
"""All that it may say; nothing that a page uses is an action or an annotation."""

LISTS: Final = frozenset({"cid font", "function"})
"""Kinds of which an array may stand for one."""

NAMES_TOO: Final = frozenset({"map", "encoding", "data", "soft mask", "function"})
"""Kinds for which a name may stand ("Identity-H", "WinAnsiEncoding", "None")."""

STREAMS: Final = frozenset({"picture", "font file", "data", "profile"})
"""Kinds that are nothing unless they are streams. Maps and functions may be either."""
