"""Asking on screen: mails with a link and no step's text, a round that shows who answered, and mailing again."""

from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from improvement.kinds import Status
from improvement.models import AskedPerson, Plan, Step, UpdateRequest
from tests.access.people.pages import done, errors_on, page, refused, sentences, text_of, tree_of
from tests.improvement.builders import make_step, person_with_plan
from tests.improvement.keeping import Kept, browser_of
from torbay_reports.access.roles import Role

pytestmark = pytest.mark.django_db
ASK = "/plans/plan/ask/"


def asked(lead: Client) -> tuple[str, list[str]]:
    return done(lead, ASK, answer_by="12/9/2017", message="Nora's visits matter most.")


def test_whom_it_would_mail_and_for_whose_steps_there_is_nobody_stands_there_first(kept: Kept, lead: Client) -> None:
    make_step(kept.action)
    make_step(kept.action, owners=("Director",))
    words = sentences(lead, ASK)
    assert "Olive Owner plan: 1 open step" in words
    assert "Nobody can be asked for 2 open steps. 1 has no owner." in words
    assert "Director: 1 step" in words
    assert page(lead, ASK).cssselect('main a[href="/plans/plan/owners/"]')
    assert text_of(page(lead, ASK).cssselect("main form button")[0]) == "Mail 1 person"


def test_each_gets_one_mail_with_the_link_and_no_words_of_a_step(kept: Kept, lead: Client) -> None:
    other = kept.second_owner()
    make_step(kept.action, owners=(kept.head.name,), how="Secret words of a step")
    address, said = asked(lead)
    assert said == ["2 people are asked to answer by 12 September 2017."]
    assert sorted(message.to[0] for message in mail.outbox) == sorted([kept.owner.email, other.email])
    for message in mail.outbox:
        text = f"{message.subject}\n{message.body}"
        assert "2 steps" in text
        assert "“Improvement plan”" in text
        assert "12 September 2017" in text
        assert "http://testserver/plans/plan/answer/" in text
        for words in ("Plan every visit", "Secret words", "Nora"):
            assert words not in text
    assert AskedPerson.objects.filter(is_mailed=True).count() == 2
    assert address == f"/plans/plan/rounds/{UpdateRequest.objects.get().pk}/"
    words = sentences(lead, address)
    assert "Nora's visits matter most." in words
    assert "2 have not answered." in words


def test_the_link_wants_a_sign_in(lead: Client) -> None:
    asked(lead)
    response = Client().get("/plans/plan/answer/")
    assert (response.status_code, "/plans/plan/answer/" in response["Location"]) == (302, True)


@pytest.mark.parametrize(
    ("answer_by", "sentence"),
    [
        ("", "Type the day by which the owners are to answer."),
        ("4/9/2017", "4 September 2017 is past. Type a day from today on."),
        ("soon", "“Answer by” is no day that can be read."),
    ],
)
def test_a_day_that_cannot_be_says_so_and_nobody_is_mailed(lead: Client, answer_by: str, sentence: str) -> None:
    (said,) = refused(lead, ASK, answer_by=answer_by, message="")
    assert said.startswith(sentence)
    assert mail.outbox == []


def test_where_nobody_can_be_asked_the_page_has_no_button(kept: Kept, lead: Client) -> None:
    kept.head.people.clear()
    assert "Nobody can be asked: no open step has an owner whom a person answers for." in sentences(lead, ASK)
    assert page(lead, ASK).cssselect("main form") == []
    assert "Nobody can be asked for 1 open step" in sentences(lead, ASK)


def test_mails_that_cannot_be_sent_are_said_and_sent_again(
    kept: Kept, lead: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> int:
        raise SMTPServerDisconnected("the server is away")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
        address, said = asked(lead)
    assert said == ["The mail to Olive Owner plan could not be sent. Mail them again once mail works."]
    assert "Olive Owner plan 1 not sent none yet" in sentences(lead, address)
    assert not AskedPerson.objects.filter(is_mailed=True).exists()
    _, said = done(lead, address)
    assert said == ["1 person is asked to answer by 12 September 2017."]
    assert [message.to for message in mail.outbox] == [[kept.owner.email]]
    assert AskedPerson.objects.get().is_mailed


def test_only_who_has_not_answered_is_mailed_again(kept: Kept, lead: Client) -> None:
    other = kept.second_owner()
    address, _ = asked(lead)
    mail.outbox.clear()
    kept.write(kept.owner)
    words = sentences(lead, address)
    assert "Olive Owner plan 1 sent wrote on 5 September 2017" in words
    assert "Otto Other 1 sent none yet" in words
    done(lead, address)
    assert [message.to for message in mail.outbox] == [[other.email]]


def test_once_nobody_owes_an_answer_the_round_says_so_and_mails_nobody(kept: Kept, lead: Client) -> None:
    address, _ = asked(lead)
    mail.outbox.clear()
    Step.objects.update(status=Status.DONE)
    assert "Nobody owes an answer." in sentences(lead, address)
    assert page(lead, address).cssselect("main form") == []
    done(lead, address)
    assert mail.outbox == []


def test_a_round_says_how_many_steps_nobody_has_written_on(kept: Kept, lead: Client) -> None:
    make_step(kept.action, owners=(kept.head.name,))
    make_step(kept.action, owners=("Nobody's",))
    address, _ = asked(lead)
    assert "1 has not answered. 2 of 2 open steps have had no update since then." in sentences(lead, address)
    kept.write(kept.owner)
    words = sentences(lead, address)
    assert "Everybody with an open step has written on one at least. 1 of 2 open steps has had no update" in words
    assert "Nobody owes" not in words


def test_rounds_are_listed_and_those_of_another_plan_are_not_found(kept: Kept, lead: Client) -> None:
    assert "Nobody was asked yet." in sentences(lead, "/plans/plan/rounds/")
    asked(lead)
    assert "Answers by 12 September 2017" in sentences(lead, "/plans/plan/rounds/")
    other = Kept("other")
    pk = UpdateRequest.objects.get().pk
    assert browser_of(other.lead).get(f"/plans/other/rounds/{pk}/").status_code == 404


def test_a_round_takes_as_many_queries_for_ten_people_as_for_one(
    kept: Kept, lead: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address, _ = asked(lead)
    with django_assert_num_queries(16):
        lead.get(address)
    request = UpdateRequest.objects.get()
    for number in range(9):
        someone = person_with_plan(Role.ACTION_OWNER, kept.plan, f"Owner {number}")
        make_step(kept.action, owners=(f"Post {number}",)).owners.get().people.add(someone)
        AskedPerson.objects.create(request=request, person=someone)
    with django_assert_num_queries(16):
        tree = tree_of(lead.get(address).content)
    assert len(tree.cssselect("tbody tr")) == 10


def test_what_is_sent_where_nobody_can_be_asked_any_more_is_not_found_fault_with(kept: Kept, lead: Client) -> None:
    kept.head.people.clear()
    tree = tree_of(lead.post(ASK, {"answer_by": "", "message": ""}).content)
    assert errors_on(tree) == []
    assert "Nobody can be asked" in text_of(tree)


def test_line_breaks_in_the_title_of_a_plan_begin_nothing_in_its_mails(kept: Kept, lead: Client) -> None:
    Plan.objects.update(title="Plan\r\nBcc: a@b.invalid\n\nhttp://elsewhere.invalid")
    done(lead, ASK, answer_by="12/9/2017", message="")
    (message,) = mail.outbox
    assert "of the plan “Plan Bcc: a@b.invalid http://elsewhere.invalid” of" in message.body
    assert message.recipients() == [kept.owner.email]
