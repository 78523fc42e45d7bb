"""Lists every address of a URLconf, through all nested includes and namespaces."""

from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RegexPattern

Key = tuple[str, frozenset[str]]


def walk(
    patterns: Iterable[URLPattern | URLResolver], namespace: str = "", arguments: frozenset[str] = frozenset()
) -> Iterator[Key]:
    """The name, with its namespaces, and the names of the arguments of every address.

    An address without a name comes as "unnamed: " with its route, so that no table can hold it.
    """
    for pattern in patterns:
        own = arguments | _arguments(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner, own)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", own
        else:
            yield f"unnamed: {namespace}{pattern.pattern}", own


def _arguments(pattern: URLPattern | URLResolver) -> frozenset[str]:
    if isinstance(pattern.pattern, RegexPattern):
        return frozenset(pattern.pattern.regex.groupindex)
    return frozenset(pattern.pattern.converters)


def differences(addresses: Iterable[Key], rows: Iterable[Key]) -> list[str]:
    """One sentence for each address that no row names, and for each row whose address is gone."""
    there, written = set(addresses), set(rows)
    missing = [f"{_shown(key)} is missing from tests/urls_matrix/table.py: add a row." for key in there - written]
    gone = [f"{_shown(key)} is in tests/urls_matrix/table.py but not in the URLconf." for key in written - there]
    return sorted(missing) + sorted(gone)


def _shown(key: Key) -> str:
    name, arguments = key
    return f"{name}({', '.join(sorted(arguments))})"
