"""The objects that parts bring along, such as pictures and brought fonts: equal ones are written once for the pack."""

from collections.abc import Sequence

from torbay_reports.publishing.joining.fonts import Faces
from torbay_reports.publishing.joining.writer import Writer
from torbay_reports.publishing.parts.values import Part, Raw


class Numbers:
    """What a part's own objects and fonts are called in the pack."""

    def __init__(self, part: Part, faces: Faces) -> None:
        self._raws = [font.raw for font in part.fonts]
        self._faces = [faces.use(font.face, font.glyphs) if font.face else 0 for font in part.fonts]
        self.objects = [0] * len(part.objects)

    def font(self, place: int) -> int:
        """The pack's object for a font of the part."""
        return self._faces[place] or self.objects[self._raws[place]]

    def text(self, pieces: Sequence[bytes | int]) -> str:
        """Pieces of the part as PDF, references to its objects and fonts turned into those to the pack's."""
        return "".join(
            piece.decode("latin-1")
            if isinstance(piece, bytes)
            else f" {self.objects[piece] if piece >= 0 else self.font(-1 - piece)} 0 R "
            for piece in pieces
        )

    def needs(self, raw: Raw) -> set[int]:
        """The objects of the part that one of them refers to."""
        needed = set()
        for piece in raw.text:
            if isinstance(piece, int):
                if piece >= 0:
                    needed.add(piece)
                elif not self._faces[-1 - piece]:
                    needed.add(self._raws[-1 - piece])
        return needed


class Objects:
    """Writes the objects of parts one part after another, and remembers what it has written."""

    def __init__(self, writer: Writer, faces: Faces) -> None:
        self._writer = writer
        self._faces = faces
        self._written: dict[tuple[str, bytes | None], int] = {}

    def add(self, part: Part) -> Numbers:
        """Write a part's objects where the pack has no equal one yet, and note the glyphs that it uses.

        Objects in a ring of references are never taken for equal to others. Raises PackFault for a face of type that
        is not the program's.
        """
        numbers = Numbers(part, self._faces)
        ordered = _without_rings([numbers.needs(raw) for raw in part.objects])
        for place in ordered:
            numbers.objects[place] = self._once(part.objects[place], numbers)
        ringed = sorted(set(range(len(part.objects))) - set(ordered))
        for place in ringed:
            numbers.objects[place] = self._writer.number()
        for place in ringed:
            raw = part.objects[place]
            self._write(numbers.objects[place], numbers.text(raw.text), raw.stream)
        return numbers

    def _once(self, raw: Raw, numbers: Numbers) -> int:
        body = numbers.text(raw.text)
        known = self._written.get((body, raw.stream))
        if known is None:
            known = self._written[body, raw.stream] = self._writer.number()
            self._write(known, body, raw.stream)
        return known

    def _write(self, number: int, body: str, stream: bytes | None) -> None:
        if stream is None:
            self._writer.put(number, body)
        else:
            self._writer.put_stream(number, body.strip().removeprefix("<<").removesuffix(">>"), stream)


def _without_rings(waits_for: Sequence[set[int]]) -> list[int]:
    """The objects from which no ring of references can be reached, each after those that it refers to."""
    users: dict[int, list[int]] = {}
    for place, needed in enumerate(waits_for):
        for other in needed:
            users.setdefault(other, []).append(place)
    left = [len(needed) for needed in waits_for]
    ready = [place for place, count in enumerate(left) if not count]
    for place in ready:
        for user in users.get(place, ()):
            left[user] -= 1
            if not left[user]:
                ready.append(user)
    return ready
