"""What the monitoring officer decides about one restricted paper: by name, with a reason, in the record."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.access.cast import BOARD, person, person_with, sign_in
from tests.access.people.pages import done, page, refused, sentences, text_of
from tests.agenda.held_back import SECRET, address_of, again, make_held_back, with_grounds
from torbay_reports.access.models import AccessRecord, RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.agenda.deciding import admit, decide_councillors, end_admission, latest_day
from torbay_reports.agenda.models import Admission, HeldBackEntry, Paper
from torbay_reports.core import clock

pytestmark = pytest.mark.django_db
UNTIL = date(2017, 12, 31)
PAGES = ("readers/admit/", "readers/councillors/", "readers/words/", "review/", "release/")


@pytest.fixture
def officer(db: None) -> User:
    return person_with(Role.MONITORING_OFFICER)


@pytest.fixture
def desk(officer: User) -> Client:
    """The monitoring officer's browser, signed in."""
    client = Client()
    sign_in(client, officer)
    return client


@pytest.fixture
def paper(clerk: User) -> Paper:
    return with_grounds(make_held_back(), clerk, (3, 5))


@pytest.fixture
def adviser(db: None) -> User:
    return person("Ad Viser")


def admit_until(paper: Paper, someone: User, by: User, until: date = UNTIL) -> Admission:
    return admit(paper=paper, person=someone, reason="They advise on the sale.", until=until, by=by)


def newest(kind: str) -> AccessRecord:
    return AccessRecord.objects.filter(kind=kind).order_by("-pk")[0]


def test_whether_every_councillor_may_read_it_is_decided_with_a_reason(
    desk: Client, paper: Paper, officer: User
) -> None:
    address = address_of(paper, "readers/councillors/")
    assert "Until the monitoring officer decides" in sentences(desk, address)
    place, notices = done(desk, address, may_read="yes", reason="The whole council votes on it.")
    assert place == address_of(paper, "readers/")
    assert notices == ["Decided: every councillor may read this paper."]
    assert again(paper).held_back.every_councillor is True
    entry = newest("councillors_decided")
    assert (entry.person, entry.about) == (
        officer,
        "Exempt paper under item 7, Overview and Scrutiny Board, 6 September 2017",
    )
    assert "vote" not in entry.reason
    done(desk, address, may_read="no", reason="It is settled.")
    assert again(paper).held_back.every_councillor is False
    assert [each.says for each in HeldBackEntry.objects.filter(kind="councillors_decided")] == [
        "Every councillor may read it: The whole council votes on it.",
        "Only the committee may read it: It is settled.",
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"may_read": ""}, "Choose yes or no."),
        ({"reason": ""}, "Say why you decide so."),
        ({"may_read": "perhaps"}, "There is no such choice. Choose one from the list."),
    ],
)
def test_a_decision_without_an_answer_or_a_reason_is_none(
    desk: Client, paper: Paper, given: dict[str, str], sentence: str
) -> None:
    wanted = {"may_read": "yes", "reason": "All vote.", **given}
    assert refused(desk, address_of(paper, "readers/councillors/"), **wanted) == [sentence]
    assert again(paper).held_back.every_councillor is None


@pytest.mark.parametrize("numbers", [(3,), (5,)])
def test_what_the_act_settles_is_not_decided(desk: Client, paper: Paper, officer: User, numbers: tuple[int]) -> None:
    with_grounds(paper, officer, numbers)
    tree = page(desk, address_of(paper, "readers/councillors/"))
    assert "so there is nothing to decide" in text_of(tree)
    assert not tree.cssselect("main form")
    with pytest.raises(ValidationError, match="nothing to decide"):
        decide_councillors(paper=paper, may_read=True, reason="All vote.", by=officer)


def test_a_person_is_admitted_until_a_day(desk: Client, paper: Paper, adviser: User, officer: User) -> None:
    address = address_of(paper, "readers/admit/")
    assert "The last day is 1 March 2018" in sentences(desk, address)
    _, notices = done(desk, address, person=adviser.pk, reason="They advise on the sale.", until="31/12/2017")
    assert notices == ["Ad Viser may read this paper until 31 December 2017."]
    assert list(Admission.objects.values_list("person", "until", "reason", "admitted_by")) == [
        (adviser.pk, UNTIL, "They advise on the sale.", officer.pk)
    ]
    entry = newest("reader_admitted")
    assert entry.about == (
        "Exempt paper under item 7, Overview and Scrutiny Board, 6 September 2017: Ad Viser until 31 December 2017"
    )
    assert "advise" not in entry.reason


def test_offered_are_open_accounts_that_cannot_read_it(
    desk: Client, paper: Paper, adviser: User, officer: User
) -> None:
    person_with(Role.MEMBER)
    person_with(Role.ADMINISTRATOR)
    finance = person_with(Role.FINANCE_OFFICER)
    closed = person("Clo Sed")
    closed.is_active = False
    closed.save()
    councillor = person("Coun Cillor")
    RoleAssignment.objects.create(
        person=councillor, role=Role.MEMBER, scope_kind="committee", scope_slug="council", starts_on=date(2017, 5, 1)
    )

    def offered() -> list[str]:
        tree = page(desk, address_of(paper, "readers/admit/"))
        return [text_of(each).split(" (")[0] for each in tree.cssselect("select option")[1:]]

    assert offered() == [adviser.full_name, councillor.full_name, finance.full_name]
    admit_until(paper, adviser, officer)
    decide_councillors(paper=paper, may_read=True, reason="All vote.", by=officer)
    assert offered() == [finance.full_name]


@pytest.mark.parametrize(
    ("until", "is_one"),
    [
        (date(2017, 9, 4), False),
        (date(2017, 9, 5), True),
        (date(2018, 3, 1), True),
        (date(2018, 3, 2), False),
    ],
)
def test_nobody_is_admitted_beyond_the_review(
    paper: Paper, adviser: User, officer: User, until: date, is_one: bool
) -> None:
    if not is_one:
        with pytest.raises(ValidationError, match="Give a last day from today to 1 March 2018"):
            admit_until(paper, adviser, officer, until)
    else:
        admit_until(paper, adviser, officer, until)
    assert Admission.objects.exists() is is_one


@pytest.mark.parametrize(("review_on", "latest"), [(date(2017, 9, 1), date(2017, 9, 5)), (None, date(2018, 9, 6))])
def test_an_overdue_review_leaves_today_and_missing_grounds_a_year(
    paper: Paper, review_on: date | None, latest: date
) -> None:
    paper.held_back.review_on = review_on
    assert latest_day(paper) == latest


def test_nobody_admits_themselves(paper: Paper, officer: User) -> None:
    with pytest.raises(ValidationError, match="Another monitoring officer has to admit you"):
        admit_until(paper, officer, officer)


def test_an_administrator_is_not_admitted_by_that_role(paper: Paper, officer: User) -> None:
    administrator = person_with(Role.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="Nobody is admitted by that role"):
        admit_until(paper, administrator, officer)


def test_who_reads_it_already_or_is_closed_is_not_admitted(paper: Paper, officer: User, adviser: User) -> None:
    with pytest.raises(ValidationError, match="may read it already"):
        admit_until(paper, person_with(Role.MEMBER), officer)
    admit_until(paper, adviser, officer)
    with pytest.raises(ValidationError, match="may read it already"):
        admit_until(paper, adviser, officer)
    other = person("Clo Sed")
    other.is_active = False
    with pytest.raises(ValidationError, match="is closed"):
        admit_until(paper, other, officer)


def test_an_admission_that_ran_out_can_be_given_again(paper: Paper, officer: User, adviser: User) -> None:
    admit_until(paper, adviser, officer)
    Admission.objects.update(until=clock.today() - timedelta(days=1))
    admit_until(paper, adviser, officer)
    assert Admission.objects.get().until == UNTIL


def test_an_admission_is_ended_at_once_and_its_history_stays(
    desk: Client, paper: Paper, adviser: User, officer: User
) -> None:
    admission = admit_until(paper, adviser, officer)
    address = address_of(paper, f"readers/{admission.pk}/end/")
    assert "End the access of Ad Viser?" in sentences(desk, address)
    _, notices = done(desk, address)
    assert notices == ["Ad Viser may not read this paper any more."]
    assert not Admission.objects.exists()
    assert newest("reader_admitted").about.endswith(": Ad Viser, ended")
    assert [each.says for each in HeldBackEntry.objects.filter(kind="reader_admitted")] == [
        "Admitted Ad Viser until 31 December 2017: They advise on the sale.",
        "Admission of Ad Viser, ended.",
    ]
    assert desk.get(address).status_code == 404
    with pytest.raises(ValidationError, match="not admitted to this paper any more"):
        end_admission(paper=paper, person=adviser, by=officer)


def test_words_are_cleared_a_line_each_and_stand_in_no_record(desk: Client, paper: Paper) -> None:
    address = address_of(paper, "readers/words/")
    done(desk, address, words=" £90,000 \n\nharbour kiosk\n£90,000", reason="The council has announced both.")
    assert again(paper).held_back.public_words == "£90,000\nharbour kiosk"
    assert page(desk, address).get_element_by_id("id_words").text_content().strip() == "£90,000\nharbour kiosk"
    entry = newest("words_cleared")
    assert "kiosk" not in f"{entry.about} {entry.key} {entry.reason}"
    assert "90,000" not in f"{entry.about} {entry.key} {entry.reason}"
    assert HeldBackEntry.objects.get(kind="words_cleared").says == (
        "2 lines of words may be public: “£90,000” “harbour kiosk”. The council has announced both."
    )
    assert refused(desk, address, words="more", reason="") == ["Say why these words may be public."]
    done(desk, address, words="", reason="Taken back.")
    assert again(paper).held_back.public_words == ""


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.MONITORING_OFFICER])
def test_nobody_but_the_monitoring_officer_decides(paper: Paper, role: Role, clerk: User) -> None:
    client = Client()
    sign_in(client, clerk if role is Role.CLERK else person_with(role))
    for name in PAGES:
        assert client.get(address_of(paper, name)).status_code == 404, name
        assert client.post(address_of(paper, name), {"reason": "x"}).status_code == 404, name


def test_pages_are_not_kept_and_want_a_recent_proof(desk: Client, paper: Paper, officer: User) -> None:
    for name in PAGES:
        assert "no-store" in desk.get(address_of(paper, name))["Cache-Control"], name
    sign_in(desk, officer, ago=timedelta(hours=5))
    for name in PAGES:
        response = desk.get(address_of(paper, name))
        assert response.status_code == 302, name
        assert SECRET not in response.content.decode()


def test_a_committees_clerk_of_another_committee_gets_nowhere(paper: Paper) -> None:
    other = person("Other Clerk")
    RoleAssignment.objects.create(
        person=other, role=Role.CLERK, scope_kind="committee", scope_slug="council", starts_on=date(2017, 5, 1)
    )
    client = Client()
    sign_in(client, other)
    assert BOARD not in "council"
    assert client.get(address_of(paper, "readers/")).status_code == 404
    assert client.get(address_of(paper, "grounds/")).status_code == 404
