"""What is known of a bundle, kept in the locked store beside the rows: by it a changed row is found."""

from typing import Any, Final

import msgspec
from django.db.models import Model

from torbay_reports.publishing import checksums
from torbay_reports.publishing.models import (
    AnyBundle,
    Publication,
    RestrictedPdf,
    RestrictedPublication,
    RestrictedWithdrawal,
    UploadedPdf,
    Withdrawal,
)
from torbay_reports.publishing.packplan import Edition, Restriction

_encoder: Final = msgspec.json.Encoder(order="deterministic")
_LATER: Final = frozenset({"written_at", "taken_at"})
"""What is not known yet when an entry is written."""
_LARGE: Final = frozenset({"document_json", "part"})
"""What has a checksum of its own."""
_SUMMED: Final = frozenset({"texts", "findings"})
"""What is noted by its checksum."""

SEAL: Final = "sha256"
"""Under this name an entry has the checksum of all else in it."""


class Changed(Exception):
    """An entry is not as it was written."""


def path_of(bundle: AnyBundle) -> str:
    """Where a bundle's entry stands in the locked store."""
    return f"ledger/{bundle.edition}/{bundle.key}/{bundle.version}.json"


def withdrawal_path_of(bundle: AnyBundle) -> str:
    """Where the entry of its withdrawal stands."""
    return f"ledger/{bundle.edition}/{bundle.key}/{bundle.version}-withdrawn.json"


def pointer_path_of(edition: Edition, path: str) -> str:
    """Where is noted what was written as a page that changes."""
    return f"ledger/pointers/{edition}/{path}.json"


def entry_of(bundle: AnyBundle) -> bytes:
    """All that its row says, and all that the rows of its papers say: when, by whom, and what checksum."""
    publications = _rows(bundle, "publication", Publication, RestrictedPublication, without="document_json")
    uploads = _rows(bundle, "upload", UploadedPdf, RestrictedPdf, without="part")
    said = {
        "bundle": _values(bundle),
        "publications": [_values(row, but=_LARGE) for row in sorted(publications, key=_key)],
        "uploads": [_values(row, but=_LARGE) for row in sorted(uploads, key=_key)],
    }
    return _sealed(said)


def withdrawal_entry_of(withdrawal: Withdrawal | RestrictedWithdrawal) -> bytes:
    """All that its row says."""
    return _sealed(_values(withdrawal))


def said_in(entry: bytes) -> bytes:
    """What an entry notes, as JSON without its seal. Raises Changed."""
    try:
        said = msgspec.json.decode(entry, type=dict[str, Any])
    except msgspec.MsgspecError:
        raise Changed from None
    seal = said.pop(SEAL, "")
    data = _encoder.encode(said)
    if checksums.of_bytes(data) != seal:
        raise Changed
    return data


def _sealed(said: dict[str, Any]) -> bytes:
    return _encoder.encode({**said, SEAL: checksums.of_bytes(_encoder.encode(said))})


def _rows(bundle: AnyBundle, kind: str, opened: type[Model], restricted: type[Model], *, without: str) -> list[Any]:
    """What was frozen or brought for its papers. Open and restricted rows are numbered apart."""
    papers = [paper for item in bundle.contents for paper in item["papers"] if paper[kind] is not None]
    rows: list[Any] = []
    for model, is_open in ((opened, True), (restricted, False)):
        keys = [paper[kind] for paper in papers if (paper["restriction"] == Restriction.OPEN) is is_open]
        rows += model._default_manager.filter(pk__in=keys).defer(without)
    return rows


def _key(row: Any) -> int:
    return int(row.pk)


def _values(row: Any, but: frozenset[str] = frozenset()) -> dict[str, Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: _value(row, name) for name in names if name not in _LATER | but}


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    return checksums.of_bytes(_encoder.encode(value)) if name in _SUMMED else value
