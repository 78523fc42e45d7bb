"""Opens a PDF that nobody trusts and finds its pages, or refuses it with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from torbay_reports.publishing.uploads import limits
from torbay_reports.publishing.uploads.refusals import ANEW, RefusedPdf, broken, broken_page, too_much
from torbay_reports.publishing.uploads.scalars import Box, box_of, plain_number

_INHERITED: Final = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_HEAD_WITHIN: Final = 1024
"""Where the mark of a PDF may stand at the latest, as readers take it."""

_TREE_DEPTH: Final = 60
_RIGHT_ANGLE: Final = 90


@dataclass(frozen=True)
class SourcePage:
    """A page with what it inherits. `box` is what shows, in its own units, of which one is `unit` points."""

    obj: Object
    number: int
    resources: Object
    box: Box
    is_cropped: bool
    rotate: int
    unit: float

    @property
    def width(self) -> float:
        """In points, before it is turned."""
        return (self.box[2] - self.box[0]) * self.unit

    @property
    def height(self) -> float:
        """In points, before it is turned."""
        return (self.box[3] - self.box[1]) * self.unit

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A place of the page's own units in points from what shows' lower left corner."""
        return (x - self.box[0]) * self.unit, (y - self.box[1]) * self.unit


def opened(data: bytes) -> Pdf:
    """The file, opened. Raises RefusedPdf."""
    _look(data)
    try:
        pdf = Pdf.open(BytesIO(data), inherit_page_attributes=False)
    except PasswordError:
        raise RefusedPdf("This PDF is locked with a password. Save it without one, and bring that.") from None
    except PdfError as error:
        if "encrypt" in str(error).lower():
            raise RefusedPdf("This PDF is encrypted. Save it without a password, and bring that.") from None
        raise broken() from None
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        raise RefusedPdf(
            "This PDF is encrypted: it opens, but its author restricts what may be done with it. Ask for one without "
            "restrictions."
        )
    if len(pdf.objects) > limits.OBJECTS:
        raise too_much(f"holds more than {limits.OBJECTS:,} objects")
    root = pdf.trailer.get(Name.Root)
    if not isinstance(root, Dictionary):
        raise broken()
    if Name.Collection in root:
        raise RefusedPdf("This PDF is a portfolio of other files. Take them out of it, and bring each of them.")
    rendering: Any = root.get("/NeedsRendering")
    if rendering is True:
        raise RefusedPdf(
            "This PDF is a form whose pages its own program makes each time it opens. Print it to a new PDF, and "
            "bring that."
        )
    return pdf


def _look(data: bytes) -> None:
    if not data:
        raise RefusedPdf("This file is empty. Save it again, and bring that.")
    if len(data) > limits.FILE_BYTES:
        raise RefusedPdf(
            f"This file has more than {limits.FILE_BYTES // limits.MEGABYTE} MB. Save it with smaller pictures, or "
            "bring it in pieces."
        )
    if b"%PDF-" not in data[:_HEAD_WITHIN]:
        raise RefusedPdf("This file is no PDF. Save the document as a PDF, and bring that.")


def pages_of(pdf: Pdf) -> list[SourcePage]:
    """All pages in order. Raises RefusedPdf: no pages, too many, a loop, a page that is broken or of absurd size."""
    found: list[SourcePage] = []
    seen: set[tuple[int, int]] = set()
    for node, inherited in _leaves(pdf.Root.get(Name.Pages), seen):
        if len(found) >= limits.PAGES:
            raise RefusedPdf(
                f"This PDF has more than {limits.PAGES:,} pages. Bring it in pieces of at most {limits.PAGES:,}."
            )
        found.append(_page(node, inherited, len(found) + 1))
    if not found:
        raise RefusedPdf(f"This PDF has no pages. {ANEW}")
    return found


def _leaves(top: Any, seen: set[tuple[int, int]]) -> Iterator[tuple[Object, dict[str, Any]]]:
    waiting: list[tuple[Any, dict[str, Any], int]] = [(top, {}, 0)]
    while waiting:
        node, inherited, depth = waiting.pop()
        if not isinstance(node, Dictionary) or isinstance(node, Stream):
            raise broken()
        if node.is_indirect:
            if node.objgen in seen:
                raise RefusedPdf(f"The pages of this PDF are listed in a loop, or one of them twice. {ANEW}")
            seen.add(node.objgen)
        if depth > _TREE_DEPTH or len(seen) > limits.OBJECTS:
            raise broken()
        known = inherited | {key: node[key] for key in _INHERITED if key in node}
        kids = node.get(Name.Kids)
        if isinstance(kids, Array):
            waiting.extend((kid, known, depth + 1) for kid in reversed(list(kids)))
        elif node.get(Name.Type) == Name.Pages:
            continue
        else:
            yield node, known


def _page(node: Object, known: dict[str, Any], number: int) -> SourcePage:
    unit = plain_number(node.get("/UserUnit"), 1.0)
    media = box_of(known.get("/MediaBox"))
    if media is None or not 0 < unit <= limits.LONGEST_SIDE:
        raise RefusedPdf(f"Page {number} of this PDF does not say how large it is. {ANEW}")
    crop = box_of(known.get("/CropBox")) or media
    shown = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    if shown[0] >= shown[2] or shown[1] >= shown[3]:
        shown = media
    sides = ((shown[2] - shown[0]) * unit, (shown[3] - shown[1]) * unit)
    if max(sides) > limits.LONGEST_SIDE or min(sides) < limits.SHORTEST_SIDE:
        raise RefusedPdf(
            f"Page {number} of this PDF has an impossible size ({sides[0] / 72:.1f} by {sides[1] / 72:.1f} inches). "
            "Print it on A4, and bring that."
        )
    resources = known.get("/Resources")
    turn = plain_number(known.get("/Rotate"), 0)
    if turn % _RIGHT_ANGLE:
        raise broken_page(number)
    return SourcePage(
        obj=node,
        number=number,
        resources=resources if isinstance(resources, Dictionary) else Dictionary(),
        box=shown,
        is_cropped=any(abs(one - other) > 1 for one, other in zip(shown, media, strict=True)),
        rotate=int(turn) % 360,
        unit=unit,
    )
