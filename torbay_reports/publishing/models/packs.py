"""The packs that were built and checked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import SHA256, EditionChoice


class StoredPack(models.Model):
    """The latest checked PDF of a pack's edition, with the places of all that stands in it.

    `plan_checksum` tells whether a plan still asks for exactly this pack, `made_of` (`makeup.Makeup`) what of it has
    changed. Who deletes what a pack is about deletes the pack (`services.drop_packs`).
    """

    key = models.CharField(max_length=200)
    edition = models.CharField(max_length=10, choices=EditionChoice.choices)
    pdf = models.BinaryField()
    pages = models.JSONField("page map")
    checksum = models.CharField("SHA-256 of the PDF", max_length=64)
    plan_checksum = models.CharField("SHA-256 of plan, type and style", max_length=64)
    made_of = models.JSONField("checksums of each paper and of its cover", default=dict, blank=True)
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="packs_built"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "edition"], name="publishing_storedpack_once"),
            models.CheckConstraint(
                condition=Q(edition__in=EditionChoice.values), name="publishing_storedpack_edition_known"
            ),
            models.CheckConstraint(
                condition=Q(checksum__regex=SHA256) & Q(plan_checksum__regex=SHA256),
                name="publishing_storedpack_checksums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.edition} edition"
