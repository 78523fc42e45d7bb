"""What the checks say of a brought PDF: a code, the page from 1 (0 for the whole file) and a sentence with the cure.

Most are warnings, which a person passes by name with a reason before the file stands in a pack. A few only tell.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from torbay_reports.publishing.models import AnyPdf

_KEPT_DETAILS: Final = 5
_LONGEST: Final = 60

SENTENCES: Final = {
    "not-tagged": "The file has no tags: a screen reader finds no headings, tables or pictures in it. Ask its author "
    "for a tagged PDF, in Word by saving as PDF with “Document structure tags for accessibility”.",
    "tags-dropped": "The tags of the file hold nothing, or cannot stand in a pack, and were left out: a screen reader "
    "finds no headings, tables or pictures in it. Ask its author to save it anew.",
    "no-language": "The file does not say which language it is in; it is taken for English. Ask the author to set it.",
    "no-title": "The file has no title of its own; readers see the title given here.",
    "redaction-not-applied": "text is marked to be blacked out, but that was never carried out: THE TEXT IS STILL "
    "THERE AND CAN BE READ. Apply the redactions and bring the file again.",
    "page-not-tagged": "no tags here, though other pages have some; this is read out as one block of text. Ask the "
    "author for a PDF whose every page is tagged.",
    "tags-repaired": "The tags of the file are damaged (they hang in two places or nowhere); what could be kept is "
    "kept. Ask the author to save it anew.",
    "tags-inside-drawings": "tags inside a drawing were joined into one. Ask the author for a PDF straight from the "
    "program that wrote it.",
    "text-not-in-tags": "the tags leave out some text: a screen reader passes over it. Ask the author to tag it.",
    "no-text": "no text. This looks like a scan or a picture, which cannot be read out or searched. Ask for the "
    "document itself, or have its text recognised.",
    "fonts-not-embedded": "type that is not in the file and may look different on every device: {details}. Ask the "
    "author to embed all fonts.",
    "unreadable-characters": "characters that cannot be read out or searched. Ask the author to save the PDF from "
    "the program that wrote it.",
    "hidden-text": "letters and digits that do not show, but can be copied, are found by a search and are read out "
    "({details}): they are covered, in the colour of what lies under them, cut off or outside the page. If they were "
    "to be blacked out, do not pass this: take them out of the document itself.",
    "tiny-text": "letters and digits smaller than two points, which nobody can read on the page but any program "
    "({details}). See what they say, or ask the author to leave them out.",
    "not-looked-at": "this takes too long to draw, so nobody has looked whether words do not show. Select everything "
    "in a PDF reader, and see that only what is printed is marked.",
    "invisible-text": "words that do not show but can be copied and are read out, as text recognition leaves them over "
    "a scan ({details}). See that they say what is printed and nothing else.",
    "header-without-scope": "table headings do not say whether they head a row or a column; their place decided. Ask "
    "the author to set it.",
    "picture-without-alternative": "pictures without a description. Ask the author to describe them.",
    "links-removed": "links that lead to other than web or mail addresses or places in this file were removed: "
    "{details}.",
    "scripts-removed": "The file carries scripts; they were removed. What they would have shown or computed is "
    "missing.",
    "actions-removed": "The file asks the reader's program to act; that was removed: {details}.",
    "files-removed": "The file has other files attached; they were removed. Bring them as papers of their own if "
    "they belong to the meeting.",
    "forms-removed": "The file is a form; its fields no longer work, and what is filled in stands as text where it "
    "could be kept. Look through its pages.",
    "comments-removed": "comments, stamps or marks laid over the page were removed: {details}. What they covered can "
    "be read now: if one was to hide words, do not pass this, and take the words out of the document itself. If they "
    "should show, print them into the PDF.",
    "media-removed": "sound, film or a model was removed: {details}.",
    "hidden-layers": "layers that do not show were removed. If they should show, turn them on, save, and bring the "
    "file again.",
    "cropped": "what lies outside the cropped page does not show, but is still in the file and can be copied. Print "
    "the file to a new PDF if it must not be read.",
    "page-size": "{details}, not A4. It is not fitted to A4: see that it can be read.",
    "broken-content": "instructions that no reader can follow were left out. Compare with the original.",
    "content-removed": "what is not safe or cannot be kept was removed: {details}. Compare with the original.",
    "metadata-removed": "The names, dates and programs that the file notes about itself, its small previews and its "
    "programs' private notes were left out.",
}
"""By code. Those of pages follow on “Page 3: ” or “Pages 3 to 5: ”."""

ONLY_TOLD: Final = frozenset({"metadata-removed", "no-title"})
"""Codes that nobody has to pass: nothing is lost to a reader."""


class Finding(msgspec.Struct, frozen=True, array_like=True, order=True):
    """One thing to know of the file. `page` is from 1, or 0 for the whole file."""

    code: str
    page: int
    sentence: str

    @property
    def is_warning(self) -> bool:
        """Whether a person must pass it before the file stands in a pack."""
        return self.code not in ONLY_TOLD


class Findings:
    """Collects what is found while a file is read; each code once a page."""

    def __init__(self) -> None:
        self._details: dict[tuple[int, str], dict[str, None]] = {}

    def add(self, code: str, page: int = 0, detail: str = "") -> None:
        """Note a finding; `detail` names what it is about, and may come from the file."""
        kept = self._details.setdefault((page, code), {})
        if detail and len(kept) <= _KEPT_DETAILS:
            kept["".join(each for each in detail if each.isprintable())[:_LONGEST]] = None

    def sorted(self) -> list[Finding]:
        """All of them, those of the whole file first. The same on pages in a row is one, at the first of them."""
        found: list[Finding] = []
        for code, (pages, details) in self._runs():
            sentence = SENTENCES[code].replace("{details}", _listed(details))
            found.append(Finding(code, pages[0], _place(pages) + sentence))
        order = list(SENTENCES)
        return sorted(found, key=lambda each: (each.page, order.index(each.code)))

    def _runs(self) -> Iterator[tuple[str, tuple[list[int], list[str]]]]:
        for code in SENTENCES:
            run: list[int] = []
            details: dict[str, None] = {}
            for page in sorted(page for page, each in self._details if each == code):
                if run and page != run[-1] + 1:
                    yield code, (run, list(details))
                    run, details = [], {}
                run.append(page)
                details |= self._details[page, code]
            if run:
                yield code, (run, list(details))


def _place(pages: list[int]) -> str:
    if not pages[0]:
        return ""
    return f"Page {pages[0]}: " if len(pages) == 1 else f"Pages {pages[0]} to {pages[-1]}: "


def _listed(details: list[str]) -> str:
    if not details:
        return "not named"
    return ", ".join(details[:_KEPT_DETAILS]) + (" and more" if len(details) > _KEPT_DETAILS else "")


def of_upload(upload: "AnyPdf") -> list[Finding]:
    """All that was found in it, as stored."""
    return msgspec.convert(upload.findings, list[Finding])


def open_warnings(upload: "AnyPdf") -> list[Finding]:
    """The warnings that nobody has passed yet, those of the whole file first."""
    passed = {(each.code, each.page) for each in upload.passed.all()}
    return [each for each in of_upload(upload) if each.is_warning and (each.code, each.page) not in passed]
