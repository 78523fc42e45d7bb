"""The pack so far: the published files of a meeting's instalments as one PDF, each edition in a table of its own."""

from collections.abc import Mapping
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import SHA256
from torbay_reports.publishing.packplan import Edition


class JoinedPack(models.Model):
    """The versions of a meeting's packs that stood when somebody asked last, joined: a cache that may be emptied.

    `made_of` names them: key, number and checksum of the manifest of each. It is served only while these stand.
    """

    key = models.CharField("how the keys of its packs begin", max_length=200, unique=True)
    made_of = models.JSONField("key, version and manifest of each version joined")
    pdf = models.BinaryField()
    labels = models.JSONField("printed number of each page")
    checksum = models.CharField("SHA-256 of the PDF", max_length=64)
    made_at = models.DateTimeField()

    edition: ClassVar[Edition]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(checksum__regex=SHA256), name="%(app_label)s_%(class)s_checksum"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.edition} edition so far"


class WholePack(JoinedPack):
    """Of public editions alone."""

    edition = Edition.PUBLIC

    class Meta(JoinedPack.Meta):
        pass


class RestrictedWholePack(JoinedPack):
    """Of restricted editions, and of public ones where an instalment has no other; nothing about a public one reads
    it."""

    edition = Edition.RESTRICTED

    class Meta(JoinedPack.Meta):
        pass


WHOLES: Final[Mapping[Edition, type[WholePack] | type[RestrictedWholePack]]] = {
    Edition.PUBLIC: WholePack,
    Edition.RESTRICTED: RestrictedWholePack,
}
