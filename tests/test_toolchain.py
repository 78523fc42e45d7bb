"""What the tools' own files promise: pins without hosts, one version of Plotly, no clock but one."""

import json
import re
import tomllib
from importlib import util
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from pghistory.models import Event


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_host(name: str, checkout: Path) -> None:
    text = (checkout / name).read_text()
    assert "://" not in text
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    assert all(re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin, re.DOTALL) for pin in pins)


def test_the_browsers_packages_are_locked_without_addresses(checkout: Path) -> None:
    lock = json.loads((checkout / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("integrity" in package and "resolved" not in package for package in packages.values())


def test_screen_and_print_draw_with_the_same_plotly(checkout: Path) -> None:
    plotly = util.find_spec("plotly")
    assert plotly is not None
    assert plotly.origin is not None
    with (Path(plotly.origin).parent / "package_data" / "plotly.min.js").open(encoding="utf-8") as script:
        bundled = re.search(r"plotly\.js v([\d.]+)", script.read(200))
    assert bundled is not None
    package = json.loads((checkout / "package.json").read_text())
    assert package["dependencies"]["plotly.js-basic-dist-min"] == bundled[1]


def test_every_dependency_has_its_reason_beside_it(checkout: Path) -> None:
    text = (checkout / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lines = {line.strip() for line in text.splitlines()}
    for dependency in named:
        assert any(line.startswith(f'"{dependency}",') and "# " in line for line in lines), dependency


def test_no_field_asks_the_machine_for_the_time() -> None:
    others = ("django.", "allauth.", "procrastinate.", "pghistory.")
    own = [model for model in apps.get_models() if not model.__module__.startswith(others)]
    asking = [
        f"{model.__name__}.{field.name}"
        for model in own
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField | models.TimeField)
        and (field.auto_now or field.auto_now_add)
        # The database writes an event's moment by its trigger: nothing here could tell it another one.
        and not (issubclass(model, Event) and field.name == "pgh_created_at")
    ]
    assert asking == []
