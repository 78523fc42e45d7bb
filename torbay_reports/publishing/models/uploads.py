"""PDF files that somebody brought, cleaned, and the warnings about them that a person has passed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import SHA256, EditionChoice, RestrictionChoice


class UploadedPdf(models.Model):
    """A brought PDF as it may stand in a pack: cleaned, read, and never changed afterwards.

    `part` holds its pages ready to be joined, `texts` the words of each page for readers online, `findings` what the
    checks say of it ([code, page from 1 or 0 for the whole file, sentence]).
    """

    name = models.CharField("name of the file", max_length=200)
    title = models.CharField(max_length=300)
    restriction = models.CharField(max_length=12, choices=RestrictionChoice.choices)
    edition = models.CharField(max_length=10, choices=EditionChoice.choices)
    original_checksum = models.CharField("SHA-256 of the file as it was brought", max_length=64)
    checksum = models.CharField("SHA-256 of the part", max_length=64)
    part = models.BinaryField("its pages, ready to be joined")
    pages = models.PositiveIntegerField()
    is_tagged = models.BooleanField()
    texts = models.JSONField("words of each page")
    findings = models.JSONField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploaded_pdfs")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(original_checksum__regex=SHA256) & Q(checksum__regex=SHA256),
                name="publishing_upload_checksums",
            ),
            models.CheckConstraint(condition=Q(pages__gte=1), name="publishing_upload_has_pages"),
            models.CheckConstraint(
                condition=Q(edition=EditionChoice.PUBLIC.value, restriction=RestrictionChoice.OPEN.value)
                | (Q(edition=EditionChoice.RESTRICTED.value) & ~Q(restriction=RestrictionChoice.OPEN.value)),
                name="publishing_upload_public_is_open",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PassedWarning(models.Model):
    """A warning about an uploaded PDF that a person takes upon themselves, with the reason."""

    upload = models.ForeignKey(UploadedPdf, on_delete=models.CASCADE, related_name="passed")
    code = models.CharField(max_length=40)
    page = models.PositiveIntegerField("page from 1, or 0 for the whole file")
    reason = models.CharField(max_length=500)
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="passed_warnings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "code", "page"], name="publishing_warning_passed_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="publishing_warning_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.upload}, page {self.page}"
