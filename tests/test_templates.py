"""The rule that a template shows no variable that its context lacks, and the check that templates compile."""

from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.template.base import Origin, Template
from pytest_django import Settings


def _render(source: str, folder: Path) -> str:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    origin = Origin(name=str(folder / "templates" / "page.html"), template_name="page.html")
    template = Template(source, origin=origin, engine=backend.engine)
    return template.render(Context({"known": "yes", "row": {"name": "Adults"}}))


@pytest.mark.parametrize("source", ["{{ unknown }}", "{{ row.nmae }}", "{{ unknown|lower }}", "{{ unknown.name }}"])
def test_showing_an_unknown_variable_fails_the_test(source: str, checkout: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="the context has nothing for"):
        _render(source, checkout)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ known }} {{ row.name }}", "yes Adults"),
        ('{{ unknown|default:"none" }}', "none"),
        ("{% if unknown %}a{% else %}b{% endif %}", "b"),
        ("{% for row in unknown %}a{% empty %}b{% endfor %}", "b"),
    ],
)
def test_asking_whether_a_variable_is_there_is_allowed(source: str, shown: str, checkout: Path) -> None:
    assert _render(source, checkout) == shown


def test_templates_of_packages_keep_djangos_own_rule() -> None:
    assert _render("[{{ unknown }}]", Path("/elsewhere")) == "[]"


def test_a_template_that_does_not_compile_is_named_by_the_check(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "broken.html").write_text("{% if %}")
    settings.BASE_DIR = tmp_path
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    problems = [problem for problem in run_checks(tags=["templates"]) if problem.id == "core.E001"]
    assert [problem.msg.split(" does")[0] for problem in problems] == ["The template broken.html"]
