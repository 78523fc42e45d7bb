"""A sum in a cell of a page's table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A cell with a sum."""

    text: str

    @property
    def is_bracketed(self) -> bool:
        """Whether it ends in a bracket, which hangs out of the column of digits."""
        return self.text.endswith(")")
