"""The page on which finance brings a file in: everything is stated, everything is shown, then all or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budget.forms.importing import TOO_LARGE
from budget.models import BudgetLine, FinancialYear, Quarter, WaitingBudget
from budget.views.importing import LARGEST_BODY
from tests.access.cast import person, person_with, sign_in
from tests.budget.forty import forty_services
from tests.budget.importing.councils import POUNDS, WRONG_TOTAL
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.core import clock
from torbay_reports.core.history import events

pytestmark = pytest.mark.django_db
PAGE = "/budget/2018-19/import/"


@pytest.fixture
def officer() -> User:
    return person_with(Role.FINANCE_OFFICER)


@pytest.fixture
def finance(client: Client, officer: User) -> Client:
    sign_in(client, officer)
    return client


def sent(text: str, **options: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("budget.csv", text.encode())
    return {"what": "budget", "file": file, "unit": "pounds", "income": "negative", "why": "As approved.", **options}


def words(response: Any) -> str:
    return str(response.content.decode())


def uploaded(client: Client, text: str, **options: Any) -> str:
    response = client.post(PAGE, sent(text, **options))
    assert response.status_code == 302, words(response)
    return str(response["Location"])


def agreed(client: Client, address: str) -> str:
    return str(client.get(address).context["form"]["agreed"].value())


def test_nothing_is_chosen_beforehand_and_what_is_missing_is_asked_for(finance: Client) -> None:
    assert " checked" not in words(finance.get(PAGE))
    page = words(finance.post(PAGE, {}))
    for sentence in (
        "Say what the file holds.",
        "Choose the file.",
        "Say whether the figures are pounds, thousands or millions.",
    ):
        assert f'">{sentence}</a>' in page


def test_a_sign_that_the_file_needs_is_asked_for_at_its_radios(finance: Client) -> None:
    page = words(finance.post(PAGE, sent(POUNDS.text, income="")))
    assert '<a href="#id_income">State how the file shows income' in page
    assert not WaitingBudget.objects.exists()


def test_the_preview_says_everything_before_anything_is_saved(finance: Client) -> None:
    page = words(finance.get(uploaded(finance, POUNDS.text)))
    assert "2018/19 is not in the books yet: this file makes it, in pounds." in page
    assert "10 lines to add, 0 to change, 0 as before, 0 not in the file. Nothing is changed yet." in page
    assert "10 lines of 5 services. 3 rows of totals compared with the computed sums; none is stored." in page
    assert "All agree to the penny." in page
    assert '<th scope="row">Place</th><td class="numeric">-</td><td class="numeric">2,050,310.00</td>' in page
    assert not FinancialYear.objects.exists()


def test_one_button_brings_it_in_with_who_and_why_and_forgets_the_file(finance: Client, officer: User) -> None:
    address = uploaded(finance, POUNDS.text)
    page = words(finance.post(address, {"agreed": agreed(finance, address)}, follow=True))
    assert "The budget of 2018/19 is brought in: 10 lines added and 0 changed." in page
    event = events(BudgetLine).select_related("pgh_context")[0]
    assert (event.pgh_context.metadata["by"], event.pgh_context.metadata["why"]) == (officer.pk, "As approved.")
    assert not WaitingBudget.objects.exists()
    assert finance.get(address).status_code == 404


def test_lines_that_the_file_lacks_are_listed_and_kept_unless_chosen(finance: Client) -> None:
    forty_services()
    address = uploaded(finance, "Service,Expenditure\nAdults Care,1\n")
    page = words(finance.get(address))
    assert "Remove the 80 lines that the file lacks" in page
    assert "Not in the file: they stay unless you choose otherwise (80)" in page
    finance.post(address, {"agreed": agreed(finance, address)})
    assert BudgetLine.objects.count() == 81
    again = uploaded(finance, "Service,Expenditure\nAdults Care,1\n")
    finance.post(again, {"agreed": agreed(finance, again), "removes": "on"})
    assert BudgetLine.objects.count() == 1


def test_a_wrong_total_is_refused_on_the_page_with_its_row(finance: Client) -> None:
    page = words(finance.post(PAGE, sent(WRONG_TOTAL.text, unit="thousands")))
    assert "Nothing was saved" in page
    assert "Row 4, Expenditure: “Total Culture” prints 1,982.00" in page
    assert not WaitingBudget.objects.exists()


def test_what_changed_since_the_preview_is_shown_anew(finance: Client) -> None:
    forty_services()
    address = uploaded(finance, "Service,Expenditure\nAdults Care,1\n")
    seen = agreed(finance, address)
    BudgetLine.objects.filter(service__slug="adults-care", kind="expenditure").update(opening=5)
    page = words(finance.post(address, {"agreed": seen}))
    assert "The budget of 2018/19 has changed since you looked. Nothing was saved." in page
    assert '<td class="numeric">5.00</td><td class="numeric">1.00</td>' in page
    assert finance.post(address, {"agreed": agreed(finance, address)}).status_code == 302


def test_a_quarter_that_is_signed_meanwhile_refuses_and_says_which(finance: Client) -> None:
    forty_services()
    address = uploaded(finance, "Service,Expenditure\nAdults Care,1\n")
    seen = agreed(finance, address)
    Quarter.objects.update(signed_at=clock.now())
    assert "Quarter 1 2018/19 is signed" in words(finance.post(address, {"agreed": seen}))
    assert "Quarter 1 2018/19 is signed" in words(finance.get(address))
    assert "Quarter 1 2018/19 is signed" in words(finance.post(PAGE, sent("Service,Expenditure\nAdults Care,1\n")))
    assert BudgetLine.objects.filter(opening=1).count() == 0


def test_forecasts_go_through_the_preview_of_changes(finance: Client) -> None:
    forty_services()
    page = words(
        finance.post(PAGE, sent("Service,Forecast\nAdults Care,95000\n", what="1", net="positive-is-spending"))
    )
    assert "Adults Care" in page
    assert "95,000" in page


def test_a_signed_quarter_is_not_offered(finance: Client) -> None:
    quarter = forty_services()
    assert "Actuals and forecasts of Quarter 1 2018/19" in words(finance.get(PAGE))
    Quarter.objects.filter(pk=quarter.pk).update(signed_at=clock.now())
    assert "Actuals and forecasts of Quarter 1 2018/19" not in words(finance.get(PAGE))


def test_a_body_that_is_too_large_is_refused_unread(finance: Client) -> None:
    response = finance.post(
        PAGE, b"x", content_type="multipart/form-data; boundary=x", headers={"content-length": str(LARGEST_BODY + 1)}
    )
    assert response.status_code == 413
    assert TOO_LARGE in words(response)


def test_the_token_is_asked_for(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, officer)
    assert strict.post(PAGE, sent(POUNDS.text)).status_code == 403


def test_a_file_is_seen_by_nobody_but_its_uploader_and_only_for_a_day(finance: Client, client: Client) -> None:
    address = uploaded(finance, POUNDS.text)
    other = person("Else Where")
    RoleAssignment.objects.create(person=other, role=Role.HEAD_OF_FINANCE, starts_on="2017-01-01")
    theirs = Client()
    sign_in(theirs, other)
    assert theirs.get(address).status_code == 404
    assert finance.get(address.replace("2018-19", "2019-20")).status_code == 404
    WaitingBudget.objects.update(uploaded_at=clock.now() - timedelta(days=9_000))
    assert finance.get(address).status_code == 404
    uploaded(finance, POUNDS.text)
    assert WaitingBudget.objects.count() == 1


@pytest.mark.parametrize("data", ["", "x", "0" * 63])
def test_a_form_that_was_changed_on_its_way_saves_nothing(finance: Client, data: str) -> None:
    address = uploaded(finance, POUNDS.text)
    assert "This form was changed on its way. Open the page again." in words(finance.post(address, {"agreed": data}))
    assert not FinancialYear.objects.exists()


def test_columns_are_named_by_hand_and_nonsense_is_refused_at_that_field(finance: Client) -> None:
    text = "Where,What,Spent\nHomes,Lets,5\n"
    page = words(finance.post(PAGE, sent(text, columns="service")))
    assert '<a href="#id_columns">“service” names no column.' in page
    assert "1 line to add" in words(finance.get(uploaded(finance, text, columns="group=A\nservice=B\nexpenditure=C")))
