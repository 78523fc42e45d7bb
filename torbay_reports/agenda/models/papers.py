"""Papers: their places on agendas, which the public may know of, and apart from these what is not for publication."""

from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.agenda.models.meetings import AgendaItem, Instalment
from torbay_reports.core.append_only import AppendOnly
from torbay_reports.publishing.models import Publication, RestrictedPdf, RestrictedPublication, UploadedPdf
from torbay_reports.publishing.packplan import Restriction

LARGE: Final = ("part", "texts", "findings")
"""What of an upload is read only when it is asked for."""


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, asked for by who may see them."""

    def open(self) -> "PaperQuerySet":
        """Only what the public may read: no row of another paper is touched."""
        return self.filter(restriction=Restriction.OPEN)

    def with_content(self, *, restricted: bool = False) -> "PaperQuerySet":
        """With what was published or brought for each, in one query; an upload's pages, words and findings are read
        only when they are asked for. What is not for publication is read only where `restricted` asks for it."""
        found = self.select_related("publication", "upload", "withdrawn").defer(
            "withdrawn__why", "withdrawn__by", *(f"upload__{name}" for name in LARGE)
        )
        if not restricted:
            return found
        joined = found.select_related("held_back__publication", "held_back__upload")
        return joined.defer(*(f"upload__{name}" for name in LARGE), *(f"held_back__upload__{name}" for name in LARGE))


class PaperContent(models.Model):
    """What a paper says: built by the program, or brought as a PDF. With neither it is to follow."""

    title = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=80, blank=True, help_text="The report source that builds it, where one does.")
    subject = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class Paper(PaperContent):
    """A document under an item, going out with an instalment. One publication may stand under the items of several
    meetings.

    Of an exempt or confidential paper this row says only what the public may know: where it stands, on which ground
    it is withheld, and under which of Schedule 12A's descriptions (numbers of the list in force from
    `description_list`). Its title and content stand in `held_back`; `content` is whichever of the two rows has them.

    `listed_in` is the earlier instalment that lists it as to follow; `why_late` tells everybody why it goes out after
    the last day on time.
    """

    RESTRICTIONS = [(each.value, each.value) for each in Restriction]

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="papers")
    instalment = models.ForeignKey(Instalment, on_delete=models.CASCADE, related_name="papers")
    listed_in = models.ForeignKey(
        Instalment, null=True, blank=True, on_delete=models.PROTECT, related_name="papers_to_follow"
    )
    why_late = models.CharField(max_length=300, blank=True)
    slug = models.SlugField(max_length=80)
    restriction = models.CharField(max_length=12, choices=RESTRICTIONS, default=Restriction.OPEN)
    descriptions = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    description_list = models.DateField("first day of the list that they stand in", null=True, blank=True)
    publication = models.ForeignKey(Publication, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    upload = models.ForeignKey(UploadedPdf, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveIntegerField()

    is_listed_only = False
    """Whether this instance stands for the line of an earlier instalment that lists it as to follow."""

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
            models.CheckConstraint(
                condition=Q(restriction=Restriction.OPEN.value, descriptions=[], description_list=None)
                | (
                    ~Q(restriction=Restriction.OPEN) & Q(title="", source="", subject="", publication=None, upload=None)
                ),
                name="agenda_paper_restricted_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.restriction} paper {self.pk}"

    @property
    def content(self) -> "Paper | RestrictedPaper":
        """Where its title and content stand: this row, or for a restricted paper the one that is held back."""
        return self.held_back if self.is_restricted else self

    @property
    def is_restricted(self) -> bool:
        """Whether it is exempt or confidential."""
        return self.restriction != Restriction.OPEN

    @property
    def held_back_as(self) -> Restriction:
        """The ground on which it is withheld; open where it is not."""
        return Restriction(self.restriction)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken away after it was published."""
        return hasattr(self, "withdrawn")

    @property
    def is_there(self) -> bool:
        """Whether it is built or brought; otherwise it is to follow."""
        return self.content.publication_id is not None or self.content.upload_id is not None

    @property
    def has_grounds(self) -> bool:
        """Whether somebody has said why it is withheld; an open paper needs no grounds."""
        if not self.is_restricted:
            return True
        held_back = self.held_back
        said = self.descriptions if self.held_back_as is Restriction.EXEMPT else held_back.forbidden_by
        return bool(said and held_back.reason and held_back.review_on)

    @property
    def is_built(self) -> bool:
        """Whether the program makes it from its own figures, so that no file can stand for it."""
        return bool(self.content.source) or self.content.publication_id is not None


class RestrictedPaper(PaperContent):
    """What of an exempt or confidential paper is not for publication; nothing about a public edition reads it.

    Of an exempt one: why it is exempt, why the public interest in that outweighs the one in publishing (Local
    Government Act 1972, Schedule 12A, paragraph 10) and when that is looked at again. `has_contract_terms`: it tells
    of terms proposed in negotiating a contract (s100F(2A)). Of a confidential one, who forbids its publication
    (s100A(3)). `every_councillor` is the monitoring officer's decision where a paper rests on several descriptions.
    `names` are further names that must not get out; `public_words` what the monitoring officer has cleared for the scan
    for leaks: a line each.
    """

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, primary_key=True, related_name="held_back")
    publication = models.ForeignKey(
        RestrictedPublication, null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    upload = models.ForeignKey(RestrictedPdf, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    reason = models.TextField(blank=True)
    public_interest = models.TextField(blank=True)
    furnished_by = models.CharField("government department that gave it", max_length=200, blank=True)
    prohibited_by = models.CharField("enactment or court order that forbids it", max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)
    has_contract_terms = models.BooleanField(default=False)
    every_councillor = models.BooleanField(null=True, blank=True)
    names = models.TextField(blank=True)
    public_words = models.TextField("words of it that may be public", blank=True)
    released_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source="", subject="") | (~Q(source="") & ~Q(subject="")),
                name="agenda_restrictedpaper_source_with_subject",
            ),
            models.CheckConstraint(
                condition=Q(upload=None) | Q(publication=None, source=""),
                name="agenda_restrictedpaper_built_or_brought",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_restrictedpaper_has_title"),
        ]

    def __str__(self) -> str:
        return f"What is held back of paper {self.pk}"

    @property
    def forbidden_by(self) -> str:
        """Who or what forbids that a confidential paper is published."""
        return self.furnished_by or self.prohibited_by


class HeldBackEntry(AppendOnly):
    """One more decision about a restricted paper: its grounds, a review, a reader, its release.

    `says` is what was decided and why; it may tell what the paper says, so that it stands here and not in the record.
    """

    KINDS = [
        (kind.value, kind.label)
        for kind in (
            RecordKind.GROUNDS_SET,
            RecordKind.READER_ADMITTED,
            RecordKind.COUNCILLORS_DECIDED,
            RecordKind.WORDS_CLEARED,
            RecordKind.PAPER_REVIEWED,
            RecordKind.PAPER_RELEASED,
        )
    ]

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="held_back_entries")
    kind = models.CharField(max_length=30, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="held_back_entries")
    says = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "entry about a restricted paper"
        verbose_name_plural = "entries about restricted papers"
        constraints = [
            models.CheckConstraint(condition=~Q(says=""), name="agenda_heldbackentry_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: paper {self.paper_id}"


class Admission(models.Model):
    """A person to whom the monitoring officer has opened one restricted paper until a day, that day included, with the
    reason. It goes when the monitoring officer ends it; `HeldBackEntry` keeps what was."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="admissions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="admissions")
    reason = models.TextField()
    until = models.DateField("to, that day included")
    admitted_at = models.DateTimeField()
    admitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="admissions_given")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "person"], name="agenda_admission_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="agenda_admission_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Admission {self.pk} to paper {self.paper_id}"


class WithdrawnPaper(models.Model):
    """A paper that was taken away after it was published: its pages keep their numbers and say so.

    `office` is what the public is told of who did it; the person and `why` are for the record.
    """

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="withdrawn")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="withdrawn_papers")
    office = models.CharField(max_length=60)
    why = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(office="") & ~Q(why=""), name="agenda_withdrawnpaper_says_why"),
        ]

    def __str__(self) -> str:
        return f"Withdrawal of paper {self.paper_id}"
