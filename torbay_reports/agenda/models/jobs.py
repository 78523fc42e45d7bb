"""Rows that stand beside a job: packs that are built, and files that are looked at before they stand for a paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from torbay_reports.agenda.models.meetings import Instalment
from torbay_reports.agenda.models.papers import Paper
from torbay_reports.publishing.models import AnyPdf, EditionChoice, RestrictedPdf, RestrictionChoice, UploadedPdf
from torbay_reports.publishing.models.publications import SHA256


class JobState(models.TextChoices):
    """Where a job stands, as its row tells."""

    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


class JobRow(models.Model):
    """What somebody has asked for, from the asking to its end; a worker does it in between."""

    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    message = models.TextField(blank=True, help_text="Why it failed, in plain words.")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", started_at=None) | (~Q(state="waiting") & Q(started_at__isnull=False)),
                name="%(app_label)s_%(class)s_started_unless_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="%(app_label)s_%(class)s_finished_or_not",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(message="")) | (~Q(state="failed") & Q(message="")),
                name="%(app_label)s_%(class)s_says_why_it_failed",
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {JobState.WAITING, JobState.RUNNING}


class PackBuild(JobRow):
    """One building of an instalment's edition: what a progress bar shows."""

    instalment = models.ForeignKey(Instalment, on_delete=models.CASCADE, related_name="builds")
    edition = models.CharField(max_length=10, choices=EditionChoice.choices)
    publishes = models.BooleanField("whether it is published once it is built", default=False)
    why = models.TextField("why a later version is published", blank=True)
    only_withdraws = models.BooleanField("whether nothing else may differ from the version before", default=False)
    seen = models.CharField("checksum of what its publisher looked at", max_length=64, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    parts_done = models.PositiveIntegerField(default=0)
    parts_total = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="builds_asked_for"
    )

    class Meta(JobRow.Meta):
        constraints = [
            *JobRow.Meta.constraints,
            # Whoever asks again while one waits is given that one.
            models.UniqueConstraint(
                fields=["instalment", "edition"], condition=Q(state="waiting"), name="agenda_packbuild_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(edition__in=EditionChoice.values, state__in=JobState.values),
                name="agenda_packbuild_edition_and_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instalment}, {self.edition} edition: {self.state}"


class BroughtFileManager(models.Manager["BroughtFile"]):
    """Leaves the file itself unread until somebody asks for it."""

    def get_queryset(self) -> "models.QuerySet[BroughtFile]":
        return super().get_queryset().defer("data")


class BroughtFile(JobRow):
    """A file on its way to a paper: kept as it was sent until it is cleaned or refused, and not a moment longer.

    `seen` is the key of the upload that the person saw in its place, `closes_paper` tells that an open paper becomes
    restricted with it. Only a worker reads `data`.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="brought_files")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="brought_files")
    name = models.CharField("name of the file", max_length=200)
    restriction = models.CharField(max_length=12, choices=RestrictionChoice.choices)
    closes_paper = models.BooleanField()
    seen = models.BigIntegerField(null=True, blank=True)
    checksum = models.CharField("SHA-256 of the file", max_length=64)
    data = models.BinaryField("the file", null=True)
    upload = models.ForeignKey(UploadedPdf, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    restricted_upload = models.ForeignKey(
        RestrictedPdf, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = BroughtFileManager()

    class Meta(JobRow.Meta):
        constraints = [
            *JobRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["paper"], condition=Q(state__in=["waiting", "running"]), name="agenda_broughtfile_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(restriction__in=RestrictionChoice.values, checksum__regex=SHA256),
                name="agenda_broughtfile_known_values",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], data__isnull=False)
                | Q(state__in=["done", "failed"], data=None),
                name="agenda_broughtfile_forgotten_at_its_end",
            ),
            models.CheckConstraint(
                condition=Q(state="done", restriction="open", upload__isnull=False, restricted_upload=None)
                | (Q(state="done", upload=None, restricted_upload__isnull=False) & ~Q(restriction="open"))
                | (~Q(state="done") & Q(upload=None, restricted_upload=None)),
                name="agenda_broughtfile_done_with_an_upload",
            ),
        ]

    @property
    def made(self) -> AnyPdf | None:
        """What was made of it, where it is done."""
        return self.upload or self.restricted_upload

    def __str__(self) -> str:
        return f"A file for paper {self.paper_id}: {self.state}"
