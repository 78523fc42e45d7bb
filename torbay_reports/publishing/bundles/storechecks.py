"""What stands in the stores beside bundles: shared style, pages that point, the ledger; and what has no place there.

Style that no page names any more stays where it is, and is right as long as its digest is that of its bytes.
"""

import re
from functools import cache
from typing import Final

import msgspec

from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles import assets, ledger
from torbay_reports.publishing.bundles.bundlechecks import BACKUP, TOO_MANY, styles_in
from torbay_reports.publishing.bundles.bundlestore import StoreError, is_plain
from torbay_reports.publishing.bundles.findings import STORE_OF, Findings, StoreName, place_in, short
from torbay_reports.publishing.bundles.pointing import TURN, Note, pages, versions_pointed_to
from torbay_reports.publishing.models import bundles_of, withdrawals_of
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.services import in_turn

ANEW: Final = "Have it written anew: manage.py verify_publications --point"
NO_ROW: Final = "The ledger notes something published of which the row is missing. Put the row back from a backup."
_BUNDLE: Final = re.compile(r"packs/(?P<key>[^/]+/[^/]+/[^/]+)/(?P<version>[0-9]{1,9})/.+")
_WITHDRAWN: Final = re.compile(rf"withdrawn/(?P<edition>public|restricted)/{_BUNDLE.pattern}")
_ENTRY: Final = re.compile(
    r"ledger/(?P<edition>public|restricted)/(?P<key>[^/]+/[^/]+/[^/]+)/(?P<version>[0-9]{1,9})(?P<gone>-withdrawn)?\.json"
)
_ASSET: Final = re.compile(r"assets/(?P<digest>[0-9a-f]{64})/(?P<name>.+)")


def check_open_store(edition: Edition, found: Findings) -> None:
    """Everything in the public or the restricted store that is no file of a bundle."""
    name = STORE_OF[edition]
    pointers = _check_pointers(edition, found)
    digests = {digest for store, digest in found.styles if store is name}
    has_bundle = cache(lambda key, version: bundles_of(edition).filter(key=key, version=version).exists())
    for path in name.store.paths():
        asset, bundle = _ASSET.fullmatch(path), _BUNDLE.fullmatch(path)
        if asset:
            digests.add(asset["digest"])
        elif path in pointers or (bundle and has_bundle(bundle["key"], bundle["version"])):
            continue
        elif path not in _pointers(edition):
            _say_stray(name, path, found)
    for digest in sorted(digests):
        _check_style(name, digest, found)


def check_locked_store(found: Findings) -> None:
    """Everything in the locked store that is no file of a withdrawn bundle: there is a row for whatever it notes."""
    notes = _notes()
    has_row = cache(_has_row)
    for path in StoreName.LOCKED.store.paths():
        entry, withdrawn = _ENTRY.fullmatch(path), _WITHDRAWN.fullmatch(path)
        if entry:
            if not has_row(entry["edition"], entry["key"], entry["version"], bool(entry["gone"])):
                _say_stray(StoreName.LOCKED, path, found, NO_ROW)
        elif withdrawn:
            if not has_row(withdrawn["edition"], withdrawn["key"], withdrawn["version"], True):
                _say_stray(StoreName.LOCKED, path, found)
        elif path not in notes and path not in _notes():
            _say_stray(StoreName.LOCKED, path, found)


def _check_pointers(edition: Edition, found: Findings) -> frozenset[str]:
    """Each as it was last written, and written since what it points to changed; or as it would be written now."""
    name = STORE_OF[edition]
    now = cache(lambda: pages(edition))
    with in_turn(TURN, edition):
        pointers = _pointers(edition)
        for path, versions in pointers.items():
            data = _read(name, path)
            found.files += data is not None
            if data is None:
                found.say(place_in(name, path, path), f"This page is missing. {ANEW}")
                continue
            found.styles |= {(name, digest) for digest in styles_in(data)}
            if _note(edition, path) != Note(checksums.of_bytes(data), versions) and data != now()[path]:
                found.say(place_in(name, path, path), f"This page is changed, or older than what it points to. {ANEW}")
        return frozenset(pointers)


def _pointers(edition: Edition) -> dict[str, str]:
    """The pages that there should be: none before the first publishing."""
    return versions_pointed_to(edition) if bundles_of(edition).written().exists() else {}


def _note(edition: Edition, path: str) -> Note | None:
    try:
        noted = _read(StoreName.LOCKED, ledger.pointer_path_of(edition, path))
        return msgspec.json.decode(noted or b"", type=Note)
    except msgspec.MsgspecError:
        return None


def _notes() -> frozenset[str]:
    return frozenset(ledger.pointer_path_of(edition, path) for edition in Edition for path in _pointers(edition))


def _has_row(edition: str, key: str, version: str, is_withdrawn: bool) -> bool:
    if is_withdrawn:
        rows = withdrawals_of(Edition(edition)).filter(bundle__key=key, bundle__version=version)
    else:
        rows = bundles_of(Edition(edition)).filter(key=key, version=version)
    return bool(rows.exists())


def _check_style(name: StoreName, digest: str, found: Findings) -> None:
    folder = f"assets/{digest}"
    sums = {}
    for path in name.store.paths(folder):
        data = _read(name, path)
        sums[path.removeprefix(f"{folder}/")] = "" if data is None else checksums.of_bytes(data)
    found.files += len(sums)
    if not sums:
        found.say(place_in(name, folder, folder), f"The style and type that pages here name are missing. {BACKUP}")
    elif assets.digest_of(sums) != digest:
        found.say(place_in(name, folder, folder), f"A file of this folder is changed, missing or too many. {BACKUP}")


def _say_stray(name: StoreName, path: str, found: Findings, sentence: str = TOO_MANY) -> None:
    """Unless it is gone by now, moved or rolled back. Its name may say anything: the public store's alone is told."""
    if is_plain(path) and not any(name.store.paths(path)):
        return
    data = _read(name, path)
    quiet = "a file that cannot be read" if data is None else f"the file of SHA-256 {short(checksums.of_bytes(data))}"
    entry = _ENTRY.fullmatch(path)
    found.say(place_in(name, path, path if entry else quiet), sentence)


def _read(name: StoreName, path: str) -> bytes | None:
    try:
        return name.store.read(path)
    except (StoreError, OSError):
        return None
