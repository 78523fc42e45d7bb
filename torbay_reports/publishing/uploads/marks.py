"""The marks of a page's content set anew: every piece belongs to one element of the tag tree or is an artifact.

What the file marks is kept piece by piece, under new numbers in the order of painting. Marks are never one in another
(but for the words that a piece is read out as), none is left open, and none begins in a text object and ends outside.
"""

from dataclasses import dataclass
from typing import Any, Final

from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator, String

from torbay_reports.publishing.uploads.scalars import said

Key = tuple[str, Any]
"""What the file calls a piece of content: ("mcid", its number), ("drawing", a form's object) and so on."""

LOOSE: Final[Key] = ("loose", None)
"""Content that the tag tree does not hold and that nobody called an artifact."""
ARTIFACT: Final[Key] = ("artifact", None)

_WORDS: Final = ("/ActualText", "/Alt", "/E", "/Lang")
_LONGEST_WORDS: Final = 5000

END: Final = ContentStreamInstruction([], Operator("EMC"))
_BEGIN_ARTIFACT: Final = ContentStreamInstruction([Name.Artifact], Operator("BMC"))


@dataclass
class Frame:
    """A mark of the file that is open. `key` is nothing where it does not say whose content follows."""

    key: Key | None
    is_written: bool = False
    is_in_text: bool = False


class Marks:
    """Writes the marks of one page. `kinds` are the elements' kinds by the keys of what they hold."""

    def __init__(self, kinds: dict[Key, str], out: list[Any]) -> None:
        self.pieces: list[Key] = []
        self._kinds = kinds
        self._out = out
        self._frames: list[Frame] = []
        self._words: list[Frame] = []
        self._open: Key | None = None
        self._is_in_text = False
        self._properties: dict[int, dict[str, Any]] = {}
        self.wanted: Key = LOOSE

    def begin(self, key: Key | None, properties: Any, *, is_in_text: bool, is_hidden: bool) -> None:
        """A mark of the file opens."""
        frame = Frame(key if key is None or key == ARTIFACT or key in self._kinds else LOOSE)
        self._frames.append(frame)
        if frame.key is not None:
            self._close()
            self.wanted = frame.key
            self._properties[len(self._frames)] = words_of(properties)
            if frame.key != LOOSE and not is_hidden:
                self.ensure(is_in_text=is_in_text)
        elif not is_hidden and (words := words_of(properties)):
            self.ensure(is_in_text=is_in_text)
            if self._open not in (ARTIFACT, LOOSE):
                frame.is_written, frame.is_in_text = True, is_in_text
                self._words.append(frame)
                self._out.append(_begin("Span", words))

    def end(self) -> bool:
        """The innermost mark closes. False where none is open."""
        if not self._frames:
            return False
        self._properties.pop(len(self._frames), None)
        frame = self._frames.pop()
        if frame.is_written:
            while self._words and self._end_words() is not frame:
                pass
        if frame.key is not None:
            self._close()
            self.wanted = next((each.key for each in reversed(self._frames) if each.key is not None), LOOSE)
        return True

    def holds(self, key: Key) -> bool:
        """Whether an element holds this."""
        return key in self._kinds

    def ensure(self, *, is_in_text: bool) -> None:
        """Open the piece to which what is painted next belongs."""
        if self._open == self.wanted:
            return
        self._close()
        self._open = self.wanted
        self._is_in_text = is_in_text
        if self.wanted in (ARTIFACT, LOOSE):
            self._out.append(_BEGIN_ARTIFACT)
            return
        depth = next((n for n in range(len(self._frames), 0, -1) if self._frames[n - 1].key == self.wanted), 0)
        # Words that stand for the whole of a piece are said with its first part only.
        words = self._properties.pop(depth, {})
        number = len(self.pieces)
        self.pieces.append(self.wanted)
        self._out.append(_begin(self._kinds[self.wanted], {"/MCID": number, **words}))

    def text_ends(self) -> None:
        """A text object is about to end: what was opened in it closes before."""
        if self._open is not None and self._is_in_text:
            self._close()
        while self._words and self._words[-1].is_in_text:
            self._end_words()

    def finish(self) -> None:
        """The content is at its end."""
        self._close()

    def _close(self) -> None:
        while self._words:
            self._end_words()
        if self._open is not None:
            self._out.append(END)
            self._open = None

    def _end_words(self) -> Frame:
        frame = self._words.pop()
        frame.is_written = False
        self._out.append(END)
        return frame


def _begin(kind: str, properties: dict[str, Any]) -> ContentStreamInstruction:
    return ContentStreamInstruction([Name("/" + kind), Dictionary(properties)], Operator("BDC"))


def words_of(properties: Any) -> dict[str, Any]:
    """What of a mark's properties is said to readers."""
    found: dict[str, Any] = {}
    if isinstance(properties, Dictionary):
        for key in _WORDS:
            value = properties.get(key)
            if isinstance(value, String) and len(bytes(value)) <= _LONGEST_WORDS:
                found[key] = String(said(value))
    return found
