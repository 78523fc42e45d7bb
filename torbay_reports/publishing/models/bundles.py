"""What is published: bundles of files, each a version that never changes, and their withdrawal."""

from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q

from torbay_reports.publishing.models.publications import SHA256
from torbay_reports.publishing.packplan import Edition

Row = TypeVar("Row", bound=models.Model, covariant=True)


class BundleQuerySet(models.QuerySet[Row]):
    """Bundles by where they stand."""

    def written(self) -> "BundleQuerySet[Row]":
        """Those whose files are all in the store."""
        return self.exclude(written_at=None)

    def unfinished(self) -> "BundleQuerySet[Row]":
        """Those whose publishing goes on, or was broken off."""
        return self.filter(written_at=None)

    def available(self) -> "BundleQuerySet[Row]":
        """Those whose files may be read: written, and not withdrawn."""
        return self.written().filter(withdrawal=None)

    def standing(self) -> "BundleQuerySet[Row]":
        """Of each key the newest version, unless that is withdrawn."""
        newest = self.model._default_manager.exclude(written_at=None).order_by("key", "-version").distinct("key")
        return self.filter(pk__in=newest.values("pk"), withdrawal=None)

    def paper_keys(self) -> "models.QuerySet[Row, int]":
        """The keys of the rows of all papers that stand in them, for a query to look in."""
        keys: models.QuerySet[Row, int] = self.annotate(paper=Func("papers", function="unnest")).values("paper")
        return keys


class BundleRow(models.Model):
    """One version of a published pack: what its files are, when and by whom it was published.

    `written_at` is empty until all files are in the store: only then it is published. Nothing else ever changes, and
    triggers hold that. `contents` is what a reader sees listed (`bundles.values.ItemEntry`), `papers` are the keys of
    the papers' own rows; `pages` is the page map, `changes` what differs from the version before.
    """

    key = models.CharField("the pack's name", max_length=200)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    committee = models.CharField(max_length=200)
    meeting_on = models.DateField()
    manifest = models.CharField("SHA-256 of the manifest", max_length=64)
    files = models.JSONField("path, SHA-256, size and media type of each file")
    contents = models.JSONField("its items with their papers, in order")
    letter = models.JSONField("the clerk's letter")
    papers = ArrayField(models.BigIntegerField(), verbose_name="keys of its papers")
    publications = ArrayField(models.BigIntegerField(), verbose_name="keys of its publications")
    uploads = ArrayField(models.BigIntegerField(), verbose_name="keys of its brought PDFs")
    pages = models.JSONField("page map")
    plan_checksum = models.CharField("SHA-256 of what it was made of", max_length=64)
    reason = models.TextField("why a later version was made", blank=True)
    changes = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    written_at = models.DateTimeField(null=True, blank=True)

    edition: ClassVar[Edition]

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="%(app_label)s_%(class)s_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="%(app_label)s_%(class)s_version_from_1"),
            models.CheckConstraint(
                condition=Q(manifest__regex=SHA256) & Q(plan_checksum__regex=SHA256),
                name="%(app_label)s_%(class)s_checksums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.edition} edition, version {self.version}"


class Bundle(BundleRow):
    """A published public edition. `words` are those of its pages, in which the scan for leaks looks up what is public
    already."""

    words = models.TextField(blank=True)

    edition = Edition.PUBLIC

    objects = BundleQuerySet["Bundle"].as_manager()

    class Meta(BundleRow.Meta):
        pass


class RestrictedBundle(BundleRow):
    """A published restricted edition, which nothing about a public one reads."""

    edition = Edition.RESTRICTED

    objects = BundleQuerySet["RestrictedBundle"].as_manager()

    class Meta(BundleRow.Meta):
        pass


class WithdrawalRow(models.Model):
    """The taking away of a bundle: from the moment that this row stands nobody reads it any more.

    `office` is what the public is told of who did it, `why` is for the record. `taken_at` is empty until its files are
    in the locked store.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(class)ss")
    office = models.CharField(max_length=60)
    why = models.TextField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(office="") & ~Q(why=""), name="%(app_label)s_%(class)s_says_why"),
        ]


class Withdrawal(WithdrawalRow):
    """The withdrawal of a public edition."""

    bundle = models.OneToOneField(Bundle, on_delete=models.PROTECT, related_name="withdrawal")

    class Meta(WithdrawalRow.Meta):
        pass

    def __str__(self) -> str:
        return f"Withdrawal of {self.bundle}"


class RestrictedWithdrawal(WithdrawalRow):
    """The withdrawal of a restricted edition."""

    bundle = models.OneToOneField(RestrictedBundle, on_delete=models.PROTECT, related_name="withdrawal")

    class Meta(WithdrawalRow.Meta):
        pass

    def __str__(self) -> str:
        return f"Withdrawal of {self.bundle}"


AnyBundle = Bundle | RestrictedBundle


def bundles_of(edition: Edition) -> BundleQuerySet[Any]:
    """An edition's bundles; their words are read only when they are asked for, and no page does."""
    return Bundle.objects.defer("words") if edition is Edition.PUBLIC else RestrictedBundle.objects.all()


def withdrawals_of(edition: Edition) -> models.QuerySet[Any]:
    """The withdrawals of an edition's bundles."""
    return Withdrawal.objects.all() if edition is Edition.PUBLIC else RestrictedWithdrawal.objects.all()


class Verification(models.Model):
    """One re-reading of everything that is published: what was read, and what differs ([place, sentence])."""

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="verifications"
    )
    bundles = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    differences = models.JSONField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Verification of {self.begun_at:%-d %B %Y, %H:%M}"
