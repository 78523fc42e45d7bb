"""What is published, read back and verified."""

from django.utils import timezone

from torbay_reports.core.formatting import long_date
from torbay_reports.documents.blocks import Document, from_json
from torbay_reports.publishing import checksums
from torbay_reports.publishing.models import PACKS, AnyPack, FrozenDocument
from torbay_reports.publishing.packplan import Edition


class DamagedPublication(Exception):
    """A stored publication whose bytes are not those that were published."""


def document_of(publication: FrozenDocument) -> Document:
    """The Document of a publication. Raises DamagedPublication when its bytes do not match its checksum."""
    data = publication.document_json.encode()
    if checksums.of_bytes(data) != publication.checksum:
        published_on = timezone.localtime(publication.frozen_at).date()
        raise DamagedPublication(
            f"“{publication}” is not what was published on {long_date(published_on)}: its checksum differs. "
            "Restore the row from a backup."
        )
    return from_json(data)


def stored_pack(key: str, edition: Edition) -> AnyPack | None:
    """The pack under this key, if it is built; its PDF is read only when it is asked for."""
    packs = PACKS[edition]._default_manager
    return packs.defer("pdf").filter(key=key).first()
