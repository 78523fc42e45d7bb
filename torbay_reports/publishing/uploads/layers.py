"""Which layers (optional content, ISO 32000-1 8.11) show when a file is opened. What does not must not travel."""

from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, Pdf

from torbay_reports.publishing.uploads.scalars import spelt

_DEPTH: Final = 10
_MOST: Final = 1000


class Layers:
    """The file's layers in its default configuration. What cannot be decided counts as hidden."""

    def __init__(self, pdf: Pdf) -> None:
        properties = pdf.Root.get("/OCProperties")
        self._groups: set[tuple[int, int]] = set()
        self._hidden: set[tuple[int, int]] = set()
        if isinstance(properties, Dictionary):
            self._groups = _groups(properties.get("/OCGs"))
            self._read(properties.get("/D"))

    def _read(self, default: Any) -> None:
        if not isinstance(default, Dictionary):
            return
        if default.get("/BaseState") == Name.OFF:
            self._hidden = self._groups - _groups(default.get("/ON"))
        self._hidden |= _groups(default.get("/OFF"))
        usages = default.get("/AS")
        for usage in list(usages)[:_MOST] if isinstance(usages, Array) else []:
            if isinstance(usage, Dictionary) and usage.get("/Event") == Name.View:
                self._read_usage(usage)

    def _read_usage(self, usage: Object) -> None:
        listed = usage.get("/OCGs")
        for group in list(listed)[:_MOST] if isinstance(listed, Array) else []:
            view = group.get("/Usage") if isinstance(group, Dictionary) else None
            view = view.get("/View") if isinstance(view, Dictionary) else None
            if isinstance(view, Dictionary) and view.get("/ViewState") == Name.OFF:
                self._hidden.add(group.objgen)

    def shows(self, held: Any) -> bool:
        """Whether what belongs to this group, or to this membership of several, shows."""
        if not isinstance(held, Dictionary):
            return False
        if held.get(Name.Type) != Name.OCMD:
            return self._group_shows(held)
        if isinstance(held.get("/VE"), Array):
            return self._expression(held["/VE"], 0)
        groups = held.get("/OCGs")
        if groups is None:
            return True
        listed = list(groups)[:_MOST] if isinstance(groups, Array) else [groups]
        shown = [self._group_shows(group) for group in listed if isinstance(group, Dictionary)]
        if not shown:
            return True
        match spelt(held.get("/P"), "/AnyOn"):
            case "/AllOn":
                return all(shown)
            case "/AnyOff":
                return not all(shown)
            case "/AllOff":
                return not any(shown)
            case _:
                return any(shown)

    def _group_shows(self, group: Object) -> bool:
        return group.objgen in self._groups and group.objgen not in self._hidden

    def _expression(self, held: Any, depth: int) -> bool:
        if isinstance(held, Dictionary):
            return self._group_shows(held)
        if not isinstance(held, Array) or len(held) < 2 or depth > _DEPTH or len(held) > _MOST:
            return False
        values = [self._expression(each, depth + 1) for each in list(held)[1:]]
        match spelt(held[0]):
            case "/And":
                return all(values)
            case "/Or":
                return any(values)
            case "/Not":
                return not values[0]
            case _:
                return False


def _groups(listed: Any) -> set[tuple[int, int]]:
    if not isinstance(listed, Array):
        return set()
    return {each.objgen for each in listed if isinstance(each, Dictionary) and each.is_indirect}
