"""Rows that are written once. The migration of each such table adds a trigger that refuses what passes by Python."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model, covariant=True)


class NeverChanged(Exception):
    """Somebody tries to change or delete a row that is written once."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Rows to read and to add to; whatever would change or delete them raises NeverChanged."""

    def update(self, **kwargs: Any) -> NoReturn:
        _refuse(self.model)

    def delete(self) -> NoReturn:
        _refuse(self.model)

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        _refuse(self.model)


class AppendOnly(models.Model):
    """A row that is written once; saving it again or deleting it raises NeverChanged."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        _refuse(type(self))


def _refuse(model: type[models.Model]) -> NoReturn:
    name = model._meta.verbose_name
    raise NeverChanged(f"An {name} is neither changed nor deleted. Write a new one that says what is different.")
