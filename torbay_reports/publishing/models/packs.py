"""The packs that were built and checked, each edition in a table of its own."""

from collections.abc import Mapping
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import SHA256
from torbay_reports.publishing.packplan import Edition


class BuiltPack(models.Model):
    """The latest checked PDF of a pack's edition, with the places of all that stands in it.

    `plan_checksum` tells whether a plan still asks for exactly this pack; once it is published its page numbers are to
    stay, which is `again_checksum`. `made_of` (`makeup.Makeup`) what of it has
    changed. Who deletes what a pack is about deletes the pack (`services.drop_packs`).
    """

    key = models.CharField(max_length=200, unique=True)
    pdf = models.BinaryField()
    pages = models.JSONField("page map")
    checksum = models.CharField("SHA-256 of the PDF", max_length=64)
    plan_checksum = models.CharField("SHA-256 of plan, type and style", max_length=64)
    again_checksum = models.CharField("the same once its page numbers are published", max_length=64, blank=True)
    made_of = models.JSONField("checksums of each paper and of its cover", default=dict, blank=True)
    built_at = models.DateTimeField()
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss_built"
    )

    edition: ClassVar[Edition]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(checksum__regex=SHA256) & Q(plan_checksum__regex=SHA256),
                name="%(app_label)s_%(class)s_checksums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.edition} edition"


class StoredPack(BuiltPack):
    """A public edition."""

    edition = Edition.PUBLIC

    class Meta(BuiltPack.Meta):
        pass


class RestrictedPack(BuiltPack):
    """A restricted edition, which nothing about a public one reads."""

    edition = Edition.RESTRICTED

    class Meta(BuiltPack.Meta):
        pass


AnyPack = StoredPack | RestrictedPack
PACKS: Final[Mapping[Edition, type[StoredPack] | type[RestrictedPack]]] = {
    Edition.PUBLIC: StoredPack,
    Edition.RESTRICTED: RestrictedPack,
}
