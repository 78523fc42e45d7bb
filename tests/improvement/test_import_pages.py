"""A file is read, shown against what is stored, and applied by one button; nothing changes before that."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from improvement.forms.importing import TOO_LARGE
from improvement.importing.opening.files import LARGEST_FILE
from improvement.models import Plan, PlanVersion, Step, WaitingImport
from improvement.reports.export import tracker_file
from improvement.selectors.meanwhile import seen_of
from improvement.selectors.trackers import tracker_of
from improvement.services.updates import write_update
from improvement.views.importing import LARGEST_BODY
from tests.access.cast import person_with
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import make_plan, person_with_plan
from tests.improvement.keeping import browser_of, form_values
from tests.improvement.trackers import NEXT_PAPER, PAPER, SLUG, changed, invented, note, rows, store, with_steps
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
NEW = "/plans/import/"
NEWER = f"/plans/{SLUG}/import/"
DAY = "6/9/2017"


@pytest.fixture
def lead(db: None) -> User:
    """The lead of every plan."""
    return person_with(Role.IMPROVEMENT_LEAD)


@pytest.fixture
def browser(lead: User) -> Client:
    return browser_of(lead)


def file(content: bytes | None = None, name: str = "tracker.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, tracker_file(invented().tracker, "csv") if content is None else content)


def first_how() -> str:
    return next(step.how for _, _, _, step in invented().tracker.steps())


def newer() -> bytes:
    """The invented plan with one step worded differently."""
    return tracker_file(changed(invented().tracker, first_how(), how="Worded anew"), "csv")


def uploaded(browser: Client, address: str, **data: Any) -> str:
    response = browser.post(address, data)
    assert response.status_code == 302, errors_on(tree_of(response.content))
    return str(response["Location"])


def test_a_new_plan_is_made_once_what_was_read_has_been_seen(browser: Client, lead: User) -> None:
    address = uploaded(browser, NEW, plan="", slug=SLUG, title="Our plan", file=file(), as_at=DAY)
    assert not Plan.objects.exists()
    words = sentences(browser, address)
    assert "Our plan, for the paper of 6 September 2017. Nothing is changed yet." in words
    assert "For you to decide" in words
    assert "A new plan is made of it." in words
    where, said = done(browser, address, **form_values(page(browser, address)))
    assert said == ["The file is brought in."]
    version = PlanVersion.objects.get()
    assert (version.plan.slug, version.plan.title, version.as_at, version.applied_by) == (
        SLUG,
        "Our plan",
        PAPER,
        lead,
    )
    assert where == f"/plans/{SLUG}/versions/{version.pk}/"
    assert "tracker.csv" in sentences(browser, where)
    assert page(browser, f"/plans/{SLUG}/versions/").cssselect(f'a[href="{where}"]')
    assert tracker_of(version.plan).themes == invented().tracker.themes
    assert not WaitingImport.objects.exists()


def test_every_difference_stands_there_before_it_is_applied(browser: Client) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(newer()), as_at="4/10/2017")
    words = sentences(browser, address)
    assert "What it changes in the plan (1)" in words
    assert f"from “{first_how()}”to “Worded anew”" in words
    assert not Step.objects.filter(how="Worded anew").exists()
    done(browser, address, **form_values(page(browser, address)))
    assert Step.objects.filter(how="Worded anew").exists()
    assert PlanVersion.objects.order_by("pk").values_list("as_at", flat=True)[1] == NEXT_PAPER


def part(*hows: str) -> bytes:
    """The invented plan with these steps alone, as a filtered download has it."""
    return tracker_file(with_steps(invented().tracker, lambda each: each if each.how in hows else None), "csv")


def test_a_file_that_lacks_steps_is_applied_only_when_that_is_said_to_be_meant(browser: Client) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(part(first_how())), as_at="4/10/2017")
    tree = page(browser, address)
    (warning,) = [text_of(each) for each in tree.cssselect(".govuk-warning-text__text")]
    assert warning == "Warning 5 of 6 steps leave the plan with this file. A file has to hold the whole plan."
    words = text_of(tree.cssselect("main")[0])
    assert words.index("Warning 5") < words.index("5 steps leave the plan: that is meant") < words.index("Apply")
    before = rows()
    (said,) = refused(browser, address, **form_values(tree))
    assert said.startswith("5 of 6 steps are not in this file and would leave the plan. Tick the box")
    again = tree_of(browser.post(address, form_values(tree)).content)
    assert again.cssselect(".govuk-error-summary__list a")[0].attrib["href"] == "#id_drops"
    assert "What it changes in the plan" in text_of(again)
    assert rows() == before
    done(browser, address, **form_values(again), drops="on")
    assert list(Step.objects.filter(dropped_on=None).values_list("how", flat=True)) == [first_how()]


def test_one_step_that_leaves_is_named_as_one(browser: Client) -> None:
    store(invented().tracker)
    hows = [step.how for _, _, _, step in invented().tracker.steps()]
    address = uploaded(browser, NEWER, file=file(part(*hows[:-1])), as_at="4/10/2017")
    words = sentences(browser, address)
    assert "1 of 6 steps leaves the plan with this file." in words
    assert "1 step leaves the plan: that is meant" in words
    (said,) = refused(browser, address, **form_values(page(browser, address)))
    assert said.startswith("1 of 6 steps is not in this file")


def test_a_file_that_holds_every_step_asks_for_no_tick(browser: Client) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(newer()), as_at="4/10/2017")
    tree = page(browser, address)
    assert tree.cssselect(".govuk-warning-text, input[type=checkbox]") == []
    assert list(form_values(tree)) == ["revision"]


def test_a_tick_for_another_comparison_counts_for_nothing(browser: Client, lead: User) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(part(first_how())), as_at="4/10/2017")
    shown = form_values(page(browser, address))
    step = Step.objects.select_related("action__plan").order_by("pk")[0]
    write_update(step=step, text="Written meanwhile.", by=lead, seen=seen_of(step))
    tree = tree_of(browser.post(address, {**shown, "drops": "on"}).content)
    assert "the file was compared anew" in text_of(tree)
    assert "drops" not in form_values(tree)
    assert not Step.objects.exclude(dropped_on=None).exists()


def test_a_difference_names_the_field_and_the_step_in_words(browser: Client) -> None:
    store(invented().tracker)
    long = f"Worded anew {'at length ' * 20}."
    tracker = changed(
        invented().tracker, first_how(), how=long, status_printed="STOPPED", when="May 2018", due_on=date(2018, 5, 31)
    )
    address = uploaded(browser, NEWER, file=file(tracker_file(tracker, "csv")), as_at="4/10/2017")
    found = [text_of(each) for each in page(browser, address).cssselect("main ul.govuk-list--spaced li")]
    for label in ("due date as printed", "due date", "status as printed"):
        assert any(f" …), {label}:" in each for each in found), label
    assert not any(name in each for each in found for name in ("status_printed", "due_on", ", when"))


def test_a_plan_that_somebody_changed_meanwhile_is_compared_anew(browser: Client, lead: User) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(newer()), as_at="4/10/2017")
    shown = form_values(page(browser, address))
    step = Step.objects.select_related("action__plan").order_by("pk")[0]
    write_update(step=step, text="Written meanwhile.", by=lead, seen=seen_of(step))
    tree = tree_of(browser.post(address, shown).content)
    (said,) = [text_of(each) for each in tree.cssselect(".govuk-error-summary__list li")]
    assert said.startswith("Somebody changed “")
    assert "the file was compared anew with the plan as it stands now" in text_of(tree)
    assert "Written meanwhile." in text_of(tree)
    assert not Step.objects.filter(how="Worded anew").exists()
    done(browser, address, **form_values(tree))
    assert Step.objects.filter(how="Worded anew").exists()
    assert step.updates.filter(text="Written meanwhile.").exists()


def test_a_page_that_was_open_before_the_plan_was_compared_anew_applies_nothing(browser: Client, lead: User) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(newer()), as_at="4/10/2017")
    stale = form_values(page(browser, address))
    step = Step.objects.select_related("action__plan").order_by("pk")[0]
    write_update(step=step, text="Written meanwhile.", by=lead, seen=seen_of(step))
    page(browser, address)
    assert browser.post(address, stale).status_code == 200
    assert not Step.objects.filter(how="Worded anew").exists()


def test_a_file_that_was_applied_already_is_not_applied_again(browser: Client) -> None:
    address = uploaded(browser, NEW, slug=SLUG, title="Our plan", file=file(), as_at=DAY)
    values = form_values(page(browser, address))
    done(browser, address, **values)
    assert browser.post(address, values).status_code == 404
    assert PlanVersion.objects.count() == 1


def test_a_plan_that_was_made_meanwhile_is_not_overwritten(browser: Client) -> None:
    address = uploaded(browser, NEW, slug=SLUG, title="Our plan", file=file(), as_at=DAY)
    values = form_values(page(browser, address))
    make_plan(SLUG, "Somebody else's")
    tree = tree_of(browser.post(address, values).content)
    (said,) = [text_of(each) for each in tree.cssselect(".govuk-error-summary__list li")]
    assert said.startswith(f"Somebody has made a plan “{SLUG}” meanwhile.")
    assert not PlanVersion.objects.exists()


def test_the_same_file_again_and_an_older_one_say_so_at_once(browser: Client) -> None:
    address = uploaded(browser, NEW, slug=SLUG, title="Our plan", file=file(), as_at=DAY)
    done(browser, address, **form_values(page(browser, address)))
    assert refused(browser, NEWER, file=file(), as_at="4/10/2017")[0].startswith("This very file is in already")
    assert "is as at 5 September 2017" in refused(browser, NEWER, file=file(newer()), as_at="5/9/2017")[0]
    assert not WaitingImport.objects.exists()


def test_a_file_that_changes_nothing_has_no_button(browser: Client) -> None:
    store(invented().tracker)
    address = uploaded(browser, NEWER, file=file(), as_at="4/10/2017")
    assert "The file holds what the plan holds already." in sentences(browser, address)
    assert page(browser, address).cssselect("main form") == []


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"file": ""}, "Choose the file."),
        ({"file": SimpleUploadedFile("t.csv", b"")}, "The file is empty."),
        ({"as_at": ""}, "Type the date of the paper"),
        ({"as_at": "soon"}, "“Date of the paper” is no day that can be read."),
        ({"as_at": "6/9/2071"}, "6 September 2071 is more than 31 days ahead."),
        ({"as_at": "7/10/2017"}, "7 October 2017 is more than 31 days ahead. A paper is dated for the coming meeting."),
        ({"plan": "", "slug": ""}, "Type a short name for the new plan, or choose a plan above."),
        ({"plan": "", "slug": "two words"}, "A short name has letters, digits and hyphens alone."),
        ({"plan": "", "slug": "import"}, "“import” is an address of its own."),
        ({"plan": "", "slug": SLUG}, f"There is a plan “{SLUG}” already."),
        ({"plan": "no-such-plan"}, "“Plan” has no such choice."),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(browser: Client, data: dict[str, Any], sentence: str) -> None:
    store(invented().tracker)
    for each in data.values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    given = {"plan": SLUG, "slug": "", "title": "", "file": file(newer()), "as_at": "4/10/2017", **data}
    assert refused(browser, NEW, **given)[0].startswith(sentence)
    assert not WaitingImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tracker.xlsm", b"PK\x03\x04"),
        ("tracker.xlsx", b"no workbook"),
        ("tracker.docx", b"PK\x03\x04 cut off"),
        ("tracker.pdf", b"%PDF-1.7"),
        ("tracker.csv", b"a,b\n1,2\n"),
        ("tracker.csv", b"\xff\xfe\x00\x00"),
    ],
)
def test_a_file_that_is_no_tracker_is_refused_with_a_sentence(browser: Client, name: str, content: bytes) -> None:
    (said,) = refused(browser, NEW, slug=SLUG, title="Our plan", file=file(content, name), as_at=DAY)
    assert said.endswith(".")
    assert not WaitingImport.objects.exists()


class Unread(BytesIO):
    """A request's body of which nobody may read a byte."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("The body was read.")


def test_a_request_that_is_too_large_is_refused_unread(browser: Client) -> None:
    unread: dict[str, Any] = {"CONTENT_LENGTH": str(100 * 1024 * 1024), "wsgi.input": Unread()}
    response = browser.generic("POST", NEW, content_type="multipart/form-data; boundary=x", **unread)
    assert response.status_code == 413
    assert errors_on(tree_of(response.content)) == [TOO_LARGE]


def test_a_file_that_is_too_large_for_a_tracker_is_refused(browser: Client) -> None:
    content = b"x" * (LARGEST_FILE + 1)
    assert len(content) < LARGEST_BODY
    assert refused(browser, NEW, slug=SLUG, file=file(content), as_at=DAY)[0] == TOO_LARGE


def test_a_form_of_somebody_elses_site_is_refused(lead: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(lead)
    response = strict.post(NEW, {"slug": SLUG, "title": "T", "file": file(), "as_at": DAY})
    assert response.status_code == 403
    assert not WaitingImport.objects.exists()


def test_a_lead_of_one_plan_makes_no_other(db: None) -> None:
    mine = make_plan("mine-alone", "Mine")
    store(invented().tracker)
    someone = browser_of(person_with_plan(Role.IMPROVEMENT_LEAD, mine))
    options = [each.attrib["value"] for each in page(someone, NEW).cssselect("#id_plan option")]
    assert options == ["", "mine-alone"]
    for slug in (SLUG, "a-new-one"):
        assert refused(someone, NEW, slug=slug, file=file(), as_at=DAY)[0].startswith("You are improvement lead for")
    assert someone.get(NEWER).status_code == 404


def test_only_a_lead_of_the_plan_opens_what_was_uploaded_for_it(browser: Client) -> None:
    address = uploaded(browser, NEW, slug=SLUG, title="Our plan", file=file(), as_at=DAY)
    plan = make_plan("other")
    other = browser_of(person_with_plan(Role.IMPROVEMENT_LEAD, plan, "Another Lead"))
    assert other.get(address).status_code == 404
    owner = browser_of(person_with_plan(Role.ACTION_OWNER, plan, "An Owner"))
    response = owner.get(NEW)
    assert response.status_code == 404
    assert "improvement lead" in response.content.decode()


def test_what_waited_for_more_than_a_day_goes_with_the_next_upload(browser: Client) -> None:
    address = uploaded(browser, NEW, slug="one", title="Our plan", file=file(), as_at=DAY)
    WaitingImport.objects.update(uploaded_at=WaitingImport.objects.get().uploaded_at - timedelta(days=1, minutes=1))
    uploaded(browser, NEW, slug="two", title="Our plan", file=file(), as_at=DAY)
    assert WaitingImport.objects.get().slug == "two"
    assert browser.get(address).status_code == 404


def test_a_preview_takes_as_many_queries_for_many_differences_as_for_none(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store(invented().tracker)
    addresses = [uploaded(browser, NEWER, file=file(), as_at="4/10/2017")]
    many = invented().tracker
    for number, (_, _, _, step) in enumerate(invented().tracker.steps()):
        many = changed(many, step.how, how=f"Worded {number}", updates=(*step.updates, note("New.", date(2017, 10, 1))))
    addresses.append(uploaded(browser, NEWER, file=file(tracker_file(many, "csv")), as_at="4/10/2017"))
    for address in addresses:
        with django_assert_num_queries(14):
            browser.get(address)
