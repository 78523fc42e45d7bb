"""What a corrected Document changes, figure by figure and sentence by sentence."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One change. `paper` is its title, `where` the place as a reader names it ("Paragraph 1.3", "Table …, row …,
    column …"); `before` is empty for what was added, `after` for what was taken away."""

    paper: str
    where: str
    before: str
    after: str
