"""Django's entry for the room `core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The lowest room; it imports no other."""

    name = "torbay_reports.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks, and the role of the public edition."""
        from torbay_reports.core import checks, public_role  # noqa: F401

        public_role.register()
