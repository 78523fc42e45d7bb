"""What is published, read back and verified."""

from torbay_reports.documents.blocks import Document, from_json
from torbay_reports.publishing import checksums, pagemaps
from torbay_reports.publishing.models import Publication, StoredPack
from torbay_reports.publishing.packplan import Edition, PageMap


class DamagedPublication(Exception):
    """A stored publication whose bytes are not those that were published."""


def document_of(publication: Publication) -> Document:
    """The Document of a publication. Raises DamagedPublication when its bytes do not match its checksum."""
    data = publication.document_json.encode()
    if checksums.of_bytes(data) != publication.checksum:
        raise DamagedPublication(
            f"“{publication}” is not what was published on {publication.frozen_at:%d.%m.%Y}: its checksum differs. "
            "Restore the row from a backup."
        )
    return from_json(data)


def latest_open(source: str, subject: str = "") -> Publication | None:
    """The latest publication of a source that the public may read, of one subject where one is named."""
    found = Publication.objects.open().filter(source=source)
    if subject:
        found = found.filter(subject=subject)
    return found.order_by("-frozen_at", "-pk").first()


def stored_pack(key: str, edition: Edition) -> StoredPack | None:
    """The pack under this key, its PDF included, if it is built."""
    return StoredPack.objects.filter(key=key, edition=edition.value).first()


def page_map(key: str, edition: Edition) -> PageMap | None:
    """Where everything stands in a built pack, read without its PDF."""
    stored = StoredPack.objects.filter(key=key, edition=edition.value).values_list("pages", flat=True).first()
    return None if stored is None else pagemaps.from_stored(stored)
