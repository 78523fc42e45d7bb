"""What was met while a content was rewritten: what findings and bounds are made of."""

from dataclasses import dataclass, field


@dataclass
class Seen:
    """What was met in a content. `weight` counts instructions, those of what it draws too."""

    weight: int = 0
    shows_text: bool = False
    shows_loose_text: bool = False
    hides_layers: bool = False
    is_broken: bool = False
    fonts: set[int] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def take(self, other: "Seen") -> None:
        """Add what was met in a drawing that this content draws."""
        self.weight += other.weight
        self.shows_text |= other.shows_text
        self.hides_layers |= other.hides_layers
        self.is_broken |= other.is_broken
        self.fonts |= other.fonts
        self.removed |= other.removed
