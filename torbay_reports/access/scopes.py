"""The names of what roles can be limited to, which the rooms above register."""

from collections.abc import Callable, Mapping

from torbay_reports.access.roles import ScopeKind

Names = Callable[[], Mapping[str, str]]

_sources: dict[ScopeKind, Names] = {}


class AlreadyRegistered(Exception):
    """Two apps claim the same kind of scope."""


def register(kind: ScopeKind, names: Names) -> None:
    """Says where the names of that kind come from: `names()` reads slug and name of each in one query.

    Call it from an AppConfig's `ready`. Raises AlreadyRegistered when the kind has a source.
    """
    if kind in _sources:
        raise AlreadyRegistered(f"The names of a {kind} are registered twice. Keep one call of scopes.register.")
    _sources[kind] = names


def names_of(kind: ScopeKind) -> Mapping[str, str]:
    """Slug and name of everything of that kind, read now; empty where nobody has registered any."""
    source = _sources.get(kind)
    return source() if source else {}


def name_of(kind: ScopeKind, slug: str) -> str:
    """The name, read now; where there is none, the slug in words."""
    return names_of(kind).get(slug) or slug.replace("-", " ")
