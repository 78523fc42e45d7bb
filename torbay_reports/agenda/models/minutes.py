"""What is asked of the person presiding, and what a meeting decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from torbay_reports.agenda.models.meetings import AgendaItem, Committee
from torbay_reports.core.append_only import AppendOnly


class UrgencyOutcome(models.TextChoices):
    """What the person presiding has decided."""

    ADMITTED = "admitted", "admitted as urgent"
    REFUSED = "refused", "not admitted"


class Urgency(models.Model):
    """That an item, or a late paper of it, be considered as a matter of urgency (Local Government Act 1972, s100B(4)).

    `because` is why it cannot wait for the next meeting: a letter can only say that the person presiding will be asked.
    Only they decide; `circumstances` are the special ones that the minutes have to specify.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="urgency")
    because = models.TextField()
    outcome = models.CharField(max_length=10, choices=UrgencyOutcome.choices, blank=True)
    circumstances = models.TextField(blank=True)
    decided_by = models.CharField("person presiding", max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="urgencies_recorded"
    )

    class Meta:
        verbose_name_plural = "urgencies"
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="agenda_urgency_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by="", recorded_at=None, recorded_by=None)
                | (
                    Q(outcome__in=UrgencyOutcome.values, recorded_at__isnull=False, recorded_by__isnull=False)
                    & ~Q(decided_by="")
                ),
                name="agenda_urgency_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="admitted") | ~Q(circumstances=""), name="agenda_urgency_specifies_circumstances"
            ),
        ]

    def __str__(self) -> str:
        return f"Urgency of item {self.item_id}"


class DecisionKind(models.TextChoices):
    """What sort of decision it is."""

    RESOLVED = "resolved", "resolved"
    RECOMMENDED = "recommended", "recommended"
    NOTED = "noted", "noted"


class Decision(models.Model):
    """What a meeting decided on an item; `number` counts an item's decisions, so that each can be cited for ever.

    A recommendation goes `to` another body, and `carried_item` is the item on that body's agenda that brings it there.
    Published (`published_at`) it does not change, and is cited as it was then (`cited_as`), whatever its committee is
    called later: one that was minuted wrongly is followed by another, which `replaces` it and says `why`, or withdrawn.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    words = models.TextField()
    to = models.ForeignKey(Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations")
    carried_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="brought_by"
    )
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    why = models.TextField("why it replaces another", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions_recorded"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    cited_as = models.CharField("how it is cited, once it is published", max_length=300, blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="agenda_decision_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=DecisionKind.values, number__gte=1) & ~Q(words=""), name="agenda_decision_says"
            ),
            models.CheckConstraint(
                condition=Q(kind="recommended", to__isnull=False)
                | (~Q(kind="recommended") & Q(to=None, carried_item=None)),
                name="agenda_decision_recommends_to_a_body",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, why="") | (Q(replaces__isnull=False) & ~Q(why="")),
                name="agenda_decision_replaces_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, cited_as="") | (Q(published_at__isnull=False) & ~Q(cited_as="")),
                name="agenda_decision_cited_once_published",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number} on item {self.item_id}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether nobody reads any more what it says."""
        return hasattr(self, "withdrawn")


class WithdrawnDecision(AppendOnly):
    """That a published decision was withdrawn: its page says so, and no longer what was decided.

    `office` is what the public is told of who did it; the person and `why` are for the record.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="withdrawn")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="withdrawn_decisions")
    office = models.CharField(max_length=60)
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(office="") & ~Q(why=""), name="agenda_withdrawndecision_says_why"),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of decision {self.decision_id}"
