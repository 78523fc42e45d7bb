"""The lead accepts or returns what the owners wrote."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from improvement.kinds import Status
from improvement.models import Step, Update, UpdateDecision
from improvement.services.updates import decide_update
from tests.access.cast import TODAY
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.keeping import Kept, browser_of

pytestmark = pytest.mark.django_db
WAITING = "/plans/plan/updates/"


def address(update: Update) -> str:
    return f"{WAITING}{update.pk}/"


def test_what_waits_is_listed_with_what_it_proposes(kept: Kept, lead: Client) -> None:
    assert "Nothing waits." in sentences(lead, WAITING)
    update = kept.write(kept.owner, proposed_status=Status.DONE, evidence="The audit.")
    words = sentences(lead, WAITING)
    assert "1 update, the oldest first." in words
    assert "2.3/1: Every visit is planned." in words
    assert "Olive Owner plan, 5 September 2017; proposes “done”" in words
    assert page(lead, WAITING).cssselect(f'a[href="{address(update)}"]')


def test_the_lead_accepts_beside_what_is_known_of_the_step(kept: Kept, lead: Client) -> None:
    update = kept.write(kept.owner, proposed_status=Status.DONE, evidence="The audit.")
    words = sentences(lead, address(update))
    assert "Proposed status: done" in words
    assert "Evidence: The audit." in words
    assert "Status in progress" in words
    where, said = done(lead, address(update), decision="accept", reason="")
    assert (where, said) == (WAITING, ["The update on 2.3/1 counts from now on."])
    assert kept.again().status == Status.DONE
    assert mail.outbox == []


def test_a_returned_update_mails_its_writer_without_the_steps_words(kept: Kept, lead: Client) -> None:
    update = kept.write(kept.owner)
    _, said = done(lead, address(update), decision="return", reason="Which visits of Nora?")
    assert said == ["The update on 2.3/1 is returned. A mail tells its writer."]
    (message,) = mail.outbox
    assert message.to == [kept.owner.email]
    link = "http://testserver/plans/plan/steps/2.3/1/update/"
    assert f"The reason stands on the page where you write an update on this step:\n\n{link}" in message.body
    assert "Which visits of Nora?" in sentences(browser_of(kept.owner), link.removeprefix("http://testserver"))
    for words in ("Nora", "visit"):
        assert words not in f"{message.subject}{message.body}"


def test_a_return_without_a_reason_keeps_the_page(kept: Kept, lead: Client) -> None:
    update = kept.write(kept.owner)
    (said,) = refused(lead, address(update), decision="return", reason=" ")
    assert said.startswith("Say why you return it")
    assert not UpdateDecision.objects.exists()
    assert mail.outbox == []


def test_a_form_without_its_button_says_what_to_choose(kept: Kept, lead: Client) -> None:
    assert refused(lead, address(kept.write(kept.owner)), reason="x") == ["Choose: accept or return."]


def test_of_two_leads_the_second_reads_who_decided(kept: Kept, lead: Client) -> None:
    update = kept.write(kept.owner)
    decide_update(update=update, is_accepted=True, by=kept.lead)
    where, (said,) = done(lead, address(update), decision="return", reason="Too late.")
    assert where == address(update)
    assert said.startswith("Lee Lead plan accepted this update already")
    assert "Lee Lead plan accepted it on 5 September 2017." in sentences(lead, address(update))
    assert page(lead, address(update)).cssselect("main form") == []


def test_a_draft_that_counts_few_children_says_so_before_it_is_accepted(kept: Kept, lead: Client) -> None:
    update = kept.write(kept.owner, text="Visits went on. Two children moved home.")
    words = sentences(lead, address(update))
    assert "This counts one to four children" in words
    assert "This counts" not in sentences(lead, address(kept.write(kept.owner, text="Visits went on.")))


def test_updates_of_another_plan_and_those_from_a_file_are_not_found(kept: Kept, lead: Client) -> None:
    other = Kept("other")
    assert lead.get(address(other.write(other.owner))).status_code == 404
    assert lead.get("/plans/other/updates/").status_code == 404
    assert browser_of(kept.owner).get(WAITING).status_code == 404
    assert lead.get(f"{WAITING}999999/").status_code == 404


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    kept: Kept, lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept.write(kept.owner)
    with django_assert_num_queries(5):
        lead.get(WAITING)
    for number in range(9):
        kept.write(kept.owner, text=f"Update {number}")
    with django_assert_num_queries(5):
        assert text_of(page(lead, WAITING)).count("Olive Owner plan") == 10


def test_what_is_wrong_with_a_late_decision_is_not_pointed_at(kept: Kept, lead: Client) -> None:
    update = kept.write(kept.owner)
    decide_update(update=update, is_accepted=True, by=kept.lead)
    tree = tree_of(lead.post(address(update), {"decision": "return", "reason": ""}).content)
    assert "Lee Lead plan accepted it" in text_of(tree)
    assert errors_on(tree) == []


@pytest.mark.parametrize("is_dropped", [True, False])
def test_no_mail_leads_a_writer_to_a_step_that_is_closed_to_them(kept: Kept, lead: Client, is_dropped: bool) -> None:
    update = kept.write(kept.owner)
    if is_dropped:
        Step.objects.update(dropped_on=TODAY)
    else:
        kept.owner.assignments.update(ends_on=date(2017, 9, 4))
    _, (said,) = done(lead, address(update), decision="return", reason="Say more.")
    assert said == "The update on 2.3/1 is returned. Its writer can no longer write on this step, and gets no mail."
    assert mail.outbox == []
