"""How far a long piece of work has come, on standard error: a bar on a terminal, a line per step elsewhere."""

import sys
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import NoReturn, Self, TextIO, TypeVar

from tqdm import tqdm

Item = TypeVar("Item")


class Progress:
    """One step's progress; use it as a context manager.

    A step that knows how much there is to do calls `expect(total)` once and `advance()` for each part, or goes through
    its parts with `track(parts)`. A step that calls neither shows only that it began and ended.
    """

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self.title = title
        self._stream = sys.stderr if stream is None else stream
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        if self._stream.isatty():
            layout = "{desc:<48} {percentage:3.0f}% {bar} {n_fmt}/{total_fmt} {elapsed}"
            self._bar = tqdm(desc=self.title, total=1, file=self._stream, bar_format=layout)
        else:
            print(f"{self.title} …", file=self._stream, flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is None:
            return
        if kind is None and self._bar.total:
            self._bar.update(self._bar.total - self._bar.n)
        self._bar.close()

    def expect(self, total: int) -> None:
        """Say how many parts there are."""
        if self._bar is not None:
            self._bar.reset(total=max(total, 1))

    def advance(self, parts: int = 1) -> None:
        """Say that so many more parts are done."""
        if self._bar is not None:
            self._bar.update(parts)

    def track(self, parts: Iterable[Item]) -> Iterator[Item]:
        """Go through the parts and count each once it is dealt with."""
        known = list(parts)
        self.expect(len(known))
        for part in known:
            yield part
            self.advance()
