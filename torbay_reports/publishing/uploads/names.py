"""The resources that one content uses, under names of our own in the order of use. The others stay behind."""

import re
from typing import Any, Final, Protocol

from pikepdf import Array, Dictionary, Object

from torbay_reports.publishing.uploads.objects import Copier, Pieces
from torbay_reports.publishing.uploads.scalars import spelt

_LETTERS: Final = {
    "/Font": "f",
    "/XObject": "x",
    "/ExtGState": "g",
    "/ColorSpace": "c",
    "/Pattern": "p",
    "/Shading": "s",
}
_KINDS: Final = {"/ExtGState": "state", "/Shading": "shading", "/Pattern": "pattern", "/Font": "font"}
_OWN_COLOURS: Final = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"})
_SHORT_COLOURS: Final = frozenset({"G", "RGB", "CMYK", "I", "Indexed"})
_DEFAULTS: Final = ("DefaultGray", "DefaultRGB", "DefaultCMYK")
_SAFE = re.compile(r"/[A-Za-z0-9_.+-]{1,60}")
_OURS = re.compile(r"/c[0-9]+")


class XObjects(Protocol):
    """Who places pictures and drawings, which may take their resources from the content that draws them."""

    def xobject(self, held: Any, around: Object) -> int | None:
        """The place of a picture or drawing in the part."""


class Names:
    """Finds resources by the file's names and gives them ours."""

    def __init__(self, copier: Copier, resources: Any, xobjects: XObjects) -> None:
        self.resources = resources if isinstance(resources, Dictionary) else Dictionary()
        self.places: dict[tuple[str, str], int] = {}
        self._copier = copier
        self._xobjects = xobjects
        self._found: dict[tuple[str, str], str] = {}
        self._pieces: dict[str, dict[str, Pieces]] = {}
        for name in _DEFAULTS:
            self._keep_colours(name, name)

    def source(self, category: str, name: Any) -> Any:
        """What the file calls this name."""
        held = self.resources.get(category)
        return held.get(name) if isinstance(held, Dictionary) else None

    def canonical(self, category: str, name: Any) -> str:
        """Our name without slash; empty for what is not there or cannot be kept."""
        if category == "/ColorSpace" and spelt(name)[1:] in _OWN_COLOURS:
            return spelt(name)[1:]
        key = (category, spelt(name))
        if key not in self._found:
            self._found[key] = self._new(category, self.source(category, name))
        return self._found[key]

    def font(self, name: Any) -> int | None:
        """The place of a font in the part."""
        canonical = self.canonical("/Font", name)
        return self.places["/Font", canonical] if canonical else None

    def state_font(self, name: Any) -> int | None:
        """The place of the font that a graphics state sets, if it sets one."""
        held = self.source("/ExtGState", name)
        font = held.get("/Font") if isinstance(held, Dictionary) else None
        return self._copier.place(font[0], "font") if isinstance(font, Array) and len(font) == 2 else None

    def put(self, category: str, name: str, place: int) -> str:
        """Give an object of the part a name in this content."""
        key = (category, f" {name}")
        if key not in self._found:
            self._found[key] = self._named(category, [place, b" "])
            self.places[category, self._found[key]] = place
        return self._found[key]

    def keep_colours(self, held: Any) -> bool:
        """Keep the colour space of a picture inside the instructions under its own name. False when it cannot be."""
        if held is None or isinstance(held, Array):
            return True  # An array there holds names of the page's own colours and strings only.
        name = spelt(held)
        if name[1:] in _OWN_COLOURS | _SHORT_COLOURS:
            return True
        return bool(_SAFE.fullmatch(name)) and not _OURS.fullmatch(name) and self._keep_colours(name[1:], name[1:])

    def _keep_colours(self, name: str, ours: str) -> bool:
        held = self.resources.get("/ColorSpace")
        source = held.get("/" + name) if isinstance(held, Dictionary) else None
        written = None if source is None else self._copier.colours(source)
        if written is not None:
            self._pieces.setdefault("/ColorSpace", {})[ours] = written
        return written is not None

    def _new(self, category: str, held: Any) -> str:
        if held is None:
            return ""
        if category == "/ColorSpace":
            written = self._copier.colours(held)
            return "" if written is None else self._named(category, written)
        place = (
            self._xobjects.xobject(held, self.resources)
            if category == "/XObject"
            else self._copier.place(held, _KINDS[category])
        )
        if place is None:
            return ""
        name = self._named(category, [place, b" "])
        self.places[category, name] = place
        return name

    def _named(self, category: str, written: Pieces) -> str:
        named = self._pieces.setdefault(category, {})
        name = f"{_LETTERS[category]}{len(named)}"
        named[name] = written
        return name

    def fonts(self) -> dict[str, int]:
        """Our names of fonts, with their places in the part."""
        return {name: place for (category, name), place in self.places.items() if category == "/Font"}

    def entries(self, *, with_fonts: bool) -> Pieces:
        """The entries of a resource dictionary."""
        pieces: Pieces = []
        for category, named in self._pieces.items():
            if category == "/Font" and not with_fonts:
                continue
            pieces.append(category.encode() + b"<<")
            for name, written in named.items():
                pieces += [b"/" + name.encode() + b" ", *written]
            pieces.append(b">>")
        return pieces
