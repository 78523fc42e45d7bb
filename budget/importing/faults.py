"""What is wrong with a file's rows, gathered, so that a person reads all of it at once."""

from collections.abc import Sequence
from typing import Final

from torbay_reports.core.formatting import count
from torbay_reports.core.reading import UnreadableFile

MOST_SHOWN: Final = 50


class RefusedRows(UnreadableFile):
    """Rows of the file cannot be taken in; `sentences` name each with its row and its cure. Nothing of it counts."""

    def __init__(self, sentences: Sequence[str]) -> None:
        shown = list(sentences[:MOST_SHOWN])
        if len(sentences) > MOST_SHOWN:
            shown.append(f"And {count(len(sentences) - MOST_SHOWN, 'more fault', 'more faults')} like these.")
        super().__init__("\n".join(shown))
        self.sentences = tuple(shown)


class Faults:
    """Gathers the faults of one file."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []

    def add(self, row: int, sentence: str, column: str = "") -> None:
        """Say what is wrong in a row, and in which column of it."""
        place = f"Row {row}, {column}" if column else f"Row {row}"
        self._found.append((row, f"{place}: {sentence}"))

    def refuse(self) -> None:
        """Raises RefusedRows where anything was found, in the order of the rows."""
        if self._found:
            raise RefusedRows([sentence for _, sentence in sorted(self._found, key=lambda each: each[0])])
