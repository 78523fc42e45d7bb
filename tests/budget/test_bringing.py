"""A budget's file changes a year all or nothing, with its history, and only while no quarter is signed."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from budget.importing.budgets import BudgetFile
from budget.importing.faults import RefusedRows
from budget.importing.stated import Income, Stated
from budget.models import BudgetLine, FinancialYear, Quarter, Service
from budget.services.bringing import BudgetHasChanged, BudgetRefused, bring
from budget.services.changes import budget_changes
from budget.services.waiting import read_budget_file
from tests.access.cast import person_with
from tests.budget.forty import forty_services
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.core import clock, periods
from torbay_reports.core.history import events
from torbay_reports.core.money import Unit

pytestmark = pytest.mark.django_db
YEAR = periods.FinancialYear(2018)
STATED = Stated(unit=Unit.POUNDS, income=Income.NEGATIVE)
NEW = """Directorate,Service,Code,Name,Expenditure,Income
Adults,Care,100,Wages,"1,200.50",
Adults,Care,200,Fees,,(200)
Adults,Support,,,300,-
Homes,Lets,,,10,(20)
Homes,Support,,,5,
"""


@pytest.fixture
def officer() -> User:
    return person_with(Role.FINANCE_OFFICER)


def read(text: str, stated: Stated = STATED) -> BudgetFile:
    return read_budget_file(year=YEAR, data=text.encode(), file_name="budget.csv", stated=stated)


def lines() -> dict[tuple[str, str, str], Decimal]:
    found = BudgetLine.objects.values_list("service__slug", "kind", "code", "opening")
    return {(slug, kind, code): opening for slug, kind, code, opening in found}


def test_a_new_year_is_made_with_its_tree(officer: User) -> None:
    brought = bring(year=YEAR, content=read(NEW), by=officer, why="As approved.")
    assert (brought.is_new, brought.services, brought.added, brought.changed) == (True, 4, 7, 0)
    assert FinancialYear.objects.get().unit == "pounds"
    tree = [(each.tree_depth, each.slug, each.kind) for each in Service.objects.with_tree_fields()]
    assert tree == [
        (0, "net-revenue-budget", "net"),
        (1, "adults", "directorate"),
        (2, "care", "service"),
        (2, "support", "service"),
        (1, "homes", "directorate"),
        (2, "lets", "service"),
        (2, "homes-support", "service"),
    ]
    assert lines() == {
        ("care", "expenditure", "100"): Decimal("1200.50"),
        ("care", "income", "200"): Decimal(-200),
        ("support", "expenditure", ""): Decimal(300),
        ("support", "income", ""): Decimal(0),
        ("lets", "expenditure", ""): Decimal(10),
        ("lets", "income", ""): Decimal(-20),
        ("homes-support", "expenditure", ""): Decimal(5),
    }


def test_each_line_has_its_history_with_who_and_why_though_it_came_by_copy(officer: User) -> None:
    bring(year=YEAR, content=read(NEW), by=officer, why="As approved.")
    versions = events(BudgetLine).select_related("pgh_context")
    assert {
        (each.pgh_label, each.pgh_context.metadata["by"], each.pgh_context.metadata["why"]) for each in versions
    } == {("insert", officer.pk, "As approved.")}
    assert len(versions) == BudgetLine.objects.count()
    bring(year=YEAR, content=read(NEW.replace("300", "310")), by=officer, why="Misprint.")
    changed = events(BudgetLine).select_related("pgh_context").get(pgh_label="update")
    assert (changed.opening, changed.original, changed.pgh_context.metadata["why"]) == (310, 310, "Misprint.")


def test_a_later_file_changes_what_differs_and_keeps_what_it_lacks(officer: User) -> None:
    bring(year=YEAR, content=read(NEW), by=officer)
    later = "Directorate,Service,Code,Name,Expenditure,Income\nAdults,Care,100,Wages,1300,\nAdults,Care,300,Cars,7,\n"
    brought = bring(year=YEAR, content=read(later), by=officer)
    assert (brought.added, brought.changed, brought.removed, brought.services) == (1, 1, 0, 0)
    assert (lines()["care", "expenditure", "100"], lines()["care", "expenditure", "300"]) == (Decimal(1300), Decimal(7))
    assert len(lines()) == 8


def test_lines_that_the_file_lacks_go_only_when_that_is_wanted(officer: User) -> None:
    bring(year=YEAR, content=read(NEW), by=officer)
    only = "\n".join(NEW.splitlines()[:3])
    assert bring(year=YEAR, content=read(only), by=officer, removes=True).removed == 5
    assert lines().keys() == {("care", "expenditure", "100"), ("care", "income", "200")}
    assert events(BudgetLine).filter(pgh_label="delete").count() == 5


def test_an_original_budget_that_differs_from_the_opening_one_stays(officer: User) -> None:
    bring(year=YEAR, content=read(NEW), by=officer)
    BudgetLine.objects.filter(service__slug="lets", kind="expenditure").update(original=8)
    bring(year=YEAR, content=read(NEW.replace("Lets,,,10", "Lets,,,12")), by=officer)
    line = BudgetLine.objects.get(service__slug="lets", kind="expenditure")
    assert (line.opening, line.original) == (12, 8)


def test_a_signed_quarter_keeps_the_budget_as_it_is_and_is_named(officer: User) -> None:
    quarter = forty_services()
    content = read("Service,Expenditure\nAdults Care,1\n")
    Quarter.objects.filter(pk=quarter.pk).update(signed_at=clock.now())
    for act in (lambda: bring(year=YEAR, content=content, by=officer), lambda: read("Service,Expenditure\nX,1\n")):
        with pytest.raises(BudgetRefused, match="Quarter 1 2018/19 is signed, so that the budget of 2018/19 stands"):
            act()
    assert BudgetLine.objects.get(service__slug="adults-care", kind="expenditure").opening == 100_000


def test_a_file_without_groups_knows_the_years_services_and_their_totals(officer: User) -> None:
    forty_services()
    text = "Service,Expenditure\nAdults Care,1\nAdults Support,2\nTotal Adults,3\nAdults,3\nTotal,3\n"
    content = read(text)
    assert (len(content.lines), content.totals, content.rounding) == (2, 3, ())
    changes = budget_changes(YEAR.start, content)
    assert (len(changes.changed), len(changes.added), len(changes.left)) == (2, 0, 79)
    before_and_after = {each.name: (each.before, each.after) for each in changes.totals}
    assert before_and_after["Adults"] == (Decimal(1_350_000), Decimal(950_003))


def test_a_service_that_is_new_needs_its_group(officer: User) -> None:
    forty_services()
    with pytest.raises(RefusedRows, match="Row 2: “Ferries” is no service of the year yet, and a new one needs"):
        budget_changes(YEAR.start, read("Service,Expenditure\nFerries,1\n"))
    changes = budget_changes(YEAR.start, read("Group,Service,Expenditure\nStreets,Ferries,1\nPiers,Tolls,2\n"))
    assert [(node.words, node.kind) for node in changes.nodes] == [
        ("Ferries (Streets)", "service"),
        ("Piers (Gross Revenue Budget)", "directorate"),
        ("Tolls (Piers)", "service"),
    ]


def test_a_group_takes_no_budget_and_a_service_no_services(officer: User) -> None:
    forty_services()
    with pytest.raises(RefusedRows, match="Row 2: “All adults” is a group"):
        budget_changes(YEAR.start, read("Short name,Service,Expenditure\nadults,All adults,1\n"))
    with pytest.raises(RefusedRows, match="Row 2: “Adults Care” has a budget of its own"):
        budget_changes(YEAR.start, read("Group,Group,Service,Expenditure\nAdults,Adults Care,Nights,1\n"))


def test_a_service_keeps_the_short_name_that_it_had_a_year_ago(officer: User) -> None:
    quarter = forty_services(start_year=2017)
    Service.objects.filter(year=quarter.year, slug="homes-support").update(slug="housing-advice", name="Lets")
    bring(year=YEAR, content=read(NEW), by=officer)
    assert Service.objects.get(year__start_year=2018, name="Lets").slug == "housing-advice"


def test_changes_that_were_not_looked_at_are_not_made(officer: User) -> None:
    bring(year=YEAR, content=read(NEW), by=officer)
    later = read(NEW.replace("300", "310"))
    agreed = budget_changes(YEAR.start, later).fingerprint
    bring(year=YEAR, content=read(NEW.replace("300", "305")), by=officer)
    with pytest.raises(BudgetHasChanged, match="has changed since you looked"):
        bring(year=YEAR, content=later, by=officer, agreed=agreed)
    assert lines()["support", "expenditure", ""] == 305


def test_a_year_is_held_in_one_unit(officer: User) -> None:
    bring(year=YEAR, content=read(NEW), by=officer)
    thousands = read("Service,Expenditure\nLets,1.25\n", Stated(unit=Unit.THOUSANDS, income=Income.NEGATIVE))
    bring(year=YEAR, content=thousands, by=officer)
    assert lines()["lets", "expenditure", ""] == 1250
    held_elsewhere = BudgetFile(Unit.MILLIONS, thousands.services, thousands.lines)
    with pytest.raises(BudgetRefused, match="2018/19 is held in pounds"):
        bring(year=YEAR, content=held_elsewhere, by=officer)


@pytest.mark.parametrize("role", [Role.BUDGET_HOLDER, Role.CLERK])
def test_only_finance_brings_budgets_in(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        bring(year=YEAR, content=read(NEW), by=person_with(role))
    assert not FinancialYear.objects.exists()


def test_two_thousand_lines_come_in_with_their_history(officer: User) -> None:
    text = "Directorate,Service,Code,Name,Side,Amount\n" + "".join(
        f"Group {at // 500},Service {at // 50},{at},Line {at},expenditure,{at}.50\n" for at in range(2_000)
    )
    assert bring(year=YEAR, content=read(text), by=officer, why="All.").added == 2_000
    versions = events(BudgetLine).filter(pgh_context__metadata__by=officer.pk, pgh_context__metadata__why="All.")
    assert versions.count() == 2_000
    assert sum(each.opening for each in BudgetLine.objects.all()) == Decimal(1999 * 2000 // 2 + 1000)
