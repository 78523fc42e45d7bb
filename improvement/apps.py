"""Django's entry for the room `improvement`."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """No models yet."""

    name = "improvement"
    default_auto_field = "django.db.models.BigAutoField"
