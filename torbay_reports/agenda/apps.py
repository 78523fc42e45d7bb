"""The agenda room: committees, meetings, items, papers and the packs that members read."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "torbay_reports.agenda"
    label = "agenda"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from torbay_reports.access import scopes
        from torbay_reports.access.roles import ScopeKind
        from torbay_reports.agenda import confidence, deletions, permissions, selectors
        from torbay_reports.agenda.models import (
            AgendaItem,
            Committee,
            Instalment,
            Meeting,
            Paper,
            Urgency,
            WithdrawnPaper,
        )
        from torbay_reports.agenda.subscribing import subscriptions
        from torbay_reports.core import public_role
        from torbay_reports.documents import registry

        public_role.readable(AgendaItem, Committee, Urgency)
        # Why a restricted paper was withdrawn may tell what it says.
        public_role.readable_in_part(WithdrawnPaper, "id", "paper_id", "at", "office")
        public_role.lockable(Meeting, "notice")
        public_role.lockable(Instalment, "number")
        public_role.lockable(Paper, "position")
        deletions.register()
        subscriptions.register()
        permissions.register()
        registry.when_opened(confidence.release)
        scopes.register(ScopeKind.COMMITTEE, selectors.committee_names)
