"""A system check of our own: every template of the project compiles."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.template import TemplateSyntaxError, engines
from django.template.exceptions import TemplateDoesNotExist


@register(Tags.templates)
def templates_compile(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """An error for each file below `templates/` that the template engine refuses; `core.E001`."""
    problems: list[CheckMessage] = []
    folder: Path = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.*")):
        name = path.relative_to(folder).as_posix()
        try:
            engines["django"].get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist, UnicodeDecodeError) as error:
            problems.append(Error(f"The template {name} does not compile: {error}", id="core.E001"))
    return problems
