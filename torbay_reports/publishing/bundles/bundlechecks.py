"""One bundle as it stands: its files, its manifest, and its rows held against the ledger."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from torbay_reports.core import clock
from torbay_reports.core.formatting import count, listed
from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles import ledger
from torbay_reports.publishing.bundles.bundlestore import LAST, StoreError, is_plain
from torbay_reports.publishing.bundles.findings import STORE_OF, Findings, StoreName, place_in, place_of, short
from torbay_reports.publishing.bundles.services import folder_of
from torbay_reports.publishing.bundles.stores import locked_store
from torbay_reports.publishing.models import AnyBundle, Publication, RestrictedPublication
from torbay_reports.publishing.packplan import Restriction

PATIENCE: Final = timedelta(minutes=10)
"""So long a publishing or a withdrawal may be under way; a worker that runs mends what was broken off in a minute."""
BACKUP: Final = "Put it back from a backup."
UNFINISHED: Final = "Its publishing was broken off and waits to be rolled back. See that a worker runs."
UNTAKEN: Final = "It is withdrawn, and its files are not in the locked store yet. See that a worker runs."
MISSING: Final = "This file is missing. {cure} Its SHA-256 was {expected}"
CHANGED: Final = "This file is changed: its SHA-256 is {found} and was {expected} {cure}"
TOO_MANY: Final = "This file is too many: nothing published accounts for it. Find out who put it there, and remove it."
_STYLE: Final = re.compile(rb"assets/([0-9a-f]{64})/")


class _File(msgspec.Struct):
    path: str
    sha256: str


class _Paper(msgspec.Struct):
    key: str
    restriction: str
    publication: int | None
    upload: int | None


class _Item(msgspec.Struct):
    papers: list[_Paper]


class _Entry(msgspec.Struct):
    bundle: dict[str, Any]
    publications: list[dict[str, Any]]
    uploads: list[dict[str, Any]]


@dataclass(frozen=True)
class _Standing:
    """Where a bundle's files stand now."""

    name: StoreName
    folder: str


def check_bundle(bundle: AnyBundle, found: Findings) -> None:
    """Read all of a bundle. Whoever calls it holds the pack's turn, so that nobody publishes or moves it meanwhile."""
    found.rows += 1
    if bundle.written_at is None:
        if _is_old(bundle.published_at):
            found.say(place_of(bundle), UNFINISHED)
        return
    found.bundles += 1
    if not is_plain(folder_of(bundle)):
        found.say(f"Row {bundle.pk} of {bundle._meta.db_table}", f"It names no pack that a store could hold. {BACKUP}")
        return
    standing = _standing(bundle, found)
    files = _listed(bundle, found)
    manifest = _check_files(bundle, standing, files, found)
    if manifest is not None:
        _check_manifest(bundle, manifest, found)
    if _check_documents(bundle, {each.path: each.sha256 for each in files}, found):
        _check_entry(bundle, found)
    _check_withdrawal(bundle, found)


def styles_in(page: bytes) -> set[str]:
    """The digests of the shared style that a page names."""
    return {digest.decode() for digest in _STYLE.findall(page)}


def _is_old(moment: datetime) -> bool:
    return clock.now() - moment > PATIENCE


def _standing(bundle: AnyBundle, found: Findings) -> _Standing:
    own = _Standing(STORE_OF[bundle.edition], folder_of(bundle))
    withdrawal = getattr(bundle, "withdrawal", None)
    if withdrawal is None:
        return own
    locked = _Standing(StoreName.LOCKED, f"withdrawn/{bundle.edition}/{own.folder}")
    left = sum(1 for _ in own.name.store.paths(own.folder))
    if withdrawal.taken_at is not None:
        if left:
            files = count(left, "file of it stands", "files of it stand")
            found.say(place_of(bundle), f"It is withdrawn, and {files} in the {own.name} all the same. Remove them.")
        return locked
    if _is_old(withdrawal.at):
        found.say(place_of(bundle), UNTAKEN)
    return own if left else locked


def _listed(bundle: AnyBundle, found: Findings) -> list[_File]:
    try:
        return msgspec.convert(bundle.files, list[_File])
    except msgspec.ValidationError:
        found.say(place_of(bundle), f"Its row does not list its files any more. {BACKUP}")
        return []


def _check_files(bundle: AnyBundle, standing: _Standing, files: list[_File], found: Findings) -> bytes | None:
    """Read every file; the bytes of the manifest, if they are those that were published."""
    store, folder = standing.name.store, standing.folder
    there = {path.removeprefix(f"{folder}/") for path in store.paths(folder)}
    if files and not there:
        found.say(place_of(bundle), f"None of its files is in the {standing.name}. Put them back from a backup.")
        return None
    manifest = None
    for number, file in enumerate(files, start=1):
        place = place_in(standing.name, f"{folder}/{file.path}", f"{folder}, file {number} of {len(files)}")
        try:
            data = store.read(f"{folder}/{file.path}")
        except (StoreError, OSError):
            found.say(place, MISSING.format(cure=BACKUP, expected=short(file.sha256)))
            continue
        found.files += 1
        checksum = checksums.of_bytes(data)
        if checksum != file.sha256:
            words = {"found": short(checksum), "expected": short(file.sha256), "cure": BACKUP}
            found.say(place, CHANGED.format(**words))
            continue
        if standing.name is not StoreName.LOCKED and file.path.endswith(".html"):
            found.styles |= {(standing.name, digest) for digest in styles_in(data)}
        if file.path == LAST:
            manifest = data
    for number, path in enumerate(sorted(there - {each.path for each in files}), start=1):
        quiet = f"{folder}, file {number} of those that its row does not list"
        found.say(place_in(standing.name, f"{folder}/{path}", quiet), TOO_MANY)
    return manifest


def _check_manifest(bundle: AnyBundle, data: bytes, found: Findings) -> None:
    if checksums.of_bytes(data) != bundle.manifest:
        found.say(place_of(bundle), f"Its row has another checksum than that of its manifest. {BACKUP}")
    try:
        said = msgspec.json.decode(data, type=dict[str, Any])
        published_at = msgspec.convert(said.get("published_at"), datetime)
    except msgspec.MsgspecError:
        found.say(place_of(bundle), f"Its manifest cannot be read. {BACKUP}")
        return
    row = {
        "key": bundle.key,
        "version": bundle.version,
        "edition": str(bundle.edition),
        "title": bundle.title,
        "committee": bundle.committee,
        "meeting_on": bundle.meeting_on.isoformat(),
        "reason": bundle.reason,
        "changes": bundle.changes,
        "files": sorted((each for each in bundle.files if each["path"] != LAST), key=lambda each: str(each["path"])),
    }
    names = [name for name in row if row[name] != said.get(name)]
    if published_at != bundle.published_at:
        names.append("published_at")
    if names:
        found.say(place_of(bundle), f"Its row says otherwise than its manifest: {listed(sorted(names))}. {BACKUP}")


def _check_documents(bundle: AnyBundle, files: Mapping[str, str], found: Findings) -> bool:
    """Whether its row lists its papers; of each the values as they were frozen."""
    try:
        items = msgspec.convert(bundle.contents, list[_Item])
    except msgspec.ValidationError:
        found.say(place_of(bundle), f"Its row does not list its papers any more. {BACKUP}")
        return False
    papers = [each for item in items for each in item.papers if each.publication is not None]
    for model in (Publication, RestrictedPublication):
        own = {
            each.publication: each
            for each in papers
            if (each.restriction == Restriction.OPEN) == (model is Publication)
        }
        for number, checksum in model._default_manager.filter(pk__in=own).values_list("pk", "checksum"):
            if files.get(f"papers/{own[number].key}/document.json") != checksum:
                row = f"row {number} in {model._meta.db_table}"
                found.say(place_of(bundle), f"The values that it holds of a paper are not those of {row}. {BACKUP}")
    return True


def _check_entry(bundle: AnyBundle, found: Findings) -> None:
    noted = _noted(ledger.path_of(bundle), _Entry)
    if noted is None:
        found.say(place_of(bundle), f"Its entry in the ledger is missing or changed. {BACKUP}")
        return
    now = msgspec.json.decode(ledger.said_in(ledger.entry_of(bundle)), type=_Entry)
    _compare(place_of(bundle), "its row", noted.bundle, now.bundle, found)
    kinds = (("publication", noted.publications, now.publications), ("brought PDF", noted.uploads, now.uploads))
    for kind, before, after in kinds:
        there = {_number(each): each for each in after}
        for each in before:
            _compare(place_of(bundle), f"the row of its {kind} {each['id']}", each, there.get(_number(each)), found)


def _number(row: Mapping[str, Any]) -> tuple[int, bool]:
    """Open and restricted rows are numbered apart; only the latter say how they are restricted."""
    return row["id"], "restriction" in row


def _check_withdrawal(bundle: AnyBundle, found: Findings) -> None:
    withdrawal = getattr(bundle, "withdrawal", None)
    if withdrawal is None:
        return
    found.rows += 1
    if withdrawal.taken_at is None:
        return
    noted = _noted(ledger.withdrawal_path_of(bundle), dict[str, Any])
    if noted is None:
        found.say(place_of(bundle), f"The ledger's entry of its withdrawal is missing or changed. {BACKUP}")
        return
    now = msgspec.json.decode(ledger.said_in(ledger.withdrawal_entry_of(withdrawal)), type=dict[str, Any])
    _compare(place_of(bundle), "the row of its withdrawal", noted, now, found)


def _noted(path: str, kind: Any) -> Any:
    try:
        return msgspec.json.decode(ledger.said_in(locked_store().read(path)), type=kind)
    except (StoreError, OSError, ledger.Changed, msgspec.MsgspecError):
        return None


def _compare(place: str, row: str, noted: Mapping[str, Any], now: Mapping[str, Any] | None, found: Findings) -> None:
    """Fields that only one of the two has came or went with a version of the program."""
    if now is None:
        found.say(place, f"{row[0].upper()}{row[1:]} is missing, which the ledger names. {BACKUP}")
        return
    names = sorted(name for name in noted.keys() & now.keys() if noted[name] != now[name])
    if names:
        found.say(place, f"What {row} says differs from the ledger: {listed(names)}. {BACKUP}")
