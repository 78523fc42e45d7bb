"""Mails what an administrator did with an account to whose it is, and to the monitoring officers.

Who changes an address and removes a second factor can then sign in as the person by a forgotten password, and read
what that person may read. Nothing here prevents it; it cannot be done unseen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.people.selectors import monitoring_officers
from torbay_reports.access.roles import Role
from torbay_reports.access.wording import given_words
from torbay_reports.core import clock
from torbay_reports.core.formatting import long_date
from torbay_reports.core.mailing import deliver


class Deed(StrEnum):
    """What was done, as words between "the administrator" and the day; `{whose}` is "your" or a name."""

    MOVED = "changed the e-mail address of {whose} account"
    FACTOR_REMOVED = "removed the second factor of {whose} account"
    CLOSED = "closed {whose} account"
    REOPENED = "opened {whose} account again"


_MEANING: Final = {
    Deed.MOVED: (
        "You sign in with the new address from now on. You are signed out on every device, and links that were mailed "
        "before no longer work. This mail goes to the address before and to the new one."
    ),
    Deed.FACTOR_REMOVED: (
        "You are signed out on every device. Where your roles want a second factor, you set up a new one at your next "
        "sign-in."
    ),
    Deed.CLOSED: "You are signed out on every device and can no longer sign in. Your roles have ended.",
    Deed.REOPENED: "You can sign in as before. Roles that ended have not come back.",
}
_POWERFUL: Final = (Role.ADMINISTRATOR, Role.MONITORING_OFFICER)
_OFFICERS_ARE_TOLD: Final = (Deed.MOVED, Deed.FACTOR_REMOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What was done with whose account, and by whom; `name` and the first of `addresses` are those before it."""

    deed: Deed
    person: User
    name: str
    addresses: tuple[str, ...]
    by: User


def tell(notice: Notice) -> list[str]:
    """Mails the person and, where an account could be taken over by it, every monitoring officer but who did it.

    Gives the addresses to which no mail could be sent. Call it after the transaction of what was done.
    """
    return deliver(list(_mails(notice)), about=f"What was done with the account of person {notice.person.pk}")


def _mails(notice: Notice) -> Iterator[EmailMessage]:
    officers = list(monitoring_officers(clock.today()))
    words = {
        "name": notice.name,
        "renamed": "" if notice.person.full_name == notice.name else notice.person.full_name,
        "day": long_date(clock.today()),
        "by": notice.by.full_name,
        "meaning": _MEANING[notice.deed],
        "is_officer": notice.person in officers,
        "council_name": settings.COUNCIL_NAME,
    }
    changed = f"account for the papers of {settings.COUNCIL_NAME} was changed"
    own = {**words, "done": notice.deed.format(whose="your")}
    for address in notice.addresses:
        yield _mail(f"Your {changed}", address, "access/people/told.txt", own)
    if notice.deed in _OFFICERS_ARE_TOLD:
        done = notice.deed.format(whose=f"{notice.name}'s")
        for officer in officers:
            if officer not in (notice.by, notice.person):
                dear = {**words, "officer": officer.full_name, "done": done}
                yield _mail(f"An {changed}", officer.email, "access/people/told_officer.txt", dear)


def tell_of_power(given: Iterable[RoleAssignment], by: User) -> None:
    """Mails the monitoring officers when somebody is given a role that opens exempt papers or gives other roles.

    Else an administrator could invite an accomplice unseen. Call it after the transaction in which the role was given.
    """
    officers = [each for each in monitoring_officers(clock.today()) if each != by]
    about = f"A role for the papers of {settings.COUNCIL_NAME} was given"
    words = {"by": by.full_name, "council_name": settings.COUNCIL_NAME}
    mails = [
        _mail(
            about,
            officer.email,
            "access/people/told_of_power.txt",
            {**words, "officer": officer.full_name, "given": given_words(role)},
        )
        for role in given
        if role.role in _POWERFUL
        for officer in officers
        if officer != role.person
    ]
    if mails:
        deliver(mails, about="A role that was given")


def _mail(subject: str, address: str, template: str, words: Mapping[str, object]) -> EmailMessage:
    return EmailMessage(subject=subject, body=render_to_string(template, dict(words)), to=[address])
