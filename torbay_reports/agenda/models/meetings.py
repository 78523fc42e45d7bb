"""Committees and their meetings, the business on the agenda, and the instalments in which its papers go out."""

from django.db import models
from django.urls import reverse


class Committee(models.Model):
    """A body that meets: a board, a committee, the full council."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField("initials by which its decisions are cited", max_length=12, blank=True)
    clerk = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    office = models.TextField(blank=True, help_text="The address, one line each.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One dated sitting of a committee.

    `presiding` is the person in the chair with their office, as the minutes name them. `convened_on` is set where it
    was convened at shorter notice than five clear days: its papers are due from that day on (Local Government Act 1972,
    s100B(3)); one that was entered or changed after a part of the pack had gone out says on which day
    (`convening_entered_on`) and why. One that was moved after something of it had gone out stays, and `moved_to` is the
    meeting in its place.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    presiding = models.CharField("person presiding", max_length=200, blank=True)
    convened_on = models.DateField("day of its convening, where at shorter notice", null=True, blank=True)
    convening_entered_on = models.DateField(
        "day on which that was entered, where after publication", null=True, blank=True
    )
    convening_why = models.CharField("why it was entered so late", max_length=500, blank=True)
    moved_to = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from")
    notice = models.CharField(max_length=300, blank=True, help_text="Printed on every page made from this meeting.")

    class Meta:
        ordering = ["held_on", "committee__name"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "held_on"], name="agenda_meeting_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(convening_entered_on=None, convening_why="")
                | (models.Q(convening_entered_on__isnull=False) & ~models.Q(convening_why="")),
                name="agenda_meeting_says_why_convening_is_entered_late",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee}, {self.held_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("agenda:meeting", args=[self.committee.slug, self.held_on])


class Instalment(models.Model):
    """A part of the pack that goes out together: number 0 is the agenda, 1 and on are supplements with a letter.

    `dated` is the day on which it goes out. An agenda needs no salutation, opening and closing.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    dated = models.DateField()
    clerk = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40)
    email = models.EmailField()
    office = models.TextField(help_text="The address, one line each.")
    salutation = models.CharField(max_length=100, blank=True)
    opening = models.TextField(blank=True)
    closing = models.CharField(max_length=100, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_title = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_instalment_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.name}"

    @property
    def name(self) -> str:
        """Agenda, Supplement 1, Supplement 2…"""
        return f"Supplement {self.number}" if self.number else "Agenda"

    @property
    def slug(self) -> str:
        """Its name in addresses and in the pack's key: agenda, supplement-1."""
        return f"supplement-{self.number}" if self.number else "agenda"


class ItemKind(models.TextChoices):
    """What sort of business an item is."""

    BUSINESS = "business", "business"
    URGENT = "urgent", "urgent item"
    EXCLUSION = "exclusion", "resolution to exclude the public"


class AgendaItem(models.Model):
    """One piece of business; its number is as printed, and stays once it is published.

    `words` stand below its title on the agenda: what is to be done, or the resolution to exclude the public. `added_in`
    is the instalment that first lists it, empty for the agenda's own. An urgent item was not on the agenda five clear
    days before (Local Government Act 1972, s100B(4)(b)). `carried_from` is the item of an earlier meeting that was not
    reached or was put off.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=ItemKind.choices, default=ItemKind.BUSINESS)
    added_in = models.ForeignKey(
        Instalment, null=True, blank=True, on_delete=models.PROTECT, related_name="added_items"
    )
    at_meeting = models.BooleanField("admitted at the meeting, on no agenda", default=False)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_number_once"),
            models.CheckConstraint(condition=models.Q(kind__in=ItemKind.values), name="agenda_item_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
