"""Django's entry for the room `publishing`."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Frozen publications, their editions and parts, and their PDF."""

    name = "torbay_reports.publishing"
    default_auto_field = "django.db.models.BigAutoField"
