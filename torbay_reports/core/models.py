"""The demonstration's register: what it loaded, and which rows are its own."""

from django.db import models


class DemoLoad(models.Model):
    """One fixture that the demonstration loaded, by the checksum of what it was loaded from."""

    name = models.CharField(max_length=200, unique=True)
    checksum = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class DemoRow(models.Model):
    """A row that the demonstration made and may therefore change or remove."""

    model = models.CharField(max_length=200)
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="core_demorow_once")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
