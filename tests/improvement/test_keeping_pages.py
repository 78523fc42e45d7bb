"""The pages on which the lead keeps steps, measures, owners, the commentary and small counts."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import HttpRequest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from improvement.kinds import Status
from improvement.models import Commentary, Deadline, Measure, Owner, Reading, SmallCountDecision, Step
from improvement.selectors.meanwhile import seen_of
from improvement.services.steps import StepWords, change_step
from improvement.views.keepers import kept_step
from tests.access.cast import TODAY
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import add_measure, add_update, change, make_step, person_with_plan
from tests.improvement.keeping import HEAD, Kept, browser_of, form_values, typed
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
STEP = "/plans/plan/steps/2.3/1/"
CHANGE = f"{STEP}change/"


def test_the_form_of_a_step_begins_with_what_it_says(lead: Client) -> None:
    values = form_values(page(lead, CHANGE))
    assert {name: value.strip() for name, value in values.items() if name not in ("seen", "reason")} == {
        "how": "Plan every visit",
        "owners": HEAD,
        "when": "March 2018",
        "success": "",
        "status": "in_progress",
    }


def test_a_day_in_the_words_is_taken_unless_one_is_typed(kept: Kept, lead: Client) -> None:
    address, said = done(lead, CHANGE, **typed(lead, CHANGE, when="30 June 2018", reason="Vacant posts."))
    assert (address, said) == (STEP, ["Step 2.3/1 is changed."])
    assert kept.again().due_on == date(2018, 6, 30)
    done(lead, CHANGE, **typed(lead, CHANGE, due_on="15/7/2018", reason="As agreed."))
    assert kept.again().due_on == date(2018, 7, 15)
    assert Deadline.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"how": " "}, "Say what is to be done."),
        ({"when": "June 2018"}, "Say why the due date moves"),
        ({"due_on": "30/6/2018"}, "Say why the due date moves"),
        ({"status": "done"}, "A step becomes done by an update with its evidence."),
        ({"owners": "Head of Servise"}, "The plan has no owner “Head of Servise”."),
        ({"seen": "x"}, "This form was changed on its way."),
    ],
)
def test_a_change_that_cannot_be_says_what_to_do(
    kept: Kept, lead: Client, given: dict[str, str], sentence: str
) -> None:
    (said,) = refused(lead, CHANGE, **typed(lead, CHANGE, **given))
    assert said.startswith(sentence)
    assert kept.again().revision == 0


@pytest.mark.parametrize("address", [CHANGE, "/plans/plan/actions/2.3/add/"])
def test_a_status_that_cannot_be_is_said_at_the_status(lead: Client, address: str) -> None:
    tree = tree_of(lead.post(address, typed(lead, address, how="Do it", status="done")).content)
    (link,) = tree.cssselect(".govuk-error-summary__list a")
    assert link.get("href") == "#id_status"
    assert "A step becomes done by an update" in text_of(tree.get_element_by_id("id_status").getparent())


def test_of_two_who_change_a_step_the_second_reads_both_values_of_each_field(kept: Kept, lead: Client) -> None:
    open_form = typed(lead, CHANGE, how="The second one's words", success="Nine of ten")
    done(lead, CHANGE, **typed(lead, CHANGE, how="The first one's words"))
    tree = tree_of(lead.post(CHANGE, open_form).content)
    assert errors_on(tree)[0].startswith("Somebody wrote on step 2.3/1 while you did.")
    (both,) = tree.cssselect("main dl")
    words = " ".join(both.text_content().split())
    assert "How Now: The first one's wordsYou typed: The second one's words" in words
    assert "Now: nothingYou typed: Nine of ten" in words
    assert "Owners" not in words
    assert kept.again().how == "The first one's words"
    done(lead, CHANGE, **form_values(tree))
    assert (kept.again().how, kept.again().success) == ("The second one's words", "Nine of ten")


def test_a_step_is_added_to_an_action_and_taken_out_again(kept: Kept, lead: Client) -> None:
    add = "/plans/plan/actions/2.3/add/"
    assert "Visit children more often" in sentences(lead, add)
    address, said = done(lead, add, **typed(lead, add, how="Check it", owners=HEAD, when="31 May 2018"))
    assert (address, said) == ("/plans/plan/steps/2.3/2/", ["Step 2.3/2 is added."])
    added = Step.objects.get(number=2)
    assert (added.status, added.due_on, added.begun_on) == (Status.NOT_STARTED, date(2018, 5, 31), TODAY)
    drop = f"{address}drop/"
    assert refused(lead, drop, **typed(lead, drop)) == ["Say why the step leaves the plan."]
    where, said = done(lead, drop, **typed(lead, drop, reason="It is in 2.3/1."))
    assert (where, said) == ("/plans/plan/", ["Step 2.3/2 has left the plan."])
    assert lead.get(drop).status_code == 404


def test_a_measure_gets_its_target_and_its_readings(kept: Kept, lead: Client) -> None:
    add = f"{STEP}measures/add/"
    data = typed(lead, add, words="Visits in time", direction="at_least", target="")
    assert refused(lead, add, **data) == ["Type the number that is to be reached, or choose “not stated”."]
    done(lead, add, **{**data, "target": "90"})
    measure = Measure.objects.get()
    target = f"/plans/plan/measures/{measure.pk}/"
    assert form_values(page(lead, target))["target"] == "90"
    assert refused(lead, target, **typed(lead, target, target="90%"))[0].startswith("“Target” is no number")
    assert refused(lead, target, **typed(lead, target, direction="unknown"))[0].startswith("Say whether the target is")
    done(lead, target, **typed(lead, target, target="85.5"))
    reading = f"{target}reading/"
    assert "The target is at least 85.5%." in sentences(lead, reading)
    data = typed(lead, reading, words="over 80%", bound="over", value="80", judged="below")
    assert refused(lead, reading, **{**data, "value": ""}) == ["Type the number that this is over, under or about."]
    assert refused(lead, reading, **{**data, "dated_on": "6/9/2017"})[0].startswith("This day is still to come.")
    tree = tree_of(lead.post(reading, {**data, "value": "12"}).content)
    (link,) = tree.cssselect(".govuk-error-summary__list a")
    said = "The words say 80, the number 12. Give the same in both."
    assert (text_of(link), link.get("href")) == (said, "#id_value")
    done(lead, reading, **data)
    measure.refresh_from_db()
    assert (measure.target, measure.direction) == (Decimal("85.50"), "at_least")
    assert Reading.objects.values_list("words", "value", "bound", "judged", "dated_on").get() == (
        "over 80%",
        Decimal("80.00"),
        "over",
        "below",
        TODAY,
    )


def test_people_are_named_for_an_owner(kept: Kept, lead: Client) -> None:
    other = person_with_plan(Role.ACTION_OWNER, kept.plan, "Otto Other")
    address = f"/plans/plan/owners/{kept.head.pk}/"
    assert form_values(page(lead, address)) == {"people": str(kept.owner.pk)}
    where, said = done(lead, address, people=[other.pk])
    assert (where, said) == ("/plans/plan/owners/", [f"“{HEAD}”: Otto Other answers."])
    assert refused(lead, address, people=[kept.lead.pk])[0].startswith("One of these people is no longer")
    done(lead, address)
    assert "nobody" in sentences(lead, "/plans/plan/owners/")


def test_an_owner_is_added_once(kept: Kept, lead: Client) -> None:
    done(lead, "/plans/plan/owners/add/", name="Director")
    assert refused(lead, "/plans/plan/owners/add/", name="director") == ["The plan has an owner “director” already."]
    assert refused(lead, "/plans/plan/owners/add/", name="")[0].startswith("Type the owner's name")


def test_where_nobody_can_be_named_the_page_says_who_gives_the_role(kept: Kept, lead: Client) -> None:
    kept.owner.assignments.all().delete()
    address = f"/plans/plan/owners/{kept.head.pk}/"
    assert "Nobody is action owner for this plan yet." in sentences(lead, address)
    assert page(lead, address).cssselect("main button") == []


def test_the_commentary_begins_with_the_one_before(kept: Kept, lead: Client) -> None:
    address = "/plans/plan/commentary/"
    assert refused(lead, address, text=" ", seen="0")[0].startswith("Write the commentary")
    done(lead, address, text="The year went well.", seen="0")
    assert form_values(page(lead, address))["text"].strip() == "The year went well."
    assert "The present one was written on 5 September 2017." in sentences(lead, address)
    assert Commentary.objects.get().written_by == kept.lead


def test_small_counts_are_listed_with_their_steps_and_decided_one_by_one(kept: Kept, lead: Client) -> None:
    address = "/plans/plan/small-counts/"
    assert "No sentence waits for you." in sentences(lead, address)
    add_update(kept.step, "All went well. Two children moved home.")
    tree = page(lead, address)
    assert "“Two children moved home.”In an update of step 2.3/1" in sentences(lead, address)
    assert tree.cssselect(f'main a[href="{STEP}"]')
    (link,) = tree.cssselect("main .actions a")
    decide = link.attrib["href"]
    assert "“Two children moved home.”" in sentences(lead, decide)
    assert refused(lead, decide, reason="") == ["Say why nobody can recognise a child in this sentence."]
    where, said = done(lead, decide, reason="It is in the public register.")
    assert (where, said) == (address, ["The sentence may be published."])
    words = sentences(lead, address)
    assert "No sentence waits for you." in words
    assert "Lee Lead plan, 5 September 2017: “It is in the public register.”" in words
    assert SmallCountDecision.objects.count() == 1
    assert lead.get(f"{address}0000000000000000/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "steps/2.3/1/change/",
        "steps/2.3/1/drop/",
        "steps/2.3/1/measures/add/",
        "actions/2.3/add/",
        "owners/",
        "owners/add/",
        "commentary/",
        "small-counts/",
        "updates/",
        "ask/",
        "rounds/",
        "import/",
        "versions/",
    ],
)
def test_only_the_plans_own_lead_opens_these_pages(kept: Kept, lead: Client, address: str) -> None:
    other = Kept("other")
    response = lead.get(f"/plans/plan/{address}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    for someone in (kept.owner, other.lead):
        assert browser_of(someone).get(f"/plans/plan/{address}").status_code == 404
    assert Client().get(f"/plans/plan/{address}").status_code == 302


def test_the_owners_take_as_many_queries_for_ten_as_for_one(
    kept: Kept, lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        lead.get("/plans/plan/owners/")
    for number in range(9):
        make_step(kept.action, owners=(f"Post {number}",))
    for owner in Owner.objects.all():
        owner.people.add(kept.owner)
    with django_assert_num_queries(8):
        lead.get("/plans/plan/owners/")


def test_a_measure_of_another_plan_is_not_found(kept: Kept, lead: Client) -> None:
    measure = add_measure(Kept("other").step)
    for address in (f"/plans/plan/measures/{measure.pk}/", f"/plans/other/measures/{measure.pk}/reading/"):
        assert lead.get(address).status_code == 404


def test_what_somebody_writes_while_the_page_is_made_is_not_overwritten(
    kept: Kept, lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(request: HttpRequest, slug: str, action: str, number: int) -> tuple[Step, User]:
        found = kept_step(request, slug, action, number)
        words = StepWords(how="Words of somebody else", owners=(HEAD,), when="March 2018", status=Status.IN_PROGRESS)
        change_step(step=kept.step, words=words, seen=seen_of(kept.step), by=kept.lead)
        return found

    monkeypatch.setattr("improvement.views.keeping.kept_step", meanwhile)
    assert str(typed(lead, CHANGE)["how"]).strip() == "Words of somebody else"


def test_a_step_without_a_status_is_not_changed(kept: Kept, lead: Client) -> None:
    given = typed(lead, CHANGE)
    del given["status"]
    assert refused(lead, CHANGE, **given) == ["Choose the status."]
    assert kept.again().status == Status.IN_PROGRESS


def test_the_second_of_two_commentaries_is_kept_on_the_form(kept: Kept, lead: Client) -> None:
    address = "/plans/plan/commentary/"
    mine = typed(lead, address, text="Mine.")
    done(lead, address, **typed(lead, address, text="Theirs."))
    tree = tree_of(lead.post(address, mine).content)
    assert errors_on(tree) == [
        "Somebody wrote a commentary while you did. Read theirs, look at yours, and save it again."
    ]
    assert "Theirs." in text_of(tree)
    again = form_values(tree)
    assert again["text"].strip() == "Mine."
    done(lead, address, **again)
    assert Commentary.objects.latest("pk").text == "Mine."


def test_a_sentence_of_an_earlier_paper_can_be_decided_too(kept: Kept, lead: Client) -> None:
    few = "Two children waited for a placement."
    Step.objects.update(how="No child waited.")
    change(kept.step, "how", few, "No child waited.", TODAY, kept.lead)
    counts = "/plans/plan/small-counts/"
    assert "No sentence waits for you." in sentences(lead, counts)
    (link,) = page(lead, f"{counts}?as-at=2017-09-04").cssselect(".actions a")
    where, _ = done(lead, link.attrib["href"], reason="It is in the register.")
    assert where == f"{counts}?as-at=2017-09-04"
    assert "No sentence waits for you." in sentences(lead, where)
    assert "“As at” is no day" in sentences(lead, f"{counts}?as-at=x")


def test_where_nobody_can_be_named_nothing_that_is_sent_is_found_fault_with(kept: Kept, lead: Client) -> None:
    kept.owner.assignments.all().delete()
    tree = tree_of(lead.post(f"/plans/plan/owners/{kept.head.pk}/", {"people": kept.owner.pk}).content)
    assert errors_on(tree) == []
    assert "Nobody is action owner for this plan yet." in text_of(tree)
    assert list(kept.head.people.all()) == [kept.owner]


def test_the_owners_page_says_who_answered_and_can_no_longer(kept: Kept, lead: Client) -> None:
    kept.owner.assignments.update(ends_on=date(2017, 9, 4))
    assert "Olive Owner plan no longer: not an action owner of this plan today" in sentences(
        lead, "/plans/plan/owners/"
    )
    User.objects.filter(pk=kept.owner.pk).update(is_active=False)
    assert "Olive Owner plan no longer: account closed" in sentences(lead, "/plans/plan/owners/")
