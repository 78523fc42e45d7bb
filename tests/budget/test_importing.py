"""A file that is wrong is refused with its place and its cure, and leaves nothing behind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError

from budget.importing.quarter_file import read_quarter
from budget.models import FinancialYear
from budget.reports.monitoring import BrokenReport
from budget.services import loading as services
from torbay_reports.core.reading import UnreadableFile

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def changed(checkout: Path, tmp_path: Path) -> Callable[[Change], Path]:
    """The demonstration's file with one thing changed."""

    def change(how: Change) -> Path:
        content = json.loads((checkout / "fixtures" / "budget.json").read_text("utf-8"))
        how(content)
        path = tmp_path / "budget.json"
        path.write_text(json.dumps(content), "utf-8")
        return path

    return change


def service(content: dict[str, Any], slug: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in content["services"] if each["slug"] == slug)
    return found


def block(content: dict[str, Any], slug: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in content["report"]["blocks"] if each["slug"] == slug)
    return found


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (lambda c: c.update(year="2017-19"), "year: '2017-19' is no financial year"),
        (lambda c: c["services"].append(c["services"][3]), "'adult-social-care' stands there 2 times"),
        (
            lambda c: service(c, "finance").update(parent="none"),
            "service 'finance': its group 'none' is not listed above",
        ),
        (lambda c: service(c, "finance").update(parent=None), "exactly one line stands at the top of the tree, not 2"),
        (lambda c: service(c, "joint-commissioning").update(income=-5), "a group's figures are added up"),
        (lambda c: service(c, "finance").update(income=5), "income of 5 has the wrong sign"),
        (lambda c: service(c, "finance").update(income="five"), "services entry 12, income"),
        (lambda c: c["narratives"][0].update(service="none"), "narratives: there is no service 'none'"),
        (lambda c: c["named_figures"][3].update(value="3.9"), "its parts add up to 3.8, not 3.9"),
        (lambda c: c["named_figures"][3].update(parts=["none"]), "there is no part 'none'"),
        (lambda c: c["borrowing"]["limits"][0].update(total=191), "limit 'operational-approved': give both parts"),
        (lambda c: block(c, "for-information").update(text=" "), "block 'for-information': it has no text."),
        (lambda c: block(c, "limits-recommended-points").update(items=["a", ""]), "a list needs items"),
        (
            lambda c: block(c, "for-information").update(slug="header"),
            "block 'header': the report itself uses this name",
        ),
        (lambda c: c["report"]["blocks"].pop(0), "it has a number, so a heading must stand above it"),
        (lambda c: c["events"][0].update(amount="5"), "event 'ferndown-centre': give an amount with its unit"),
        (lambda c: block(c, "for-information").update(text="It cost £5m."), "block 'for-information': '£5m.' is typed"),
        (lambda c: block(c, "for-information").update(kind="poem"), "'poem' is no kind of block"),
        (lambda c: block(c, "for-information").update(text="a\nb"), "the text breaks into lines"),
        (lambda c: c.pop("report"), "Object missing required field report"),
        (lambda c: c["write_offs"][0].update(number=-1), "write_offs entry 1, number"),
        (lambda c: c["write_offs"][0].update(over_5000=10**6), "write-offs of 'Council Tax': no more than all of them"),
        (lambda c: c["write_offs"].append(c["write_offs"][0]), "write_offs: 'Council Tax' stands there 2 times"),
        (lambda c: c["narratives"].append(c["narratives"][0]), "narratives: "),
        (lambda c: c["borrowing"]["borrowed"][0].update(first_day="2017-12-01"), "it ends before it begins"),
        (lambda c: c["named_figures"][3].update(unit="thousands"), "it is in thousands, a part in millions"),
        (lambda c: c.update(year="0000-01"), "year: '0000-01' is no financial year"),
        (lambda c: c["report"].update(wards="a" * 201), "report, wards"),
    ],
)
def test_each_fault_is_named(changed: Callable[[Change], Path], how: Change, sentence: str) -> None:
    path = changed(how)
    with pytest.raises(UnreadableFile) as refused:
        read_quarter(path)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("budget.json, ") or str(refused.value).startswith("budget.json:")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("It is [[service:none.variance|£0k]].", "Paragraph 3.1: No figure is called 'service:none.variance'."),
        ("See [[para:none]].", "Paragraph 3.1: No numbered paragraph is called 'none'."),
        ("[[position:latest.as_at|£0m]]", "Paragraph 3.1: 'position:latest.as_at' cannot be written as '£0m'."),
    ],
)
def test_words_that_cite_nothing_undo_the_whole_load(
    changed: Callable[[Change], Path], text: str, sentence: str
) -> None:
    content = read_quarter(changed(lambda c: block(c, "for-information").update(text=text)))
    with pytest.raises(BrokenReport) as refused:
        services.load_quarter(content=content)
    assert str(refused.value) == sentence
    assert not FinancialYear.objects.exists()


@pytest.mark.django_db
def test_a_year_is_not_loaded_over_another(torbay: FinancialYear, checkout: Path) -> None:
    with pytest.raises(IntegrityError):
        services.load_quarter(content=read_quarter(checkout / "fixtures" / "budget.json"))
