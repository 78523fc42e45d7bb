"""The letter after a visit, its paragraphs, and who reads it while Ofsted has not published it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ofsted.kinds import ParagraphKind
from ofsted.models.inspections import Visit


class Letter(models.Model):
    """The letter that tells what a visit found. Confidential until a person records that Ofsted has published it.

    `stamp` is what is printed on it ("Pre-publication") and decides nothing. `published_on` and `published_at_address`
    say when and where Ofsted published it, as somebody recorded. `addressee` has a line each. `file_name` and
    `file_checksum` are those of the file that its words were read from. `revision` grows with every change, so that
    two writers notice each other.
    """

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="letter")
    title = models.CharField(max_length=300)
    dated = models.DateField()
    addressee = models.TextField(blank=True)
    salutation = models.CharField(max_length=100, blank=True)
    inspectors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    companions = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    copied_to = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    stamp = models.CharField(max_length=100, blank=True)
    notice = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_checksum = models.CharField("SHA-256 of the file", max_length=64, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="ofsted_letters_entered"
    )
    published_on = models.DateField("published by Ofsted on", null=True, blank=True)
    published_at_address = models.URLField("where Ofsted published it", max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["visit"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on=None, published_at_address="")
                | Q(published_on__isnull=False) & ~Q(published_at_address=""),
                name="ofsted_letter_published_with_address",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None) | Q(entered_at__isnull=False, entered_by__isnull=False),
                name="ofsted_letter_entered_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"letter of {self.dated}"

    def get_absolute_url(self) -> str:
        return reverse("ofsted:letter", args=[self.visit.inspection.slug, self.visit.slug])

    @property
    def is_held_back(self) -> bool:
        """Whether nobody has recorded yet that Ofsted has published it, so that it is confidential."""
        return self.published_on is None


class LetterParagraph(models.Model):
    """A paragraph or point of a letter, in its order. `section` is the heading it stands under; empty at the opening.

    `number` counts the paragraphs of its kind within its section from one: "Overview, paragraph 2".
    """

    KINDS = [(each.value, each.value) for each in ParagraphKind]

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="paragraphs")
    section = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=KINDS, default=ParagraphKind.TEXT)
    words = models.TextField()

    class Meta:
        ordering = ["letter", "position"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "position"], name="ofsted_paragraph_position_once"),
            models.CheckConstraint(condition=Q(kind__in=ParagraphKind), name="ofsted_paragraph_kind_known"),
            models.CheckConstraint(condition=~Q(words=""), name="ofsted_paragraph_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.section or 'opening'}, paragraph {self.number}"


class NamedReader(models.Model):
    """A person who may read a letter while it is held back, with the reason. It goes when somebody ends it;
    `LetterEntry` keeps what was."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="named_readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ofsted_letters_read")
    reason = models.CharField(max_length=300)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ofsted_readers_named"
    )

    class Meta:
        ordering = ["letter", "named_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "person"], name="ofsted_namedreader_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="ofsted_namedreader_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Reader {self.person_id} of letter {self.letter_id}"
