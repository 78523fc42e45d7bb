"""What is frozen: Documents as they were published, the restricted ones in a table of their own."""

from collections.abc import Iterable
from typing import Any, ClassVar, Final, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelBase

from torbay_reports.publishing.packplan import Edition, Restriction

SHA256: Final = r"^[0-9a-f]{64}$"
Row = TypeVar("Row", bound=models.Model, covariant=True)


class FrozenRow(Exception):
    """An attempt to change what is published: a correction is a new version."""

    def __init__(self) -> None:
        super().__init__("A publication does not change: publish the corrected Document, which becomes a new version.")


class EditionChoice(models.TextChoices):
    """The edition that a publication may stand in."""

    PUBLIC = Edition.PUBLIC.value, "public"
    RESTRICTED = Edition.RESTRICTED.value, "restricted"


class RestrictionChoice(models.TextChoices):
    """Whether the public may read a publication, and if not, on which ground."""

    OPEN = Restriction.OPEN.value, "open"
    EXEMPT = Restriction.EXEMPT.value, "exempt"
    CONFIDENTIAL = Restriction.CONFIDENTIAL.value, "confidential"


NOT_OPEN: Final = [
    (RestrictionChoice.EXEMPT.value, RestrictionChoice.EXEMPT.label),
    (RestrictionChoice.CONFIDENTIAL.value, RestrictionChoice.CONFIDENTIAL.label),
]
"""What a row of a restricted table can be."""


class FrozenQuerySet(models.QuerySet[Row]):
    """Frozen Documents, which are read and added to."""

    def of(self, source: str, subject: str) -> "FrozenQuerySet[Row]":
        """The versions of one Document, the latest first."""
        return self.filter(source=source, subject=subject).order_by("-version")

    def update(self, **fields: Any) -> int:
        """Refused, as `save` is. Raises FrozenRow."""
        raise FrozenRow


class FrozenDocument(models.Model):
    """A Document as it was published: its JSON, with checksum, time and person. It never changes."""

    source = models.CharField("source of the Document", max_length=100)
    subject = models.CharField("what it is about", max_length=200)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    document_json = models.TextField("the Document as JSON")
    checksum = models.CharField("SHA-256 of the JSON", max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "subject", "version"], name="%(app_label)s_%(class)s_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="%(app_label)s_%(class)s_version_from_1"),
            models.CheckConstraint(condition=Q(checksum__regex=SHA256), name="%(app_label)s_%(class)s_checksum"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(subject="") & ~Q(title=""), name="%(app_label)s_%(class)s_named"
            ),
        ]

    def save(
        self,
        *,
        force_insert: bool | tuple[ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Store a new row. Raises FrozenRow for one that is stored already."""
        if not self._state.adding:
            raise FrozenRow
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)


class Publication(FrozenDocument):
    """A Document that the public may read once the pack that holds it is published."""

    restriction: ClassVar = RestrictionChoice.OPEN

    objects = FrozenQuerySet["Publication"].as_manager()

    class Meta(FrozenDocument.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class RestrictedPublication(FrozenDocument):
    """An exempt or confidential Document, which no public edition reads.

    Its keys are those of no `Publication`, and its name says nothing of it: it may stand in a log.
    """

    restriction = models.CharField(max_length=12, choices=NOT_OPEN)

    objects = FrozenQuerySet["RestrictedPublication"].as_manager()

    class Meta(FrozenDocument.Meta):
        constraints = [
            *FrozenDocument.Meta.constraints,
            models.CheckConstraint(
                condition=Q(restriction__in=[value for value, _ in NOT_OPEN]),
                name="publishing_restrictedpublication_is_not_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.restriction} publication {self.pk}, version {self.version}"


AnyPublication = Publication | RestrictedPublication
