"""Django's entry for the room `ofsted`."""

from django.apps import AppConfig


class OfstedConfig(AppConfig):
    """What Ofsted found, and which steps of a plan answer it."""

    name = "ofsted"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ofsted import deletions, permissions, reports, secrets, slots
        from ofsted.models import Finding, FindingMeasure, FindingTheme, Inspection, Letter, LetterParagraph, Visit
        from torbay_reports.core import public_role

        # Row security shows the role only what belongs to a letter that Ofsted has published (migration 0002).
        public_role.readable(Finding, FindingMeasure, FindingTheme, Inspection, Letter, LetterParagraph, Visit)
        deletions.register()
        permissions.register()
        reports.register()
        slots.register()
        secrets.register()
