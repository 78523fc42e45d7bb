"""Inviting: the person, the first role, the mail; sending again; withdrawing."""

import logging
import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.access.cast import BOARD, TODAY, person
from tests.access.people.pages import again, done, kinds, page, refused, sentences, text_of
from torbay_reports.access import services
from torbay_reports.access.models import Invitation, RoleAssignment, User
from torbay_reports.access.selectors import find_invitation

pytestmark = pytest.mark.django_db

GRACE = {"full_name": "Grace Mill", "email": "Grace.Mill@council.invalid"}
SEAT = {"role": "member", "scope": f"committee:{BOARD}", "starts_on": "9/9/2017"}


@pytest.fixture
def grace(administrator: User) -> User:
    """Somebody who has been invited and sent a link."""
    someone = services.invite(email=GRACE["email"], full_name=GRACE["full_name"], by=administrator)
    services.make_link(person=someone, by=administrator)
    return someone


def secret_mailed() -> str:
    """The secret of the newest mail's link."""
    found = re.search(r"http://testserver/invitation/([^/\s]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_a_person_is_invited_with_their_first_role_and_mailed_a_link(browser: Client, administrator: User) -> None:
    address, said = done(browser, "/people/invite/", **GRACE, **SEAT, ends_on="1/10/2017", is_substitute="on")
    grace = User.objects.get(email="grace.mill@council.invalid")
    assert address == f"/people/{grace.pk}/"
    assert said == ["Grace Mill is invited. The link is on its way to grace.mill@council.invalid."]
    (role,) = RoleAssignment.objects.filter(person=grace)
    assert (role.role, role.scope_kind, role.scope_slug, role.is_substitute) == ("member", "committee", BOARD, True)
    assert (role.starts_on, role.ends_on, role.given_by) == (date(2017, 9, 9), date(2017, 10, 1), administrator)
    assert kinds() == ["invited", "role_given", "invitation_sent"]


def test_the_mail_says_what_it_is_and_carries_the_link(browser: Client) -> None:
    done(browser, "/people/invite/", **GRACE)
    (sent,) = mail.outbox
    assert sent.to == ["grace.mill@council.invalid"]
    assert sent.subject == "Your sign-in for the papers of Torbay Council"
    body = str(sent.body)
    assert body.startswith("Dear Grace Mill,\n\nyou are invited to sign in to the papers of Torbay Council.")
    assert "The link works once, until 12 September 2017, " in body
    assert find_invitation(secret_mailed()).person.full_name == "Grace Mill"


def test_a_mail_is_plain_text_in_which_nothing_is_escaped(browser: Client) -> None:
    done(browser, "/people/invite/", full_name="Niamh O'Hara & Co", email="niamh@council.invalid")
    assert str(mail.outbox[0].body).startswith("Dear Niamh O'Hara & Co,")


def test_the_secret_stands_neither_on_the_page_nor_in_the_database(browser: Client) -> None:
    address, _ = done(browser, "/people/invite/", **GRACE)
    assert secret_mailed() not in browser.get(address).content.decode()
    assert not Invitation.objects.filter(digest__contains=secret_mailed()).exists()


def test_a_role_is_not_needed(browser: Client) -> None:
    address, _ = done(browser, "/people/invite/", **GRACE, starts_on="5/9/2017")
    assert "No role today." in sentences(browser, address)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"full_name": ""}, "Type the person's full name."),
        ({"full_name": "a" * 201}, "That name is too long."),
        ({"email": "grace"}, "This is no e-mail address. Type one like name@example.com."),
        ({"email": "robin.vale@council.invalid"}, "robin.vale@council.invalid is invited already."),
        ({"starts_on": ""}, "Type the first day of the role."),
        ({"starts_on": "31/2/2017"}, "“From” is no day that can be read."),
        ({"ends_on": "8/9/2017"}, "The role would end on 8 September 2017, before it begins on 9 September 2017."),
        ({"role": "mayor"}, "There is no such role."),
        ({"role": ""}, "Choose the role that this is about"),
        ({"scope": "committee:no-such-board"}, "There is no such committee, service or plan."),
        ({"scope": ""}, "The role member is for one committee. Choose which"),
        ({"scope": "service:childrens-services"}, "The role member is limited to a committee, not to a service."),
        ({"role": "clerk", "is_substitute": "on"}, "Only a member has a substitute."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    browser: Client, robin: User, data: dict[str, str], sentence: str
) -> None:
    before = kinds(), User.objects.count()
    (said,) = refused(browser, "/people/invite/", **{**GRACE, **SEAT, **data})
    assert said.startswith(sentence)
    assert (kinds(), User.objects.count(), RoleAssignment.objects.filter(role="member").count()) == (*before, 0)
    assert mail.outbox == []


def test_the_form_comes_back_with_what_was_typed(browser: Client) -> None:
    response = browser.post("/people/invite/", {**GRACE, **SEAT, "email": "grace"})
    assert 'value="Grace Mill"' in response.content.decode()
    assert f'value="committee:{BOARD}" selected' in response.content.decode()


def test_a_mail_that_cannot_be_sent_is_said_and_the_invitation_stays(
    browser: Client, no_mail: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        address, (said,) = done(browser, "/people/invite/", **GRACE)
    assert said.startswith(
        "The invitation of Grace Mill is saved, but the mail to grace.mill@council.invalid could not"
    )
    grace = User.objects.get(email="grace.mill@council.invalid")
    assert page(browser, address).cssselect(f'a[href="/people/{grace.pk}/invitation/"]')
    assert Invitation.objects.filter(person=grace, withdrawn_at=None).count() == 1
    assert f"The invitation of person {grace.pk} could not be mailed: SMTPServerDisconnected" in caplog.text
    assert "/invitation/" not in caplog.text


def test_a_new_link_replaces_the_one_before(browser: Client, grace: User) -> None:
    assert "A new link goes to grace.mill@council.invalid." in sentences(browser, f"/people/{grace.pk}/invitation/")
    address, said = done(browser, f"/people/{grace.pk}/invitation/")
    assert (address, len(said)) == (f"/people/{grace.pk}/", 1)
    assert [each.withdrawn_at is None for each in Invitation.objects.order_by("pk")] == [False, True]
    assert find_invitation(secret_mailed()).person == grace


def test_asking_changes_nothing(browser: Client, grace: User) -> None:
    for step in ("invitation/", "invitation/withdraw/"):
        assert len(page(browser, f"/people/{grace.pk}/{step}").cssselect("main button")) == 1
    assert Invitation.objects.get().withdrawn_at is None


def test_who_has_signed_in_needs_no_invitation(browser: Client, robin: User) -> None:
    for step in ("invitation/", "invitation/withdraw/"):
        tree = page(browser, f"/people/{robin.pk}/{step}")
        assert "Robin Vale has signed in already and needs no invitation." in text_of(tree)
        assert tree.cssselect("main button") == []
        assert browser.post(f"/people/{robin.pk}/{step}").status_code == 200
    assert kinds() == []


def test_a_withdrawn_invitation_takes_the_person_away(browser: Client, grace: User, administrator: User) -> None:
    address, said = done(browser, f"/people/{grace.pk}/invitation/withdraw/")
    assert (address, said) == ("/people/", ["The invitation of Grace Mill is withdrawn."])
    assert not User.objects.filter(pk=grace.pk).exists()
    assert browser.get(f"/people/{grace.pk}/").status_code == 404


def test_the_persons_page_says_what_became_of_the_link(browser: Client, grace: User) -> None:
    address = f"/people/{grace.pk}/"
    assert "It works until 12 September 2017" in sentences(browser, address)
    invitation = Invitation.objects.get()
    early = invitation.made_at - timedelta(days=10)
    Invitation.objects.update(made_at=early, expires_at=early + timedelta(days=7))
    assert "It ran out on 2 September 2017" in sentences(browser, address)
    Invitation.objects.update(withdrawn_at=early)
    assert "and withdrawn on 26 August 2017" in sentences(browser, address)
    Invitation.objects.all().delete()
    assert "No link has been sent yet." in sentences(browser, address)


def test_an_address_that_was_sent_to_offers_the_role_and_the_committee(browser: Client) -> None:
    tree = page(browser, "/people/invite/", role="member", scope=f"committee:{BOARD}")
    chosen = {each.attrib["value"] for each in tree.cssselect("option[selected]")}
    assert chosen == {"member", f"committee:{BOARD}"}
    assert page(browser, "/people/invite/", role="mayor", scope="x").cssselect("option[selected]") == []


def test_two_at_the_same_moment_are_told_that_something_changed(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(**wanted: object) -> User:
        return User.objects.create_user(email="robin.vale@council.invalid", full_name="Robin Vale")

    person("Robin Vale")
    monkeypatch.setattr(services, "invite", too_late)
    (said,) = refused(browser, "/people/invite/", **GRACE)
    assert said.startswith("What this is about is there no longer")


def test_after_another_address_the_old_link_is_dead_and_that_is_said(browser: Client, grace: User) -> None:
    _, (said,) = done(browser, f"/people/{grace.pk}/change/", full_name="Grace Mill", email="g.mill@council.invalid")
    assert said == (
        "The name and the address are saved. The link that went to the old address no longer works: send a new one."
    )
    assert again(grace).email == "g.mill@council.invalid"
    assert TODAY.isoformat() in str(Invitation.objects.get().withdrawn_at)
