"""The access app: who somebody is and what they may do."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the access app's own predicates, and what records sign-ins, once the models are loaded."""

    name = "torbay_reports.access"
    label = "access"
    verbose_name = "People and access"

    def ready(self) -> None:
        from torbay_reports.access import predicates
        from torbay_reports.access.record import signing
        from torbay_reports.access.signin import listening, second_factor

        second_factor.check_setting()
        predicates.register_own()
        signing.listen()
        listening.listen()
