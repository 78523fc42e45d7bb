"""Django's entry for the room `improvement`."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """The tracker: what was promised, by whom, by when, and whether it worked."""

    name = "improvement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from improvement import permissions, reports
        from improvement.selectors import plans
        from torbay_reports.access import scopes
        from torbay_reports.access.roles import ScopeKind

        reports.register()
        permissions.register()
        scopes.register(ScopeKind.PLAN, plans.plan_names)
