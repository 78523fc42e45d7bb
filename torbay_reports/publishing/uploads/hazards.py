"""Looks through a whole file for what never reaches a pack, only to say that it was there.

Nothing depends on this search: a part is made of what pages are known to need, and of nothing else.
"""

from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Pdf, PdfError, Stream

from torbay_reports.publishing.uploads.findings import Findings
from torbay_reports.publishing.uploads.scalars import spelt

_ACTIONS: Final = {
    "/Launch": "start a program",
    "/SubmitForm": "send what is filled in",
    "/ImportData": "read a file",
    "/ResetForm": "empty the form",
    "/GoToE": "open an attached file",
    "/Rendition": "play",
    "/Hide": "hide something",
    "/SetOCGState": "switch layers",
    "/GoTo3DView": "turn a model",
    "/RichMediaExecute": "play",
    "/Named": "use its menu",
    "/Thread": "follow a thread",
    "/Trans": "show an effect",
}
_DEPTH: Final = 6
_MOST_ITEMS: Final = 20_000_000


class Search:
    """One search through all objects of a file."""

    def __init__(self, pdf: Pdf, findings: Findings) -> None:
        self._pdf = pdf
        self._findings = findings
        self._left = _MOST_ITEMS

    def run(self) -> None:
        """Note what is there."""
        self._catalogue()
        try:
            for each in self._pdf.objects:
                self._look(each, 0)
        except PdfError:
            return  # What cannot be read cannot be used by a page either.

    def _catalogue(self) -> None:
        root = self._pdf.Root
        form = root.get("/AcroForm")
        fields = form.get("/Fields") if isinstance(form, Dictionary) else None
        if isinstance(form, Dictionary) and (
            form.get("/XFA") is not None or (isinstance(fields, Array) and len(fields))
        ):
            self._findings.add("forms-removed")
        opening = root.get("/OpenAction")
        if isinstance(opening, Dictionary) and opening.get(Name.S) not in (Name.GoTo, None):
            self._findings.add("actions-removed", 0, "do something on opening")
        info = self._pdf.trailer.get("/Info")
        if root.get("/Metadata") is not None or (isinstance(info, Dictionary) and len(info)):
            self._findings.add("metadata-removed")

    def _look(self, held: Any, depth: int) -> None:
        self._left -= 1
        if depth > _DEPTH or self._left < 0:
            return
        if isinstance(held, Array):
            for each in list(held):
                # What is indirect comes round by itself.
                if isinstance(each, (Array, Dictionary)) and not each.is_indirect:
                    self._look(each, depth + 1)
        elif isinstance(held, (Dictionary, Stream)):
            self._look_at(held, depth)

    def _look_at(self, held: Any, depth: int) -> None:
        for key, value in held.items():
            match key:
                case "/JS" | "/JavaScript":
                    self._findings.add("scripts-removed")
                case "/S" if spelt(value) in _ACTIONS:
                    self._findings.add("actions-removed", 0, _ACTIONS[spelt(value)])
                case "/S" if value == Name.JavaScript:
                    self._findings.add("scripts-removed")
                case "/AA":
                    self._findings.add("actions-removed", 0, "do something as pages and fields are used")
                case "/EF" | "/EmbeddedFiles":
                    self._findings.add("files-removed")
                case "/Type" if value == Name.EmbeddedFile:
                    self._findings.add("files-removed")
                case "/Metadata" | "/PieceInfo" | "/Thumb":
                    self._findings.add("metadata-removed")
            if isinstance(value, (Array, Dictionary)) and not value.is_indirect:
                self._look(value, depth + 1)
