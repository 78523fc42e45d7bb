"""Set pages kept between builds: a cache that may be emptied at any time."""

from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import SHA256


class PartBase(models.Model):
    """Set pages, or a set piece of a paper (a strip), under the checksum of all that they depend on, shared by every
    worker.

    `room` is how much of a page a strip takes, kept beside it because all of a paper's are asked for in every build.
    """

    key = models.CharField("checksum of all it depends on", max_length=64, primary_key=True)
    data = models.BinaryField("the part")
    room = models.BinaryField("a strip's heights and margins", null=True)
    checksum = models.CharField("SHA-256 of the part", max_length=64)
    size = models.PositiveIntegerField("bytes")
    used_on = models.DateField("day on which a pack last used it")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=SHA256) & Q(checksum__regex=SHA256), name="%(app_label)s_%(class)s_keys"
            ),
        ]
        # What cleaning asks for stands in it whole: the parts themselves need not be gone through.
        indexes = [models.Index(fields=["used_on", "key"], include=["size"], name="%(app_label)s_%(class)s_use")]

    def __str__(self) -> str:
        return f"part {self.key[:12]}, {self.size} bytes"


class StoredPart(PartBase):
    """What builds of public editions have set."""

    class Meta(PartBase.Meta):
        pass


class RestrictedPart(PartBase):
    """What builds of restricted editions have set: among it the words of papers that are not for publication."""

    class Meta(PartBase.Meta):
        pass
