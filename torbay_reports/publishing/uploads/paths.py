"""A path of a content from its beginning to its painting. In a hidden layer nothing of it stays but its cut."""

from typing import Any, Final

from pikepdf import ContentStreamInstruction, Operator

NO_PAINT: Final = ContentStreamInstruction([], Operator("n"))


class Path:
    """The path that is being written."""

    def __init__(self, out: list[Any]) -> None:
        self.is_open = False
        self._out = out
        self._waiting: list[Any] | None = None

    def add(self, instruction: Any, *, is_hidden: bool) -> None:
        """A piece of its outline."""
        if not self.is_open:
            self.is_open = True
            self._waiting = [] if is_hidden else None
        (self._out if self._waiting is None else self._waiting).append(instruction)

    def clip(self, instruction: Any) -> None:
        """It cuts what follows it, even what is not hidden, so its outline is needed."""
        if self._waiting is not None:
            self._out += self._waiting
            self._waiting = None
        self._out.append(instruction)

    def paint(self, instruction: Any, *, is_hidden: bool) -> None:
        """It ends."""
        if self._waiting is None:
            self._out.append(NO_PAINT if is_hidden else instruction)
        self.is_open = False
        self._waiting = None
