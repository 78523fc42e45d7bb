"""Where rooms say what else must not get out, besides exempt and confidential papers: the scan looks for that too."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from torbay_reports.publishing.leaks.secrets import Secret


@dataclass(frozen=True)
class Provider:
    """One room's secrets. `number` says how many things it keeps back; `secrets` gives what each would give away, where
    it is given what everybody may know (`secret_of`'s `without`). `is_public` says of a normalised phrase whether the
    room has made it public itself."""

    name: str
    number: Callable[[], int]
    secrets: Callable[[Sequence[str]], Iterable[Secret]]
    is_public: Callable[[str], bool]


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Add a room's secrets. Raises ValueError for a name that is taken by another."""
    if _providers.setdefault(provider.name, provider) != provider:
        raise ValueError(f"Two providers of secrets are called '{provider.name}'.")


def number() -> int:
    """How many things all rooms keep back together."""
    return sum(each.number() for each in _providers.values())


def provided(without: Sequence[str]) -> Iterator[Secret]:
    """What all of them would give away, one by one, besides what everybody may know."""
    for each in _providers.values():
        yield from each.secrets(without)


def is_public(phrase: str) -> bool:
    """Whether a room has made these normalised words public itself."""
    return any(each.is_public(phrase) for each in _providers.values())
