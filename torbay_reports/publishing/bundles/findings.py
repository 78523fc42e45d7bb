"""What a verification has read so far, and what it has found to differ.

Its sentences stand on pages and in logs, so they name a file by its path only where the public may read that; of all
others they say the pack, the version and the file's number.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from torbay_reports.publishing.bundles.bundlestore import BundleStore, is_plain
from torbay_reports.publishing.bundles.stores import locked_store, public_store, restricted_store
from torbay_reports.publishing.models import AnyBundle
from torbay_reports.publishing.packplan import Edition

SHOWN: Final = 12
"""So much of a checksum tells files apart."""


class StoreName(StrEnum):
    """A store, as sentences name it."""

    PUBLIC = "public store"
    RESTRICTED = "restricted store"
    LOCKED = "locked store"

    @property
    def store(self) -> BundleStore:
        """The store of this name."""
        return _STORES[self]()


_STORES: Final = {
    StoreName.PUBLIC: public_store,
    StoreName.RESTRICTED: restricted_store,
    StoreName.LOCKED: locked_store,
}
STORE_OF: Final = {Edition.PUBLIC: StoreName.PUBLIC, Edition.RESTRICTED: StoreName.RESTRICTED}


@dataclass
class Findings:
    """Counts of what was read; `differences` are places with sentences, `styles` the assets that the pages of each
    store name."""

    bundles: int = 0
    files: int = 0
    rows: int = 0
    differences: list[tuple[str, str]] = field(default_factory=list)
    styles: set[tuple[StoreName, str]] = field(default_factory=set)

    def say(self, place: str, sentence: str) -> None:
        """Add what differs."""
        self.differences.append((place, sentence))


def place_of(bundle: AnyBundle) -> str:
    """A bundle's row as sentences name it; its key and version are no secret."""
    return f"{bundle.edition.capitalize()} edition of {bundle.key}, version {bundle.version}"


def place_in(name: StoreName, path: str, quiet: str) -> str:
    """A file in a store: by its path where everybody may read that, otherwise by `quiet`, which tells less."""
    if name is not StoreName.PUBLIC:
        return f"{name.capitalize()}, {quiet}" if quiet else name.capitalize()
    return f"{name.capitalize()}, {path if is_plain(path) else ascii(path)}"


def short(checksum: str) -> str:
    """The beginning of a checksum."""
    return f"{checksum[:SHOWN]}…"
