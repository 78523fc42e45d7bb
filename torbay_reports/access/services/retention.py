"""What is personal and no longer needed goes after a set time (UK GDPR, article 5(1)(e)).

Each batch is a transaction of its own, its entry in the record included: a run that is killed has done what it has
done, and another one, later or at the same moment, does the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from torbay_reports.access.models import AccessRecord, Invitation, User
from torbay_reports.access.record.kinds import SIGN_INS, RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.services.addresses import REMOVED_DOMAIN
from torbay_reports.access.services.invitations import delete_unless_named
from torbay_reports.core import clock
from torbay_reports.core.formatting import count, long_date
from torbay_reports.core.progress import Progress

FEWEST_MONTHS: Final = 12
"""A year's accounts are closed and audited before anybody may forget who was signed in; the database holds to it."""

MOST_MONTHS: Final = 1200
"""A hundred years: nobody is still there to be protected."""

PEOPLE_AT_ONCE: Final = 100
ENTRIES_AT_ONCE: Final = 5000
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """Rows of another room that hold what is personal: `one` and `many` name them, `due` are those no longer needed."""

    one: str
    many: str
    due: Callable[[], QuerySet[Any]]


_kept: Final[list[Kept]] = []


def register(*kept: Kept) -> None:
    """Have another room's rows go with the others. Call it from an AppConfig's `ready`."""
    _kept.extend(kept)


@dataclass(frozen=True)
class Due:
    """How much is there that would go now; `rows` are those of other rooms that have any."""

    people: int
    entries: int
    sessions: int
    rows: tuple[tuple[Kept, int], ...] = ()


@dataclass
class Forgotten:
    """How much went: people whose row is deleted, people of whom the name alone is left, entries and sessions."""

    deleted: int = 0
    emptied: int = 0
    entries: int = 0
    sessions: int = 0
    rows: list[tuple[Kept, int]] = field(default_factory=list)


def check_months() -> int:
    """PERSONAL_DATA_MONTHS. Raises ImproperlyConfigured when it is fewer than FEWEST_MONTHS or beyond MOST_MONTHS."""
    months = int(settings.PERSONAL_DATA_MONTHS)
    if not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise ImproperlyConfigured(
            f"The setting PERSONAL_DATA_MONTHS is {months}: the record keeps sign-ins for {FEWEST_MONTHS} months at "
            f"least. Write a number from {FEWEST_MONTHS} to {MOST_MONTHS}."
        )
    return months


def first_day_kept(today: date, months: int) -> date:
    """The day so many months ago, the last of the month where it has no such day; what ended earlier goes."""
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    first_of_next = date(years + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(years, month + 1, 1) + timedelta(days=today.day - 1), first_of_next - _A_DAY)


def due() -> Due:
    """What would go now. Raises ImproperlyConfigured when the setting is too small."""
    since = first_day_kept(clock.today(), check_months())
    sessions = _expired().count() + _left_over().count()
    rows = tuple((each, number) for each in _kept if (number := each.due().count()))
    return Due(_people(since).count(), _entries(since).count(), sessions, rows)


def forget_personal_data(*, progress: Progress) -> Forgotten:
    """Removes what was personal in accounts closed long ago, old entries about sign-ins, and sessions that are over.

    A closed account that no row names is deleted; of one that history names, the name alone stays. Raises
    ImproperlyConfigured when the setting is too small.
    """
    known = due()
    progress.expect(known.people + known.entries)
    since = first_day_kept(clock.today(), check_months())
    gone = Forgotten()
    while fates := _forget_people(since):
        gone.deleted += fates.count(True)
        gone.emptied += fates.count(False)
        progress.advance(len(fates))
    while entries := _forget_entries(since):
        gone.entries += entries
        progress.advance(entries)
    gone.sessions = _expired().delete()[0] + _left_over().delete()[0]
    gone.rows = [(each, number) for each in _kept if (number := each.due().delete()[0])]
    return gone


def _people(since: date) -> QuerySet[User]:
    return User.objects.filter(closed_on__lt=since, forgotten_on__isnull=True)


def _entries(since: date) -> QuerySet[AccessRecord]:
    # A day more than said: where summer time begins on another day than it did then, the trigger's months are an hour
    # longer than ours.
    beginning = timezone.make_aware(datetime.combine(since - _A_DAY, time.min))
    return AccessRecord.objects.filter(kind__in=SIGN_INS, at__lt=beginning)


def _expired() -> QuerySet[Session]:
    """By the machine's clock, as sessions themselves do, whatever day the demonstration says it is."""
    return Session.objects.filter(expire_date__lt=Now())


def _left_over() -> QuerySet[UserSession]:
    """Devices whose session is over; not of the last day, since a session may be about to be stored."""
    seen_long_ago: QuerySet[UserSession] = UserSession.objects.filter(last_seen_at__lt=Now() - _A_DAY)
    return seen_long_ago.exclude(session_key__in=Session.objects.values("session_key"))


@transaction.atomic
def _forget_people(since: date) -> list[bool]:
    """One batch, and of each whether the row was deleted; those that another run holds are its business."""
    people = _people(since).order_by("pk").select_for_update(skip_locked=True)[:PEOPLE_AT_ONCE]
    return [_forget_person(person) for person in list(people)]


def _forget_person(person: User) -> bool:
    """Was the row deleted? Else the name alone is left."""
    key, name = f"person:{person.pk}", person.full_name
    for owned in (Authenticator, SocialAccount, EmailAddress, UserSession):
        owned.objects.filter(user=person).delete()
    Invitation.objects.filter(person=person).delete()
    is_deleted = delete_unless_named(person)
    if not is_deleted:
        person.email = f"gone-{person.pk}@{REMOVED_DOMAIN}"
        person.set_unusable_password()
        person.last_login, person.is_staff, person.forgotten_on = None, False, clock.today()
        person.save()
    about = "A closed account that no row named" if is_deleted else f"{name}: everything but the name"
    record(kind=RecordKind.PERSONAL_DATA_REMOVED, person=None, about=about, key=key)
    return is_deleted


@transaction.atomic
def _forget_entries(since: date) -> int:
    """One batch, and how many they were; the only place where an entry of the record is deleted."""
    found = _entries(since).order_by("pk").select_for_update(skip_locked=True)
    keys = list(found.values_list("pk", flat=True)[:ENTRIES_AT_ONCE])
    if keys:
        about = f"{count(len(keys), 'entry', 'entries')} about sign-ins before {long_date(since - _A_DAY)}"
        # Written first: the trigger counts its months back from the newest entry.
        record(kind=RecordKind.PERSONAL_DATA_REMOVED, person=None, about=about)
        # Past Python's guard, which refuses every deletion: only the trigger can tell what it lets go.
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {AccessRecord._meta.db_table} WHERE id = ANY(%s)", [keys])
    return len(keys)
