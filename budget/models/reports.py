"""The report's own words: its header and its paragraphs, as data, so that any council's outline can be told."""

from django.db import models

from budget.models.quarters import Quarter


class QuarterReport(models.Model):
    """The quarterly monitoring report of one quarter. Fields of several lines hold one line each."""

    quarter = models.OneToOneField(Quarter, on_delete=models.CASCADE, related_name="report")
    title = models.CharField(max_length=200)
    wards = models.CharField(max_length=200)
    key_decision = models.CharField(max_length=100)
    implement_by = models.CharField(max_length=100)
    executive_lead = models.TextField()
    supporting_officer = models.TextField()
    background_papers = models.TextField(blank=True, help_text="One a line (Local Government Act 1972, s100D).")
    notice = models.CharField(max_length=300, blank=True, help_text="Printed on every page made from this report.")

    def __str__(self) -> str:
        return self.title


class ReportMeeting(models.Model):
    """A meeting that the report goes to, as its header names it."""

    report = models.ForeignKey(QuarterReport, on_delete=models.CASCADE, related_name="meetings")
    name = models.CharField(max_length=200)
    held_on = models.DateField()

    class Meta:
        ordering = ["held_on"]

    def __str__(self) -> str:
        return self.name


class ReportBlock(models.Model):
    """One block of the report in its order: a heading, a paragraph of bound prose, or the place of a table or chart.

    Numbers are never stored: they follow from the order.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", "Heading"
        NUMBERED_HEADING = "numbered-heading", "Heading that carries a paragraph number"
        SUB_HEADING = "sub-heading", "Sub-heading"
        PARAGRAPH = "paragraph", "Numbered paragraph"
        TEXT = "text", "Unnumbered text"
        BULLETS = "bullets", "List, one point a line"
        VARIANCE_CHART = "variance-chart", "Chart of variances"
        BUDGET_TABLE = "budget-table", "Budget table"
        NARRATIVE_TABLE = "narrative-table", "Narrative table"
        RISKS_TABLE = "risks-table", "Risks"
        LATER_EVENTS_TABLE = "later-events-table", "Events after the period"
        LIMITS_TABLE = "limits-table", "Borrowing limits"
        WRITE_OFFS_TABLE = "write-offs-table", "Write-offs"

    class Role(models.TextChoices):
        NONE = "", "None"
        SUMMARY = "summary", "The report in a sentence"
        RECOMMENDATION = "recommendation", "What the meeting is asked to decide"

    report = models.ForeignKey(QuarterReport, on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    slug = models.SlugField(max_length=80)
    text = models.TextField(blank=True)
    role = models.CharField(max_length=16, choices=Role.choices, blank=True, default="")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["report", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "slug"], name="budget_block_slug_once"),
            models.UniqueConstraint(fields=["report", "position"], name="budget_block_position_once"),
        ]

    def __str__(self) -> str:
        return self.slug
