"""Committees and their meetings, the business on the agenda, its papers, and the instalments in which they go out."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from torbay_reports.publishing.models import Publication, UploadedPdf
from torbay_reports.publishing.packplan import Restriction


class Committee(models.Model):
    """A body that meets: a board, a committee, the full council."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One dated sitting of a committee."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    notice = models.CharField(max_length=300, blank=True, help_text="Printed on every page made from this meeting.")

    class Meta:
        ordering = ["held_on", "committee__name"]
        constraints = [models.UniqueConstraint(fields=["committee", "held_on"], name="agenda_meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.committee}, {self.held_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("agenda:meeting", args=[self.committee.slug, self.held_on])


class Instalment(models.Model):
    """A part of the pack that goes out together: number 0 is the agenda, 1 and on are supplements with a letter."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    dated = models.DateField()
    clerk = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40)
    email = models.EmailField()
    office = models.TextField(help_text="The address, one line each.")
    salutation = models.CharField(max_length=100)
    opening = models.TextField()
    closing = models.CharField(max_length=100)
    signatory = models.CharField(max_length=200)
    signatory_title = models.CharField(max_length=200)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_instalment_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.name}"

    @property
    def name(self) -> str:
        """Agenda, Supplement 1, Supplement 2…"""
        return f"Supplement {self.number}" if self.number else "Agenda"


class AgendaItem(models.Model):
    """One piece of business; its number is as printed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, asked for by who may see them."""

    def open(self) -> "PaperQuerySet":
        """Only what the public may read, by its own row, its publication's and its upload's: others are not touched."""
        frozen_as_open = Q(publication=None) | Q(publication__restriction=Restriction.OPEN)
        brought_as_open = Q(upload=None) | Q(upload__restriction=Restriction.OPEN)
        return self.filter(frozen_as_open, brought_as_open, restriction=Restriction.OPEN)

    def with_content(self) -> "PaperQuerySet":
        """With what was published or brought for each, in one query; an upload's pages, words and findings are read
        only when they are asked for."""
        large = ("upload__part", "upload__texts", "upload__findings")
        return self.select_related("publication", "upload").defer(*large)


class Paper(models.Model):
    """A document under an item, going out with an instalment: built by the program, or brought as a PDF.

    With neither a publication nor an upload it is to follow. One publication may stand under the items of several
    meetings.
    """

    RESTRICTIONS = [(each.value, each.value) for each in Restriction]

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    instalment = models.ForeignKey(Instalment, on_delete=models.CASCADE, related_name="papers")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    restriction = models.CharField(max_length=12, choices=RESTRICTIONS, default=Restriction.OPEN)
    source = models.CharField(max_length=80, blank=True, help_text="The report source that builds it, where one does.")
    subject = models.CharField(max_length=80, blank=True)
    publication = models.ForeignKey(Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    upload = models.ForeignKey(UploadedPdf, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["item", "position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "slug"], name="agenda_paper_slug_once"),
            models.CheckConstraint(
                condition=Q(source="", subject="") | (~Q(source="") & ~Q(subject="")),
                name="agenda_paper_source_with_subject",
            ),
            models.CheckConstraint(
                condition=Q(upload=None) | Q(publication=None, source=""), name="agenda_paper_built_or_brought"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_restricted(self) -> bool:
        """Whether its row or its content is exempt or confidential; a slip in one does not open it."""
        return self.held_back_as != Restriction.OPEN

    @property
    def held_back_as(self) -> Restriction:
        """The restriction of its row or, where that is open, of what was frozen or brought for it."""
        content = self.publication or self.upload
        if self.restriction == Restriction.OPEN and content is not None:
            return Restriction(content.restriction)
        return Restriction(self.restriction)

    @property
    def is_there(self) -> bool:
        """Whether it is built or brought; otherwise it is to follow."""
        return self.publication_id is not None or self.upload_id is not None

    @property
    def is_built(self) -> bool:
        """Whether the program makes it from its own figures, so that no file can stand for it."""
        return bool(self.source) or self.publication_id is not None
