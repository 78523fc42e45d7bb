"""What a letter finds, by paragraph: theme, polarity, measure, and the steps that answer it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from improvement.kinds import Direction
from improvement.models import Step
from ofsted.kinds import Polarity, Relation, SinceLast
from ofsted.models.inspections import Inspection
from ofsted.models.letters import LetterParagraph


class FindingTheme(models.Model):
    """What findings of several visits are about ("housing"), so that they can be followed through the visits."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="themes")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["inspection", "name"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "slug"], name="ofsted_theme_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """One judgement of a letter: its paragraph, or the part of it that `quote` repeats word for word.

    `since_last` is what the letter says has changed since the last visit, `since_last_words` how, in a person's words.
    Unmarked (`polarity` empty) until the improvement lead has said how it is to be read.
    """

    POLARITIES = [(each.value, each.label) for each in Polarity]
    CHANGES = [(each.value, each.label) for each in SinceLast]

    paragraph = models.ForeignKey(LetterParagraph, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField(default=1)
    quote = models.TextField(blank=True)
    theme = models.ForeignKey(FindingTheme, null=True, blank=True, on_delete=models.RESTRICT, related_name="findings")
    polarity = models.CharField(max_length=10, choices=POLARITIES, blank=True, default=Polarity.NOT_MARKED)
    since_last = models.CharField(max_length=10, choices=CHANGES, blank=True, default=SinceLast.NOT_STATED)
    since_last_words = models.CharField(max_length=300, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["paragraph", "position"]
        indexes = [GinIndex(fields=["search"], name="ofsted_finding_search")]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "position"], name="ofsted_finding_position_once"),
            models.CheckConstraint(condition=Q(polarity__in=Polarity), name="ofsted_finding_polarity_known"),
            models.CheckConstraint(condition=Q(since_last__in=SinceLast), name="ofsted_finding_since_last_known"),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}"

    @property
    def words(self) -> str:
        """The inspector's words."""
        return self.quote or self.paragraph.words


class FindingMeasure(models.Model):
    """A figure that a finding quotes: `value` in `unit` (52 %), or `value` out of `out_of` (4 of 6 audits).

    `population` is whom or what it counts. `target` and `direction` are what was to be reached, where the letter or
    the council says so: at most 40 %.
    """

    DIRECTIONS = [
        (Direction.AT_LEAST.value, "at least"),
        (Direction.AT_MOST.value, "at most"),
        (Direction.UNKNOWN.value, "not stated"),
    ]

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveIntegerField(default=1)
    words = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    out_of = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    population = models.CharField(max_length=200, blank=True)
    direction = models.CharField(max_length=10, choices=DIRECTIONS, default=Direction.UNKNOWN)
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["finding", "position"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "position"], name="ofsted_measure_position_once"),
            models.CheckConstraint(
                condition=Q(target=None, direction=Direction.UNKNOWN)
                | Q(target__isnull=False, direction__in=[Direction.AT_LEAST, Direction.AT_MOST]),
                name="ofsted_measure_target_with_direction",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class StepLink(models.Model):
    """A person's judgement that a finding and a step belong together, and how; never made by the program."""

    RELATIONS = [(each.value, each.label) for each in Relation]

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="links")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="ofsted_links")
    relation = models.CharField(max_length=12, choices=RELATIONS, default=Relation.ANSWERS)
    why = models.CharField(max_length=300, blank=True)
    linked_at = models.DateTimeField(null=True, blank=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="ofsted_links"
    )

    class Meta:
        ordering = ["finding", "step__action__position", "step__number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "step"], name="ofsted_steplink_once"),
            models.CheckConstraint(condition=Q(relation__in=Relation), name="ofsted_steplink_relation_known"),
            models.CheckConstraint(
                condition=Q(linked_at=None, linked_by=None) | Q(linked_at__isnull=False, linked_by__isnull=False),
                name="ofsted_steplink_linked_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.finding_id}, step {self.step_id}"
