"""Committees and their meetings, the business on the agenda, and the instalments in which its papers go out."""

from django.db import models
from django.urls import reverse


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
