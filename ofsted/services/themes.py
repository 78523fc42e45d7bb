"""The themes under which findings are followed: made when a finding names them, gone when none does."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from ofsted.models import FindingTheme, Inspection

LONGEST_NAME = 100
LONGEST_SLUG = 60


def theme_called(inspection: Inspection, name: str) -> FindingTheme | None:
    """The inspection's theme of that name, made where there is none; None for no name. The first spelling stays.

    Raises ValidationError for a name that is too long or without a letter or digit.
    """
    name = " ".join(name.split())
    if not name:
        return None
    if len(name) > LONGEST_NAME:
        raise ValidationError({"theme": f"This theme is too long. Type at most {LONGEST_NAME} characters."})
    slug = slugify(name)[:LONGEST_SLUG].strip("-_")
    if not slug:
        raise ValidationError({"theme": "Type a theme with letters, such as “housing”."})
    theme, _ = FindingTheme.objects.get_or_create(inspection=inspection, slug=slug, defaults={"name": name})
    return theme


def drop_unused_themes(inspection: int) -> None:
    """Removes the themes of the inspection that no finding has."""
    FindingTheme.objects.filter(inspection=inspection, findings=None).delete()
