"""Rewrites the instructions of pages and drawings: complete in themselves, with nothing that must not travel.

Drawings inside a page (form XObjects, patterns, the glyphs of drawn fonts) lose their own marks: all that a drawing
paints belongs to whoever draws it.
"""

import warnings
from collections.abc import Callable
from typing import Any, Final

from pikepdf import (
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Pdf,
    PdfError,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from torbay_reports.publishing.uploads import limits, operators
from torbay_reports.publishing.uploads.inline import is_harmless
from torbay_reports.publishing.uploads.layers import Layers
from torbay_reports.publishing.uploads.marks import ARTIFACT, LOOSE, Key, Marks
from torbay_reports.publishing.uploads.names import Names
from torbay_reports.publishing.uploads.paths import NO_PAINT, Path
from torbay_reports.publishing.uploads.refusals import too_much
from torbay_reports.publishing.uploads.seen import Seen

_SAVE: Final = ContentStreamInstruction([], Operator("q"))
_RESTORE: Final = ContentStreamInstruction([], Operator("Q"))
_END_TEXT: Final = ContentStreamInstruction([], Operator("ET"))
_NEXT_LINE: Final = ContentStreamInstruction([], Operator("T*"))
_MOST_OPEN: Final = 10_000
_MOST_MARKS: Final = 500


_NO_FONT: Final = -1


class Content:
    """One content stream while it is rewritten. `kinds` is given for pages of tagged files only."""

    def __init__(
        self,
        names: Names,
        layers: Layers,
        kinds: dict[Key, str] | None = None,
        drawing_seen: Callable[[int], Seen] = lambda place: Seen(),
    ) -> None:
        self.names = names
        self.seen = Seen()
        self.out: list[Any] = []
        self._layers = layers
        self._drawing_seen = drawing_seen
        self.marks = Marks(kinds or {}, self.out)
        self._is_marking = kinds is not None
        # Of the graphics state, what decides here: the font's place in the part.
        self._used_font = _NO_FONT
        self._saved: list[int] = []
        self._is_in_text = False
        self._path = Path(self.out)
        # Layers by the open marks of the file: False for a mark that hides what is in it.
        self._shows: list[bool] = []
        self._hidden = 0

    def read(self, pdf: Pdf, data: bytes) -> None:
        """Take in the instructions. Raises PdfError for what cannot be parsed at all."""
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            try:
                instructions = parse_content_stream(Stream(pdf, data))
            except (TypeError, ValueError):
                raise PdfError("instructions that hold what only files may hold") from None
        self.seen.is_broken |= bool(warned)
        self.seen.weight += len(instructions)
        for instruction in instructions:
            operator = bytes(instruction.operator).decode("latin-1")
            count = operators.OPERANDS.get(operator)
            if count is None or (count >= 0 and len(instruction.operands) != count):
                self.seen.is_broken |= operator not in {"BX", "EX"}
            elif operator in operators.SPECIAL:
                self._special(operator, instruction)
            else:
                self.out.append(instruction)

    def draw(self, name: str, key: Key, matrix: tuple[float, ...], place: int) -> None:
        """Draw, after all else, a drawing of the part (a filled-in field) for the element that holds `key`."""
        self.close()
        self.marks.begin(key, None, is_in_text=False, is_hidden=False)
        if self._is_marking:
            self.marks.ensure(is_in_text=False)
        canonical = self.names.put("/XObject", name, place)
        self.seen.take(self._drawing_seen(place))
        self.out += [
            _SAVE,
            ContentStreamInstruction([round(each, 5) for each in matrix], Operator("cm")),
            ContentStreamInstruction([Name("/" + canonical)], Operator("Do")),
            _RESTORE,
        ]
        self.marks.end() if self._is_marking else None

    def close(self) -> None:
        """End what the file left open."""
        if self._path.is_open:
            self._end_path()
        if self._is_in_text:
            self._end_text()
        while self._shows:
            self._end_mark()
        if self._is_marking:
            self.marks.finish()
        self.out.extend([_RESTORE] * len(self._saved))
        self._saved = []

    def written(self) -> bytes:
        """The instructions as bytes."""
        return unparse_content_stream(self.out)

    def _special(self, operator: str, instruction: Any) -> None:
        if self._path.is_open and operator in operators.ENDS_PATHS:
            self.seen.is_broken = True
            self._end_path()
        if operator in operators.PATH:
            if not self._path.is_open:
                self._paints()
            self._path.add(instruction, is_hidden=bool(self._hidden))
        elif operator in operators.CLIPS:
            self._path.clip(instruction)
        elif operator in operators.PAINT:
            self._path.paint(instruction, is_hidden=bool(self._hidden))
        elif operator in operators.SHOW:
            self._show(operator, instruction)
        elif operator in operators.MARKS:
            self._mark(operator, list(instruction.operands))
        else:
            self._other(operator, instruction)

    def _other(self, operator: str, instruction: Any) -> None:
        if operator in operators.NAMED:
            self._named(operator, instruction.operands[0])
        elif operator in operators.COLOURS or operator in operators.PATTERNS:
            self._colour(operator, instruction)
        elif operator == "INLINE IMAGE":
            self._inline(instruction)
        elif operator not in operators.POINTS:
            self._structural(operator, instruction)

    def _structural(self, operator: str, instruction: Any) -> None:
        match operator:
            case "q" if len(self._saved) < _MOST_OPEN:
                self._saved.append(self._used_font)
            case "Q" if self._saved:
                self._used_font = self._saved.pop()
            case "BT" if not self._is_in_text:
                self._is_in_text = True
            case "ET" if self._is_in_text:
                self._end_text()
                return
            case "Tf":
                self._font(instruction.operands)
                return
            case _:
                self.seen.is_broken = True
                return
        self.out.append(instruction)

    def _end_text(self) -> None:
        if self._is_marking:
            self.marks.text_ends()
        self._is_in_text = False
        self.out.append(_END_TEXT)

    def _font(self, operands: Any) -> None:
        name, size = operands
        place = self.names.font(name) if isinstance(name, Name) else None
        if place is None:
            self.seen.is_broken = True
            self._used_font = _NO_FONT
            return
        self._used_font = place
        self.out.append(
            ContentStreamInstruction([Name("/" + self.names.canonical("/Font", name)), size], Operator("Tf"))
        )

    def _end_path(self) -> None:
        """Give up a path that was never painted."""
        self._path.paint(NO_PAINT, is_hidden=bool(self._hidden))

    def _paints(self) -> None:
        if self._is_marking and not self._hidden:
            self.marks.ensure(is_in_text=self._is_in_text)

    def _show(self, operator: str, instruction: Any) -> None:
        if self._hidden or self._used_font == _NO_FONT:
            self.seen.is_broken |= not self._hidden
            # The place of the line after it stays the same.
            if operator == '"':
                word, letter, _ = instruction.operands
                self.out.append(ContentStreamInstruction([word], Operator("Tw")))
                self.out.append(ContentStreamInstruction([letter], Operator("Tc")))
            if operator in {"'", '"'}:
                self.out.append(_NEXT_LINE)
            return
        self._paints()
        self.seen.shows_text = True
        self.seen.shows_loose_text |= self.marks.wanted == LOOSE
        self.seen.fonts.add(self._used_font)
        self.out.append(instruction)

    def _mark(self, operator: str, operands: list[Any]) -> None:
        if operator == "EMC":
            if self._shows:
                self._end_mark()
            else:
                self.seen.is_broken = True
            return
        if len(self._shows) >= _MOST_MARKS:
            raise too_much("marks content inside content inside content")
        tag, properties = operands[0], self._properties(operands)
        shows = tag != Name.OC or (properties is not None and self._layers.shows(properties))
        self._shows.append(shows)
        if not shows:
            self._hidden += 1
            self.seen.hides_layers = True
        if self._is_marking:
            self.marks.begin(
                _key(tag, properties),
                properties,
                is_in_text=self._is_in_text,
                is_hidden=bool(self._hidden),
            )

    def _end_mark(self) -> None:
        if not self._shows.pop():
            self._hidden -= 1
        if self._is_marking:
            self.marks.end()

    def _properties(self, operands: list[Any]) -> Any:
        held = operands[1] if len(operands) > 1 else None
        if isinstance(held, Name):
            held = self.names.source("/Properties", held)
        return held if isinstance(held, Dictionary) else None

    def _named(self, operator: str, name: Any) -> None:
        if not isinstance(name, Name):
            self.seen.is_broken = True
            return
        category = operators.NAMED[operator]
        held = self.names.source(category, name)
        if (
            operator == "Do"
            and isinstance(held, Stream)
            and held.get("/OC") is not None
            and not self._layers.shows(held["/OC"])
        ):
            self.seen.hides_layers = True
            return
        if self._hidden and operator != "gs":
            return
        canonical = self.names.canonical(category, name)
        if not canonical:
            if held is None:
                self.seen.is_broken = True
            else:
                self.seen.removed.add(_WHAT[operator])
            return
        written = ContentStreamInstruction([Name("/" + canonical)], Operator(operator))
        if operator == "gs":
            font = self.names.state_font(name)
            if font is not None:
                self._used_font = font
        elif operator == "Do" and held is not None:
            self._draw(held, written, self.names.places[category, canonical])
            return
        else:
            self._paints()
        self.out.append(written)

    def _draw(self, held: Object, written: Any, place: int) -> None:
        inner = self._drawing_seen(place)
        self.seen.take(inner)
        if self.seen.weight > limits.INSTRUCTIONS:
            raise too_much("has a page that draws drawings in drawings without end")
        key: Key = ("drawing", held.objgen)
        is_own = self._is_marking and self.marks.wanted in (LOOSE, ARTIFACT) and self.marks.holds(key)
        if is_own:
            self.marks.begin(key, None, is_in_text=self._is_in_text, is_hidden=False)
        self._paints()
        self.seen.shows_loose_text |= inner.shows_text and self.marks.wanted == LOOSE
        self.out.append(written)
        if is_own:
            self.marks.end()

    def _colour(self, operator: str, instruction: Any) -> None:
        operands = list(instruction.operands)
        if not operands or not isinstance(operands[-1], Name):
            self.out.append(instruction)
            return
        category = "/ColorSpace" if operator in operators.COLOURS else "/Pattern"
        canonical = self.names.canonical(category, operands[-1])
        if canonical:
            operands[-1] = Name("/" + canonical)
            self.out.append(ContentStreamInstruction(operands, Operator(operator)))
        elif self.names.source(category, operands[-1]) is not None:
            self.seen.removed.add("a colour or pattern")
        else:
            self.seen.is_broken = True

    def _inline(self, instruction: Any) -> None:
        if self._hidden:
            return
        if not is_harmless(instruction.iimage, self.names):
            self.seen.removed.add("a picture")
            return
        self._paints()
        self.out.append(instruction)


_WHAT: Final = {"gs": "a setting", "sh": "a shading", "Do": "a drawing"}


def _key(tag: Any, properties: Any) -> Key | None:
    if tag == Name.Artifact:
        return ARTIFACT
    number = properties.get("/MCID") if properties is not None else None
    return ("mcid", number) if isinstance(number, int) and not isinstance(number, bool) else None
