"""Published files, read back and verified."""

from django.conf import settings
from django.utils import timezone

from torbay_reports.core.formatting import long_date
from torbay_reports.publishing import checksums
from torbay_reports.publishing.bundles.bundlestore import StoreError
from torbay_reports.publishing.bundles.services import folder_of, store_of
from torbay_reports.publishing.bundles.serving import PREFIX
from torbay_reports.publishing.models import AnyBundle
from torbay_reports.publishing.selectors import DamagedPublication


def bytes_of(bundle: AnyBundle, path: str) -> bytes:
    """A file of a bundle. Raises DamagedPublication where it is not what was published, or is missing."""
    wanted = next(file["sha256"] for file in bundle.files if file["path"] == path)
    try:
        data = store_of(bundle.edition).read(f"{folder_of(bundle)}/{path}")
    except (StoreError, OSError):
        data = b""
    if checksums.of_bytes(data) != wanted:
        published_on = long_date(timezone.localtime(bundle.published_at).date())
        raise DamagedPublication(
            f"The file {path} of “{bundle}” is not what was published on {published_on}: its checksum differs. Restore "
            "it from a backup; `manage.py verify_publications` lists everything that differs."
        )
    return data


def published_address(bundle: AnyBundle) -> str:
    """Where the public reads a bundle without this program: its own page, which never changes."""
    return f"{settings.PUBLISHED_URL or PREFIX}{folder_of(bundle)}/"
