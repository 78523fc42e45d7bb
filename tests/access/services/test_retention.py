"""What is personal goes after a set time: completely, recorded, and never what history needs."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from tests.access.cast import TODAY, person, person_with
from tests.access.services.racing import at_once
from torbay_reports.access.models import AccessRecord, Invitation, User
from torbay_reports.access.record.kinds import READS, SIGN_INS, RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.roles import Role
from torbay_reports.access.services import invite, make_link, retention
from torbay_reports.access.services.retention import Forgotten, first_day_kept, forget_personal_data
from torbay_reports.core.progress import Progress

pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 9, 4)
NOT_YET = date(2015, 9, 5)
BEFORE = datetime(2015, 9, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def two_years(settings: Settings) -> None:
    settings.PERSONAL_DATA_MONTHS = 24


def forget() -> Forgotten:
    return forget_personal_data(progress=Progress("Forgetting"))


def closed(name: str, on: date = LONG_AGO, role: Role | None = None) -> User:
    someone = person(name, "a long enough sentence") if role is None else person_with(role)
    User.objects.filter(pk=someone.pk).update(is_active=False, closed_on=on, full_name=name)
    someone.refresh_from_db()
    return someone


def wrote(kind: RecordKind, at: datetime, **fields: Any) -> int:
    return AccessRecord.objects.create(kind=kind, at=at, person=None, **fields).pk


def removals() -> list[tuple[str, str]]:
    found = AccessRecord.objects.filter(kind=RecordKind.PERSONAL_DATA_REMOVED).order_by("pk")
    return list(found.values_list("about", "key"))


def run(*options: str) -> str:
    said = StringIO()
    call_command("forget_personal_data", *options, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (TODAY, 24, date(2015, 9, 5)),
        (date(2017, 1, 31), 11, date(2016, 2, 29)),
        (date(2017, 12, 31), 12, date(2016, 12, 31)),
        (date(2017, 1, 1), 1, date(2016, 12, 1)),
        (date(2016, 2, 29), 12, date(2015, 2, 28)),
        (date(2017, 3, 31), 13, date(2016, 2, 29)),
    ],
)
def test_months_are_counted_by_the_calendar(today: date, months: int, first: date) -> None:
    assert first_day_kept(today, months) == first


def test_a_closed_account_that_nothing_names_is_deleted_with_all_that_is_its_own() -> None:
    gone = invite(email="robin@council.invalid", full_name="Robin Vale", by=None)
    make_link(person=gone, by=None)
    EmailAddress.objects.create(user=gone, email=gone.email)
    User.objects.filter(pk=gone.pk).update(is_active=False, closed_on=LONG_AGO)
    assert forget() == Forgotten(deleted=1)
    assert not User.objects.exists()
    assert not Invitation.objects.exists()
    assert removals() == [("A closed account that no row named", f"person:{gone.pk}")]


def test_of_a_closed_account_that_history_names_the_name_alone_is_left() -> None:
    clerk = closed("Robin Vale", role=Role.CLERK)
    User.objects.filter(pk=clerk.pk).update(last_login=BEFORE, is_staff=True)
    EmailAddress.objects.create(user=clerk, email=clerk.email)
    SocialAccount.objects.create(user=clerk, provider="council", uid="1")
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={})
    UserSession.objects.create(user=clerk, ip="192.0.2.1", session_key="x", user_agent="y")
    assert forget() == Forgotten(emptied=1)
    stored = User.objects.get()
    assert (stored.full_name, stored.email) == ("Robin Vale", f"gone-{clerk.pk}@removed.invalid")
    assert (stored.closed_on, stored.forgotten_on) == (LONG_AGO, TODAY)
    assert (stored.last_login, stored.is_staff, stored.has_usable_password()) == (None, False, False)
    for model in (EmailAddress, SocialAccount, Authenticator, UserSession):
        assert not model.objects.exists()
    assert stored.assignments.count() == 1
    assert removals() == [("Robin Vale: everything but the name", f"person:{clerk.pk}")]
    assert forget() == Forgotten()


def test_who_closed_later_or_never_keeps_everything() -> None:
    closed("Not Yet", NOT_YET)
    person("Still There")
    before = list(User.objects.values())
    assert forget() == Forgotten()
    assert list(User.objects.values()) == before


def test_only_old_entries_about_sign_ins_go() -> None:
    kept = {wrote(kind, BEFORE) for kind in RecordKind if kind not in (*SIGN_INS, *READS)}
    old = {wrote(kind, BEFORE) for kind in SIGN_INS}
    kept |= {wrote(kind, datetime(2015, 9, 5, 12, tzinfo=UTC)) for kind in SIGN_INS}
    assert forget() == Forgotten(entries=len(SIGN_INS))
    left = set(AccessRecord.objects.exclude(about__contains="sign-ins before").values_list("pk", flat=True))
    assert left == kept
    assert not old & left
    assert removals()[-1] == ("7 entries about sign-ins before 4 September 2015", "")


def test_sessions_that_are_over_go_and_running_ones_stay() -> None:
    now = timezone.localtime(timezone.now())  # noqa: TID251
    robin = person()
    for key, ends in (("over", -1), ("running", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(hours=ends))
    for key, seen in (("running", 9), ("left over", 9), ("begins now", 0)):
        row = UserSession.objects.create(user=robin, ip="192.0.2.1", session_key=key, user_agent="y")
        UserSession.objects.filter(pk=row.pk).update(last_seen_at=now - timedelta(days=seen))
    assert forget() == Forgotten(sessions=2)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"running", "begins now"}


@pytest.mark.parametrize("months", [0, 11, 1201])
def test_a_set_time_that_cannot_be_is_refused_and_nothing_goes(settings: Settings, months: int) -> None:
    closed("Robin Vale")
    settings.PERSONAL_DATA_MONTHS = months
    sentence = f"PERSONAL_DATA_MONTHS is {months}: .* Write a number from 12 to 1200"
    with pytest.raises(ImproperlyConfigured, match=sentence):
        forget()
    for options in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match=sentence):
            run(*options)
    assert User.objects.count() == 1


def test_the_command_says_in_sentences_what_went_and_a_dry_run_what_would() -> None:
    closed("Robin Vale")
    closed("Test clerk", role=Role.CLERK)
    for _ in range(3):
        wrote(RecordKind.SIGN_IN, BEFORE)
    assert run("--dry-run").splitlines() == [
        "2 closed accounts would be deleted or emptied.",
        "3 entries about sign-ins would be deleted.",
    ]
    assert (User.objects.count(), AccessRecord.objects.count()) == (2, 3)
    assert run().splitlines() == [
        "1 closed account that no row named: deleted.",
        "1 closed account emptied but for the name.",
        "3 entries about sign-ins deleted.",
    ]
    assert run() == "There is nothing to forget.\n"
    assert run("--dry-run") == "There is nothing to forget.\n"


def test_the_shortest_time_that_the_setting_allows_is_one_that_the_database_allows(settings: Settings) -> None:
    settings.PERSONAL_DATA_MONTHS = 12
    for day in range(1, 6):
        wrote(RecordKind.SIGN_IN, datetime(2016, 9, day, 12, tzinfo=UTC))
    settings.TODAY = date(2017, 9, 5)
    assert forget().entries == 3


@pytest.mark.parametrize("today", [date(2018, 3, 26), date(2017, 10, 29), date(2020, 2, 29), date(2021, 2, 28)])
def test_neither_summer_time_nor_a_leap_year_stops_it(settings: Settings, today: date) -> None:
    settings.PERSONAL_DATA_MONTHS = 12
    settings.TODAY = today
    beginning = timezone.make_aware(datetime.combine(first_day_kept(today, 12), datetime.min.time()))
    for hours in range(-72, 72):
        wrote(RecordKind.SIGN_IN, beginning + timedelta(hours=hours))
    assert forget().entries >= 47


def test_the_number_of_queries_does_not_grow_with_the_entries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    wrote(RecordKind.SIGN_IN, BEFORE)
    with django_assert_num_queries(23):
        forget()
    for _ in range(20):
        wrote(RecordKind.SIGN_IN, BEFORE)
    with django_assert_num_queries(23):
        forget()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "PEOPLE_AT_ONCE", 2)
    monkeypatch.setattr(retention, "ENTRIES_AT_ONCE", 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_batches")
def test_a_run_that_is_killed_has_done_whole_batches_and_the_next_does_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(5):
        closed(f"Robin {number}")
    calls: list[str] = []

    def killed(**fields: Any) -> AccessRecord:
        calls.append(fields["key"])
        if len(calls) == 4:
            raise KeyboardInterrupt
        return record(**fields)

    monkeypatch.setattr(retention, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        forget()
    assert (User.objects.count(), len(removals())) == (3, 2)
    monkeypatch.setattr(retention, "record", record)
    assert forget() == Forgotten(deleted=3)
    assert len(removals()) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_batches")
def test_three_runs_at_once_forget_everything_once() -> None:
    for number in range(12):
        closed(f"Robin {number}")
        wrote(RecordKind.SIGN_IN, BEFORE)
    outcomes = [each for each in at_once(lambda number: forget(), 3) if isinstance(each, Forgotten)]
    assert (sum(each.deleted for each in outcomes), sum(each.entries for each in outcomes)) == (12, 12)
    assert (User.objects.count(), len([key for _, key in removals() if key])) == (0, 12)


@pytest.mark.parametrize("kind", list(RecordKind))
def test_the_database_lets_an_old_entry_go_only_when_it_is_about_a_sign_in(kind: RecordKind) -> None:
    reader = person()
    old = AccessRecord.objects.create(kind=kind, at=datetime(2016, 9, 4, tzinfo=UTC), person=reader)
    record(kind=RecordKind.SIGN_IN, person=reader)
    assert delete(old.pk) == (kind in SIGN_INS)
    assert AccessRecord.objects.filter(pk=old.pk).exists() == (kind not in SIGN_INS)


@pytest.mark.parametrize(("day", "may_go"), [(4, True), (6, False)])
def test_the_database_keeps_sign_ins_for_twelve_months_before_the_newest_entry(day: int, may_go: bool) -> None:
    old = wrote(RecordKind.SIGN_IN, datetime(2016, 9, day, tzinfo=UTC))
    assert not delete(old)
    wrote(RecordKind.SIGN_OUT, datetime(2017, 9, 5, tzinfo=UTC))
    assert delete(old) == may_go


def test_the_database_refuses_a_deletion_that_takes_one_entry_too_many() -> None:
    keys = [wrote(RecordKind.SIGN_IN, BEFORE), wrote(RecordKind.INVITED, BEFORE)]
    record(kind=RecordKind.SIGN_IN, person=None)
    assert not delete(*keys)
    assert AccessRecord.objects.count() == 3


@pytest.mark.parametrize("kind", [RecordKind.SIGN_IN, RecordKind.INVITED])
def test_the_migration_can_be_undone_and_done_again(kind: RecordKind) -> None:
    migration = import_module("torbay_reports.access.migrations.0005_record_forgets_sign_ins")
    old = wrote(kind, BEFORE)
    record(kind=RecordKind.SIGN_IN, person=None)
    with connection.cursor() as cursor:
        cursor.execute(migration.FORBID_ALL)
        assert not delete(old)
        cursor.execute(migration.ALLOW_OLD_SIGN_INS)
    assert delete(old) == (kind in SIGN_INS)


def delete(*keys: int) -> bool:
    """Did the database let these entries go?"""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM access_accessrecord WHERE id = ANY(%s)", [list(keys)])
    except IntegrityError as error:
        if "neither changed nor deleted" not in str(error):
            raise
        return False
    return True
