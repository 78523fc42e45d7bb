"""Django's entry for the room `publishing`."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Frozen publications, their editions and parts, and their PDF."""

    name = "torbay_reports.publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what a public edition is built from, where it is kept, and who reads what was verified."""
        from torbay_reports.core import public_role
        from torbay_reports.publishing import permissions
        from torbay_reports.publishing.models import (
            Bundle,
            PassedWarning,
            Publication,
            StoredPack,
            StoredPart,
            UploadedPdf,
            WholePack,
            Withdrawal,
        )

        permissions.register()
        public_role.readable(Bundle, PassedWarning, Publication, UploadedPdf, Withdrawal)
        public_role.writable(StoredPack, StoredPart, WholePack)
