"""The names of what roles can be limited to."""

from collections.abc import Mapping

import pytest
from pytest_django import DjangoAssertNumQueries

from budget.models import FinancialYear, Service
from torbay_reports.access import scopes
from torbay_reports.access.roles import ScopeKind
from torbay_reports.access.scopes import AlreadyRegistered, name_of, names_of, register
from torbay_reports.agenda.models import Committee


@pytest.fixture
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scopes, "_sources", {})


@pytest.mark.usefixtures("_nothing_registered")
def test_a_kind_that_nobody_registered_has_no_names_and_reads_as_its_slug() -> None:
    assert names_of(ScopeKind.PLAN) == {}
    assert name_of(ScopeKind.PLAN, "childrens-services-plan") == "childrens services plan"


@pytest.mark.usefixtures("_nothing_registered")
def test_names_are_read_each_time() -> None:
    known: dict[str, str] = {}

    def names() -> Mapping[str, str]:
        return dict(known)

    register(ScopeKind.COMMITTEE, names)
    assert name_of(ScopeKind.COMMITTEE, "council") == "council"
    known["council"] = "Full Council"
    assert name_of(ScopeKind.COMMITTEE, "council") == "Full Council"
    assert names_of(ScopeKind.SERVICE) == {}
    with pytest.raises(AlreadyRegistered, match="The names of a committee are registered twice"):
        register(ScopeKind.COMMITTEE, names)


@pytest.mark.django_db
def test_committees_are_known_by_name_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for slug, name in (("council", "Council"), ("board", "Audit Board")):
        Committee.objects.create(slug=slug, name=name)
    with django_assert_num_queries(1):
        assert list(names_of(ScopeKind.COMMITTEE).items()) == [("board", "Audit Board"), ("council", "Council")]


@pytest.mark.django_db
def test_services_of_every_year_are_known_by_their_newest_name_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lines = [
        (2018, "housing", "Housing and Homelessness", Service.Kind.SERVICE),
        (2017, "housing", "Housing", Service.Kind.SERVICE),
        (2017, "libraries", "Libraries", Service.Kind.SERVICE),
        (2018, "adults", "Adult Services", Service.Kind.DIRECTORATE),
        (2018, "net", "Net revenue budget", Service.Kind.NET),
        (2018, "funding", "Sources of funding", Service.Kind.FUNDING),
        (2018, "gross", "Gross revenue budget", Service.Kind.GROSS),
    ]
    for position, (start, slug, name, kind) in enumerate(lines):
        year, _ = FinancialYear.objects.get_or_create(start_year=start, defaults={"unit": "thousands"})
        Service.objects.create(year=year, slug=slug, name=name, kind=kind, position=position)
    with django_assert_num_queries(1):
        assert list(names_of(ScopeKind.SERVICE).items()) == [
            ("adults", "Adult Services"),
            ("housing", "Housing and Homelessness"),
            ("libraries", "Libraries"),
        ]
