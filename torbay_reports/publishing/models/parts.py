"""Set pages kept between builds: a cache that may be emptied at any time."""

from django.db import models
from django.db.models import Q

from torbay_reports.publishing.models.publications import SHA256


class StoredPart(models.Model):
    """A run of set pages under the checksum of all that it depends on, shared by every worker.

    `start` is the checksum of what a part that begins here can be told by before it is set: its first unit and what it
    goes on with. Under one start several parts may stand, one for each continuation that was ever set.
    """

    key = models.CharField("checksum of all it depends on", max_length=64, primary_key=True)
    start = models.CharField("checksum of its beginning", max_length=64, db_index=True)
    units = models.PositiveIntegerField("units of the Document on its pages")
    data = models.BinaryField("the part")
    checksum = models.CharField("SHA-256 of the part", max_length=64)
    size = models.PositiveIntegerField("bytes")
    used_on = models.DateField("day on which a pack last used it", db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=SHA256) & Q(start__regex=SHA256) & Q(checksum__regex=SHA256),
                name="publishing_part_keys",
            ),
            models.CheckConstraint(condition=Q(units__gte=1), name="publishing_part_from_1_unit"),
        ]

    def __str__(self) -> str:
        return f"part {self.key[:12]}, {self.units} units"
