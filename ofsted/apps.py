"""Django's entry for the room `ofsted`."""

from django.apps import AppConfig


class OfstedConfig(AppConfig):
    """No models yet."""

    name = "ofsted"
    default_auto_field = "django.db.models.BigAutoField"
