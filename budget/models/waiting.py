"""Files that wait between what they would change and the word to change it."""

from django.conf import settings
from django.db import models


class WaitingBudget(models.Model):
    """A file of budget lines that somebody has uploaded and looks at; it goes once it is applied, or after a day.

    `stated` is what was said of it (unit, signs, columns): with that the same bytes always read the same.
    """

    start_year = models.PositiveSmallIntegerField()
    file_name = models.CharField(max_length=255)
    data = models.BinaryField()
    stated = models.JSONField()
    why = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waiting_budgets")

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
