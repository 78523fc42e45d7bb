"""The record's entries."""

from django.db import models
from django.db.models import Q

from torbay_reports.access.models.people import User
from torbay_reports.access.record.kinds import READS, RecordKind
from torbay_reports.core.append_only import AppendOnly, AppendOnlyQuerySet


class AccessRecord(AppendOnly):
    """One entry of the record, written by `access.record.services.record`; a trigger keeps it as it was written.

    `person` is who did it; where a sign-in names nobody we know, `email` is the address as given, in lower case. An
    entry with neither is the installation's own doing. What it is about stands in words and as a key ("role:7").
    The titles of restricted papers stand nowhere in it: who may read the record may not always read the paper.
    There is no network address: nothing that the record is asked for needs one.
    """

    at = models.DateTimeField("when", db_index=True)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.label) for kind in RecordKind])
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="records")
    email = models.CharField("e-mail address as given", max_length=254, blank=True)
    about = models.TextField(blank=True)
    key = models.CharField(max_length=200, blank=True)
    reason = models.TextField("why the person might", blank=True)

    objects = AppendOnlyQuerySet["AccessRecord"].as_manager()

    class Meta:
        verbose_name = "entry of the record"
        verbose_name_plural = "entries of the record"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RecordKind]),
                name="access_record_kind_in_list",
                violation_error_message="The record has no such kind of entry.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(email=""),
                name="access_record_person_or_address",
                violation_error_message="An entry names a person or an address, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[kind.value for kind in READS]) | Q(person__isnull=False),
                name="access_record_read_has_a_reader",
                violation_error_message="A read of a restricted paper names who read it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
