"""The themes under which findings are followed: made when a finding names them, gone when none does."""

from itertools import count

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from ofsted.models import FindingTheme, Inspection

LONGEST_NAME = 100
LONGEST_SLUG = 60


def theme_called(inspection: Inspection, name: str) -> FindingTheme | None:
    """The inspection's theme of that name, made where there is none; None for no name. The first capitals stay.

    Call it with the inspection held. Raises ValidationError for a name that is too long or without a letter or digit.
    """
    name = " ".join(name.split())
    if not name:
        return None
    if len(name) > LONGEST_NAME:
        raise ValidationError({"theme": f"This theme is too long. Type at most {LONGEST_NAME} characters."})
    slug = slugify(name)[:LONGEST_SLUG].strip("-_")
    if not slug:
        raise ValidationError({"theme": "Type a theme with letters, such as “housing”."})
    themes = list(FindingTheme.objects.filter(inspection=inspection))
    for each in themes:
        if each.name.casefold() == name.casefold():
            return each
    slug = _free_slug(slug, {each.slug for each in themes})
    return FindingTheme.objects.create(inspection=inspection, slug=slug, name=name)


def drop_unused_themes(inspection: int) -> None:
    """Removes the themes of the inspection that no finding has."""
    FindingTheme.objects.filter(inspection=inspection, findings=None).delete()


def _free_slug(slug: str, taken: set[str]) -> str:
    """The slug, with a number where another name has it: two names never become one theme."""
    endings = (f"-{number}" for number in count(2))
    free = slug
    while free in taken:
        ending = next(endings)
        free = f"{slug[: LONGEST_SLUG - len(ending)]}{ending}"
    return free
