"""What is frozen: Documents as they were published."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelBase

from torbay_reports.publishing.packplan import Edition, Restriction

SHA256: Final = r"^[0-9a-f]{64}$"


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


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by who may read them."""

    def open(self) -> "PublicationQuerySet":
        """Those that the public may read; the only ones that a public edition ever asks for."""
        return self.filter(restriction=RestrictionChoice.OPEN)

    def of(self, source: str, subject: str, restriction: Restriction = Restriction.OPEN) -> "PublicationQuerySet":
        """The versions of one Document, the latest first."""
        return self.filter(source=source, subject=subject, restriction=restriction.value).order_by("-version")

    def update(self, **fields: Any) -> int:
        """Refused, as `save` is. Raises FrozenRow."""
        raise FrozenRow


class Publication(models.Model):
    """A Document as it was published: its JSON, with checksum, time and person. It never changes."""

    source = models.CharField("source of the Document", max_length=100)
    subject = models.CharField("what it is about", max_length=200)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    restriction = models.CharField(max_length=12, choices=RestrictionChoice.choices)
    edition = models.CharField(max_length=10, choices=EditionChoice.choices)
    document_json = models.TextField("the Document as JSON")
    checksum = models.CharField("SHA-256 of the JSON", max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="publications")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "subject", "restriction", "version"], name="publishing_publication_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="publishing_publication_version_from_1"),
            models.CheckConstraint(
                condition=Q(edition=EditionChoice.PUBLIC.value, restriction=RestrictionChoice.OPEN.value)
                | (Q(edition=EditionChoice.RESTRICTED.value) & ~Q(restriction=RestrictionChoice.OPEN.value)),
                name="publishing_publication_public_is_open",
            ),
            models.CheckConstraint(
                condition=Q(restriction__in=RestrictionChoice.values), name="publishing_publication_restriction_known"
            ),
            models.CheckConstraint(condition=Q(checksum__regex=SHA256), name="publishing_publication_checksum"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(subject="") & ~Q(title=""), name="publishing_publication_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

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
