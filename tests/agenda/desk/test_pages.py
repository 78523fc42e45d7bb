"""The desk's pages: one next thing, buttons by keyboard, and a sentence for whatever is typed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.cast import person_with, sign_in
from tests.access.people.pages import done, page, refused, sentences, text_of, tree_of
from tests.agenda.brought import bring_to
from tests.agenda.desk.world import a_paper, a_supplement, again, an_item, make_meeting, out_with_one_missing, published
from tests.agenda.held_back import SECRET
from tests.improvement.keeping import form_values, typed
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.desk.addresses import desk_address, item_page, letter_address, paper_page, supplement_address
from torbay_reports.agenda.models import AgendaItem, Committee, Meeting, Paper
from torbay_reports.publishing.packplan import Restriction

pytestmark = pytest.mark.django_db


def next_thing(browser: Client, meeting: Meeting) -> str:
    """The words of the page's one main button, or nothing."""
    buttons = page(browser, desk_address(meeting)).cssselect("main .govuk-button")
    assert len(buttons) <= 1
    return text_of(buttons[0]) if buttons else ""


def test_the_next_thing_goes_from_the_first_item_to_a_supplement(browser: Client, clerk: User) -> None:
    meeting = make_meeting(date(2017, 9, 14))
    assert next_thing(browser, meeting) == "Add the first item"
    item = an_item(meeting, clerk)
    AgendaItem.objects.update(added_in=None)
    meeting.instalments.all().delete()
    assert next_thing(browser, meeting) == "Make the agenda"
    place, _ = done(browser, f"{desk_address(meeting)}agenda/")
    assert place == desk_address(meeting)
    assert next_thing(browser, meeting) == "Build the public edition of the agenda"
    paper, other = a_paper(item, clerk), a_paper(item, clerk, "Plan")
    assert next_thing(browser, meeting) == "Bring what is missing under item 5"
    bring_to(paper, clerk, findings=(("no-text", 1, "Page 1 has no text."),))
    bring_to(other, clerk)
    assert next_thing(browser, meeting) == "Go through the warnings"
    other.refresh_from_db()
    other.upload = None
    other.save()
    published(paper, by=clerk)
    assert next_thing(browser, meeting) == "Make a supplement"


def test_a_late_agenda_goes_out_with_what_there_is_and_says_why(browser: Client, clerk: User) -> None:
    meeting = make_meeting()
    item = an_item(meeting, clerk)
    a_paper(item, clerk, "To follow")
    bring_to(a_paper(item, clerk), clerk)
    assert next_thing(browser, meeting) == "Say why papers are late"
    letter = letter_address(meeting.instalments.get())
    given = typed(browser, letter, telephone="01803 1", office="Town Hall")
    reasons = {f"why-{each.pk}": "The figures came late." for each in Paper.objects.all()}
    done(browser, letter, **{**given, **reasons})
    assert next_thing(browser, meeting) == "Build the public edition of the agenda"


def test_nobody_sees_the_desk_but_its_clerk(clerk: User) -> None:
    address = desk_address(make_meeting())
    for role in set(Role) - {Role.CLERK}:
        client = Client()
        sign_in(client, person_with(role))
        assert client.get(address).status_code == 404
    stale = Client()
    sign_in(stale, clerk, ago=timedelta(hours=5))
    assert stale.get(address).status_code == 302
    assert "no-store" in browser_of(clerk).get(address)["Cache-Control"]


def browser_of(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def test_a_moved_item_keeps_the_focus_and_a_refusal_says_why(browser: Client, clerk: User) -> None:
    meeting = make_meeting()
    _, second = (an_item(meeting, clerk, number) for number in ("5", "6"))
    tree = page(browser, desk_address(meeting))
    (form,) = tree.cssselect(f"#item-{second.pk} .actions form")
    assert text_of(form) == "Move up item 6"
    given = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    response = browser.post(form.attrib["action"], given)
    assert response["Location"] == desk_address(meeting, f"item-{second.pk}")
    place, notices = done(browser, form.attrib["action"], **given)
    assert (place, notices) == (desk_address(meeting), ["Item 6 is the first already, so it cannot go up."])
    assert done(browser, form.attrib["action"], way="sideways", past="\x00")[1] == [
        "This form was changed on its way. Open the page again."
    ]


def test_an_item_and_a_paper_are_added_by_form(browser: Client, clerk: User) -> None:
    meeting = make_meeting()
    add = f"{desk_address(meeting)}add-item/"
    place, notices = done(browser, add, **typed(browser, add, title="Harbours"))
    item = AgendaItem.objects.get()
    assert (place, notices) == (desk_address(meeting, f"item-{item.pk}"), ["Item 1 is added."])
    papers = item_page("paper-add", item)
    assert not page(browser, papers).cssselect("input[checked]")
    assert refused(browser, papers, **typed(browser, papers, title="Fees")) == [
        "Say who may read the paper: open, exempt or confidential."
    ]
    given = typed(browser, papers, title="Fees", restriction="open")
    done(browser, papers, **given)
    assert "Fees To follow" in sentences(browser, desk_address(meeting))
    assert "this form was sent twice" in refused(browser, papers, **given)[0]


def test_each_item_leads_to_its_urgency_and_to_a_later_meeting(browser: Client, clerk: User) -> None:
    meeting, _, missing = out_with_one_missing(clerk)
    a_supplement(meeting, clerk, missing)
    first, second = meeting.items.order_by("position")
    AgendaItem.objects.create(
        meeting=make_meeting(date(2017, 9, 20)), number="5", title="Later", carried_from=first, position=1
    )
    links = [each.attrib["href"] for each in page(browser, desk_address(meeting)).cssselect("#business ~ ol a")]
    ways = [item_page(name, item) in links for item in (first, second) for name in ("urgency-ask", "item-carry")]
    # The first has all its papers on the agenda and is carried already; of the second one is late.
    assert ways == [False, False, True, True]
    assert all(browser.get(item_page(name, second)).status_code == 200 for name in ("urgency-ask", "item-carry"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"number": "../x"}, "“../x” is no number of an item."),
        ({"number": "5\x00"}, "Null characters are not allowed."),
        ({"title": "x" * 301}, "“Title” is too long. Type at most 300 characters."),
        ({"kind": "exclusion"}, "Choose business or urgent."),
        ({"number": "5"}, "Item 5 is “Business 5” already."),
    ],
)
def test_bad_input_gets_a_sentence(browser: Client, clerk: User, given: dict[str, str], sentence: str) -> None:
    meeting = make_meeting()
    an_item(meeting, clerk)
    add = f"{desk_address(meeting)}add-item/"
    (said,) = refused(browser, add, **typed(browser, add, **{"title": "Harbours", **given}))
    assert said.startswith(sentence)
    assert AgendaItem.objects.count() == 1


def test_a_stale_form_is_told_keeps_its_words_and_may_be_sent_again(browser: Client, clerk: User) -> None:
    item = an_item(make_meeting(), clerk)
    address = item_page("item-edit", item)
    mine = typed(browser, address, title="Mine")
    done(browser, address, **typed(browser, address, title="Theirs"))
    response = browser.post(address, mine)
    assert "It says now: number: 5. title: Theirs." in response.content.decode()
    tree = tree_of(response.content)
    assert form_values(tree)["title"] == "Mine"
    done(browser, address, **form_values(tree))
    assert AgendaItem.objects.get().title == "Mine"


def test_adding_to_a_published_agenda_leads_to_the_supplement(browser: Client, clerk: User) -> None:
    meeting, there, _ = out_with_one_missing(clerk)
    for address in (f"{desk_address(meeting)}add-item/", item_page("paper-add", there.item)):
        response = browser.get(address, follow=True)
        assert response.redirect_chain == [(supplement_address(meeting), 302)]
        assert "The agenda is published. Make a supplement first" in response.content.decode()


def test_a_supplement_is_made_with_the_papers_that_are_ready(browser: Client, clerk: User) -> None:
    meeting, _, missing = out_with_one_missing(clerk)
    assert next_thing(browser, meeting) == "Make a supplement"
    bring_to(missing, clerk)
    address = supplement_address(meeting)
    given = typed(browser, address, telephone="01803 1", office="Town Hall")
    assert given[f"take-{missing.pk}"] == "on"
    assert refused(browser, address, **{**given, "dated": "7/9/2017"}) == [
        "It goes out before the meeting, on 6 September 2017 at the latest."
    ]
    done(browser, address, **{**given, f"why-{missing.pk}": "It came late."})
    assert again(missing).instalment.number == 1
    assert next_thing(browser, meeting) == "Build the public edition of Supplement 1"
    assert "Supplement 1, dated 5 September 2017, is not published yet" in sentences(browser, address)


def test_papers_are_named_moved_and_taken_away_by_form(browser: Client, clerk: User) -> None:
    meeting = make_meeting()
    paper = a_paper(an_item(meeting, clerk), clerk, SECRET, Restriction.EXEMPT)
    other = an_item(meeting, clerk, "6")
    edit = paper_page("paper-edit", paper)
    done(browser, edit, **typed(browser, edit, title="Sale of the pier"))
    away = paper_page("paper-other-item", paper)
    done(browser, away, **typed(browser, away, item=other.pk))
    moved = again(paper)
    assert (moved.item, moved.content.title) == (other, "Sale of the pier")
    remove = paper_page("paper-remove", moved)
    place, _ = done(browser, remove, **typed(browser, remove))
    assert place == desk_address(meeting, f"item-{other.pk}")
    assert not Paper.objects.exists()


def test_an_item_is_taken_away_by_form(browser: Client, clerk: User) -> None:
    item = an_item(make_meeting(), clerk)
    address = item_page("item-remove", item)
    assert done(browser, address, **typed(browser, address))[1] == ["Item 5 is taken off the agenda."]
    assert browser.get(address).status_code == 404


def test_a_clerk_of_one_committee_puts_down_its_meetings_alone(clerk: User) -> None:
    board = make_meeting().committee
    Committee.objects.create(slug="council", name="Council")
    RoleAssignment.objects.update(scope_kind="committee", scope_slug=board.slug)
    browser = browser_of(clerk)
    (select,) = page(browser, "/meetings/add/").cssselect("select")
    assert [text_of(each) for each in select] == [board.name]
    given = {"committee": board.slug, "held_on": "13/9/2017", "starts_at": "5.30 pm"}
    assert refused(browser, "/meetings/add/", **{**given, "committee": "council"}) == [
        "There is no such committee among yours. Choose one from the list."
    ]
    place, notices = done(browser, "/meetings/add/", **given)
    assert notices == ["The Overview and Scrutiny Board meets on Wednesday 13 September 2017."]
    assert "5.30 pm" in sentences(browser, place)
    details = f"{place}details/"
    done(browser, details, **typed(browser, details, presiding="Councillor Lewis"))
    assert Meeting.objects.get(held_on=date(2017, 9, 13)).presiding == "Councillor Lewis"


def test_the_administrator_keeps_committees(db: None) -> None:
    browser = browser_of(person_with(Role.ADMINISTRATOR))
    assert "Here stand the council's committees" in sentences(browser, "/meetings/committees/")
    done(browser, "/meetings/committees/add/", name="Harbour Committee", email="h@council.invalid")
    assert refused(browser, "/meetings/committees/add/", name="Pier", email="nobody") == [
        "“E-mail” is no address that can be read. Type one like governance@council.gov.uk."
    ]
    edit = "/meetings/committees/harbour-committee/edit/"
    done(browser, edit, **typed(browser, edit, clerk="Kate Spencer"))
    assert Committee.objects.get().clerk == "Kate Spencer"


def test_the_desk_asks_as_often_for_one_paper_as_for_many(browser: Client, clerk: User) -> None:
    meeting, there, _ = out_with_one_missing(clerk)
    a_supplement(meeting, clerk)
    a_paper(there.item, clerk, SECRET, Restriction.EXEMPT)
    bring_to(a_paper(there.item, clerk), clerk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(desk_address(meeting)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in ("7", "8", "9"):
        item = an_item(meeting, clerk, number)
        for title in ("Budget", "Plan"):
            bring_to(a_paper(item, clerk, title), clerk)
        a_paper(item, clerk, SECRET, Restriction.EXEMPT)
    assert queries() == few
