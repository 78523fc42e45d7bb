"""The three stores of published files: what anybody may read, what few may, and what was withdrawn."""

from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage, storages

from torbay_reports.publishing.bundles.bundlestore import BundleStore
from torbay_reports.publishing.bundles.folderstore import FolderStore
from torbay_reports.publishing.bundles.objectstore import ObjectStore


def public_store() -> BundleStore:
    """What anybody may read; a web server may serve it."""
    return store_over(storages["publications"])


def restricted_store() -> BundleStore:
    """Bundles with exempt and confidential papers, which only the program serves."""
    return store_over(storages["restricted"])


def locked_store() -> BundleStore:
    """What was withdrawn, and the ledger of who published what; nobody is served from it."""
    return store_over(storages["locked"])


def store_over(storage: Storage) -> BundleStore:
    """The bundles in a Django storage; one in a local folder has both modes set."""
    if isinstance(storage, FileSystemStorage):
        files, folders = storage.file_permissions_mode, storage.directory_permissions_mode
        if files is None or folders is None:
            raise ValueError("A local store of bundles says which modes its files and folders have.")
        return FolderStore(Path(storage.location), files=files, folders=folders)
    return ObjectStore(storage)
