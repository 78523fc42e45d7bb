"""The demonstration's people: at least one for each role, with a sign-in that every run prints."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from torbay_reports.access import services
from torbay_reports.access.demo_passwords import demo_password, has_demo_password, set_demo_password
from torbay_reports.access.importing import PersonEntry, RoleEntry, read_people
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role
from torbay_reports.core.demo import (
    announce,
    checksum,
    demo_owns,
    is_loaded,
    own_or_conflict,
    record_load,
    register_step,
    remember,
)
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile

ORDER = 10
LOAD = "people.json"


def load_people(progress: Progress) -> None:
    """Brings the people of `fixtures/people.json` in, and announces the sign-ins of those who may sign in.

    Once this very file is in, its people belong to who tries things out: a role that was ended, handed over or given
    and an account that was closed stay as they are. Only the passwords come back, so that what is printed works.
    Raises CommandError when anything in the file is wrong, before the first row is written, and DemoConflict when
    somebody whom the demonstration did not make has one of its addresses.
    """
    path = Path(settings.FIXTURES_DIR) / LOAD
    try:
        rows = read_people(path)
    except UnreadableFile as error:
        raise CommandError(f"Nothing was loaded. {error}") from error
    existing = {person.email: person for person in User.objects.filter(email__in=[row.email for row in rows])}
    for person in existing.values():
        own_or_conflict(person)
    digest = checksum(path.read_bytes())
    is_in = is_loaded(LOAD, digest)
    for row in progress.track(rows):
        known = existing.get(row.email)
        if known is None or not is_in:
            known = _bring_person(row, known)
            _bring_roles(known, row.roles)
        elif not has_demo_password(known):
            set_demo_password(known)
            known.save(update_fields=["password"])
        if known.is_active:
            announce(f"Sign in as {_roles_in_words(row)}: {row.email}, password {demo_password(row.email)}")
    record_load(LOAD, digest)


def _roles_in_words(row: PersonEntry) -> str:
    """The roles, and for a seat its committee: two lines that both say “member” help nobody."""
    return ", ".join(
        f"{'substitute ' if role.is_substitute else ''}{role.role.label}"
        + (f" ({role.scope_slug.replace('-', ' ')})" if role.role is Role.MEMBER else "")
        for role in row.roles
    )


def _bring_person(row: PersonEntry, person: User | None) -> User:
    if person is None:
        person = services.invite(email=row.email, full_name=row.full_name, by=None)
        remember(person)
    if not has_demo_password(person):
        set_demo_password(person)
    person.full_name, person.is_active, person.is_staff = row.full_name, True, False
    person.closed_on = person.forgotten_on = None
    person.save()
    return person


def _bring_roles(person: User, rows: tuple[RoleEntry, ...]) -> None:
    """Gives the roles of the file, takes away the demonstration's own that the file no longer has, leaves the rest."""
    wanted = set(rows)
    for assignment in RoleAssignment.objects.filter(person=person):
        row = _row_of(assignment)
        if row in wanted:
            wanted.discard(row)
        elif demo_owns(assignment):
            services.take_back_role(assignment=assignment, by=None)
        else:
            # Somebody gave it on screen: their dates count.
            wanted -= {other for other in rows if _is_same_role(assignment, other)}
    for row in rows:
        if row in wanted:
            remember(_give(person, row))


def _give(person: User, row: RoleEntry) -> RoleAssignment:
    return services.give_role(
        person=person,
        role=row.role,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        scope_kind=row.scope_kind,
        scope_slug=row.scope_slug,
        is_substitute=row.is_substitute,
        by=None,
    )


def _row_of(assignment: RoleAssignment) -> RoleEntry:
    """The stored role as a row of the file, for comparison."""
    return RoleEntry(
        role=Role(assignment.role),
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        scope_kind=assignment.scope_kind,
        scope_slug=assignment.scope_slug,
        is_substitute=assignment.is_substitute,
    )


def _is_same_role(assignment: RoleAssignment, row: RoleEntry) -> bool:
    return (assignment.role, assignment.scope_kind, assignment.scope_slug) == (row.role, row.scope_kind, row.scope_slug)


register_step(ORDER, "People", load_people)
