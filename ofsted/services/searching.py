"""The words by which a finding is found, kept beside it for PostgreSQL's full-text search."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from improvement.selectors.finding import SEARCH_CONFIG
from ofsted.models import Finding, FindingTheme, LetterParagraph

_NOTHING = Value("", output_field=TextField())


def index_findings(finding_pks: Iterable[int]) -> None:
    """Refresh what these findings are found by, in one statement: the inspector's words, and the theme.

    Call it after every write that changes one of these.
    """
    words = Coalesce(NullIf("quote", _NOTHING), _one(LetterParagraph.objects.filter(pk=OuterRef("paragraph")), "words"))
    theme = Coalesce(_one(FindingTheme.objects.filter(pk=OuterRef("theme")), "name"), _NOTHING)
    Finding.objects.filter(pk__in=list(finding_pks)).update(
        search=SearchVector(words, weight="A", config=SEARCH_CONFIG)
        + SearchVector(theme, weight="B", config=SEARCH_CONFIG)
    )


def _one(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.values(field), output_field=TextField())
