"""The words by which a step is found, kept beside it for PostgreSQL's full-text search."""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchVector
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat, Left

from improvement.models import Step, StepOwner, Update
from improvement.selectors.finding import SEARCH_CONFIG

LONGEST: Final = 40_000
"""Characters of each part that are searched: PostgreSQL refuses a step whose words fill more than a megabyte."""


def index_steps(steps: Iterable[int]) -> None:
    """Refresh what the steps of these numbers (primary keys) are found by, in one statement.

    Found are: reference, how, owners, due date and success as printed, the action, its priority and theme, and the
    updates that count. Call it after every write that changes one of these.
    """
    of_step: dict[str, Any] = {"step": OuterRef("pk")}
    Step.objects.filter(pk__in=list(steps)).update(
        search=_vector(_above("action__reference", Value("/"), Cast("number", CharField())), "A", config="simple")
        + _vector(_above("action__reference"), "A", config="simple")
        + _vector(F("how"), "A")
        + _vector(_above("action__what"), "B")
        + _vector(_joined(StepOwner.objects.filter(**of_step), "owner__name"), "B")
        + _vector(F("who"), "C")
        + _vector(F("success"), "C")
        + _vector(_joined(Update.objects.accepted().filter(**of_step), "text"), "C")
        + _vector(_above("action__priority__title", Value(" "), "action__priority__theme__title"), "D")
        + _vector(F("when"), "D")
    )


def _vector(words: F | Subquery, weight: str, config: str = SEARCH_CONFIG) -> SearchVector:
    return SearchVector(Left(words, LONGEST), weight=weight, config=config)


def _above(*words: str | Value | Cast) -> Subquery:
    """Words of the step or of what it stands under, put together."""
    joined = Concat(*words, Value(""), output_field=TextField())
    return Subquery(Step.objects.filter(pk=OuterRef("pk")).annotate(joined=joined).values("joined"))


def _joined(rows: QuerySet[Any], field: str) -> Subquery:
    """The words of all these rows of the step."""
    return Subquery(
        rows.order_by().values("step").annotate(joined=StringAgg(field, delimiter=" ")).values("joined"),
        output_field=TextField(),
    )
