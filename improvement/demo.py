"""The demonstration's improvement plan: Torbay's tracker of children's services, as at the paper of September 2017."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from improvement.calculations.tracker import PlanFile
from improvement.importing.report import ImportReport
from improvement.models import Commentary, Owner, Plan
from improvement.services.plans import remove_plan
from improvement.services.versions import ImportRefused, bring_in
from torbay_reports.access.models import User
from torbay_reports.core import clock
from torbay_reports.core.demo import (
    announce,
    checksum,
    forget,
    is_loaded,
    own_or_conflict,
    record_load,
    register_step,
    remember,
)
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile, read_json

ORDER = 25
LOAD = "improvement.json"


def load_plan(progress: Progress) -> None:
    """Bring in the plan of `fixtures/improvement.json`, unless this very file is in already, and say where it is.

    Once it is in, it belongs to who tries things out; a changed file replaces it with all that was tried out.
    Raises CommandError when the file is wrong or names people who are not there, and DemoConflict when a plan of that
    name is somebody else's.
    """
    path = Path(settings.FIXTURES_DIR) / LOAD
    try:
        content = read_json(path, PlanFile)
        existing = Plan.objects.filter(slug=content.slug).first()
        own_or_conflict(existing)
        digest = checksum(path.read_bytes())
        if existing is None or not is_loaded(LOAD, digest):
            for each in progress.track([content]):
                existing = _bring_in(each, existing, digest)
            record_load(LOAD, digest)
    except (UnreadableFile, ImportRefused) as error:
        raise CommandError(f"Nothing was loaded. {error}") from error
    if existing is not None:
        announce(f"Improvement plan: {{address}}{existing.get_absolute_url()}")


def _bring_in(content: PlanFile, existing: Plan | None, digest: str) -> Plan:
    people = _people(content.people)
    if existing is not None:
        forget(existing)
        remove_plan(plan=existing)
    version = bring_in(
        slug=content.slug,
        tracker=content.tracker,
        report=ImportReport.of(content.tracker).to_builtins(),
        as_at=content.as_at,
        file_name=LOAD,
        checksum=digest,
        by=None,
        notice=content.notice,
    )
    remember(version.plan)
    _name_people(version.plan, people)
    if content.commentary:
        Commentary.objects.create(
            plan=version.plan, text=content.commentary, written_on=content.as_at, written_at=clock.now()
        )
    return version.plan


def _people(addresses: Mapping[str, tuple[str, ...]]) -> dict[str, list[User]]:
    """The people by the owner's name. Raises CommandError for an address that nobody has."""
    wanted = {address for each in addresses.values() for address in each}
    known = {person.email: person for person in User.objects.filter(email__in=wanted)}
    for address in sorted(wanted - known.keys()):
        raise CommandError(
            f"Nothing was loaded. {LOAD}, people: nobody has the address {address}. Add them to people.json, or "
            "correct it."
        )
    return {name: [known[address] for address in each] for name, each in addresses.items()}


def _name_people(plan: Plan, people: Mapping[str, list[User]]) -> None:
    """Let these people answer for the owners' names. Raises CommandError for a name that no step has."""
    owners = {owner.name: owner for owner in Owner.objects.filter(plan=plan)}
    for name, each in people.items():
        if name not in owners:
            raise CommandError(f"Nothing was loaded. {LOAD}, people: no step has the owner “{name}”. Correct the name.")
        owners[name].people.set(each)


register_step(ORDER, "Improvement plan", load_plan)
