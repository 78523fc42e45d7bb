"""The kinds of elements of an uploaded file's tags, brought back to those that ISO 32000-1 knows (14.8.4)."""

from typing import Any, Final

from pikepdf import Dictionary, Name

from torbay_reports.publishing.uploads.scalars import spelt

STANDARD: Final = frozenset(
    {
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    }
)
OPENED: Final = frozenset({"Document", "NonStruct", "Private", "StructTreeRoot", "Annot"})
"""Elements that say nothing of their own; what hangs under them hangs under the one above."""

TOP_WRAPPERS: Final = OPENED | {"Part", "DocumentFragment"}
LEFT_OUT: Final = "Artifact"

_OF_PDF_2: Final = {
    "DocumentFragment": "Sect",
    "Title": "H1",
    "Em": "Span",
    "Strong": "Span",
    "Sub": "Span",
    "Aside": "Div",
    "FENote": "Note",
    "Hn": "P",
}
_MOST_STEPS: Final = 16
_DEEPEST_HEADING: Final = "H6"


class Kinds:
    """The file's own names of kinds."""

    def __init__(self, tree: Any) -> None:
        held = tree.get("/RoleMap")
        self._roles = held if isinstance(held, Dictionary) else Dictionary()
        self._found: dict[str, str] = {}

    def standard(self, kind: Any) -> str:
        """The standard kind that a name stands for, without slash; "Div" for what stands for none."""
        name = spelt(kind, "/Div")
        if name not in self._found:
            self._found[name] = self._followed(kind)
        return self._found[name]

    def _followed(self, kind: Any) -> str:
        for _ in range(_MOST_STEPS):
            short = spelt(kind, "/Div")[1:]
            if short in STANDARD or short in OPENED or short == LEFT_OUT:
                return short
            if short in _OF_PDF_2:
                return _OF_PDF_2[short]
            if short[:1] == "H" and short[1:].isascii() and short[1:].isdigit():
                return _DEEPEST_HEADING
            kind = self._roles.get(kind)
            if not isinstance(kind, Name):
                break
        return "Div"
