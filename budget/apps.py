"""The budget room: services, budgets, forecasts, borrowing and the quarterly monitoring report."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "budget"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from budget import permissions, reports
        from budget.selectors.services import service_names
        from torbay_reports.access import scopes
        from torbay_reports.access.roles import ScopeKind

        reports.register()
        permissions.register()
        scopes.register(ScopeKind.SERVICE, service_names)
