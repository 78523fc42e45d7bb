"""PDF files that somebody brought, cleaned, and the warnings about them that a person has passed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import NOT_OPEN, SHA256, RestrictionChoice


class BroughtPdf(models.Model):
    """A brought PDF as it may stand in a pack: cleaned, read, and never changed afterwards.

    `part` holds its pages ready to be joined, `texts` the words of each page for readers online, `findings` what the
    checks say of it ([code, page from 1 or 0 for the whole file, sentence]).
    """

    name = models.CharField("name of the file", max_length=200)
    title = models.CharField(max_length=300)
    original_checksum = models.CharField("SHA-256 of the file as it was brought", max_length=64)
    checksum = models.CharField("SHA-256 of the part", max_length=64)
    part = models.BinaryField("its pages, ready to be joined")
    pages = models.PositiveIntegerField()
    is_tagged = models.BooleanField()
    texts = models.JSONField("words of each page")
    findings = models.JSONField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(original_checksum__regex=SHA256) & Q(checksum__regex=SHA256),
                name="%(app_label)s_%(class)s_checksums",
            ),
            models.CheckConstraint(condition=Q(pages__gte=1), name="%(app_label)s_%(class)s_has_pages"),
        ]


class UploadedPdf(BroughtPdf):
    """A brought PDF that the public may read once the pack that holds it is published."""

    restriction: ClassVar = RestrictionChoice.OPEN

    class Meta(BroughtPdf.Meta):
        pass

    def __str__(self) -> str:
        return self.name


class RestrictedPdf(BroughtPdf):
    """An exempt or confidential one, which no public edition reads. Its keys are those of no `UploadedPdf`, and its
    name says nothing of it: it may stand in a log."""

    restriction = models.CharField(max_length=12, choices=NOT_OPEN)

    class Meta(BroughtPdf.Meta):
        constraints = [
            *BroughtPdf.Meta.constraints,
            models.CheckConstraint(
                condition=Q(restriction__in=[value for value, _ in NOT_OPEN]),
                name="publishing_restrictedpdf_is_not_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.restriction} PDF {self.pk}"


AnyPdf = UploadedPdf | RestrictedPdf


class WarningRow(models.Model):
    """A warning about an uploaded PDF that a person takes upon themselves, with the reason."""

    code = models.CharField(max_length=40)
    page = models.PositiveIntegerField("page from 1, or 0 for the whole file")
    reason = models.CharField(max_length=500)
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["upload", "code", "page"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="%(app_label)s_%(class)s_has_reason"),
        ]


class PassedWarning(WarningRow):
    """A warning about an open PDF."""

    upload = models.ForeignKey(UploadedPdf, on_delete=models.CASCADE, related_name="passed")

    class Meta(WarningRow.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.code} of {self.upload}, page {self.page}"


class RestrictedPassedWarning(WarningRow):
    """A warning about a restricted PDF: its reason may say what the file says."""

    upload = models.ForeignKey(RestrictedPdf, on_delete=models.CASCADE, related_name="passed")

    class Meta(WarningRow.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.code} of {self.upload}, page {self.page}"


AnyPassedWarning = PassedWarning | RestrictedPassedWarning
