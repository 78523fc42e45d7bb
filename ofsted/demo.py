"""The demonstration's inspection: the visits to Torbay's children's services, and the letter of August 2017."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db.models import Q

from improvement.models import Plan, Step
from improvement.references import step_reference
from ofsted.importing.visits_file import InspectionFile, LetterEntry, MarkEntry, read_visits
from ofsted.models import Finding, Inspection, Letter, Visit
from ofsted.selectors.letters import findings_of
from ofsted.services.findings import add_measure, mark_finding
from ofsted.services.letters import store_letter
from ofsted.services.links import link_step
from torbay_reports.core.demo import (
    announce,
    checksum,
    is_loaded,
    own_or_conflict,
    record_load,
    register_step,
    remember,
    remove,
)
from torbay_reports.core.models import DemoRow
from torbay_reports.core.progress import Progress
from torbay_reports.core.reading import UnreadableFile

ORDER = 27
LOAD = "ofsted.json"


def load_visits(progress: Progress) -> None:
    """Bring in the inspection of `fixtures/ofsted.json`, unless this very file is in already, and say where it is.

    Once it is in, it belongs to who tries things out. A changed file replaces it with all that was tried out, and a
    plan that was loaded anew has taken it away. Raises CommandError when the file is wrong or names what the plan
    lacks, and DemoConflict when an inspection of that name is somebody else's.
    """
    path = Path(settings.FIXTURES_DIR) / LOAD
    try:
        content = read_visits(path)
    except UnreadableFile as error:
        raise CommandError(f"Nothing was loaded. {error}") from error
    existing = Inspection.objects.filter(slug=content.slug).first()
    own_or_conflict(existing)
    digest = checksum(path.read_bytes())
    if existing is None or not is_loaded(LOAD, digest):
        for each in progress.track([content]):
            if existing is not None:
                remove(existing)
            _forget_those_gone()
            existing = store_inspection(each)
            remember(existing)
        record_load(LOAD, digest)
    if existing is not None:
        announce(f"What Ofsted found: {{address}}{existing.get_absolute_url()}")


def store_inspection(content: InspectionFile) -> Inspection:
    """Store the inspection with its visits, its letters and all that is marked and linked in them, by nobody.

    Raises CommandError where the file names what the plan lacks.
    """
    plan = Plan.objects.filter(slug=content.plan).first()
    if plan is None:
        raise _refusal(f"plan: there is no plan '{content.plan}'. Correct its spelling.")
    inspection = Inspection.objects.create(
        plan=plan,
        slug=content.slug,
        title=content.title,
        judgement=content.judgement,
        judged_in=content.judged_in,
        notice=content.notice,
    )
    for each in content.visits:
        Visit.objects.create(
            inspection=inspection,
            slug=f"{each.month:%Y-%m}",
            month=each.month,
            dates_printed=each.printed,
            is_public=each.is_public,
        )
    for letter in content.letters:
        _store(letter, inspection)
    return inspection


def _forget_those_gone() -> None:
    """Take the inspections that went with their plan out of the register."""
    kept = [str(pk) for pk in Inspection.objects.values_list("pk", flat=True)]
    DemoRow.objects.filter(model=Inspection._meta.label).exclude(key__in=kept).delete()


def _store(entry: LetterEntry, inspection: Inspection) -> None:
    try:
        letter = store_letter(inspection=inspection, text=entry.text, by=None, notice=entry.notice)
    except ValidationError as error:
        raise _refusal(f"letter of {entry.text.dated}: {' '.join(error.messages)}") from error
    findings = {(each.paragraph.section, each.paragraph.number): each for each in findings_of(letter)}
    steps = _steps(entry, inspection.plan)
    for mark in entry.findings:
        try:
            _mark(findings[mark.place], mark, steps)
        except (ValidationError, LookupError) as error:
            said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error.args[0])
            raise _refusal(f"letter of {entry.text.dated}, findings, {mark.name}: {said}") from error
    if entry.published:
        Letter.objects.filter(pk=letter.pk).update(
            published_on=entry.published.on, published_at_address=entry.published.address
        )


def _mark(finding: Finding, mark: MarkEntry, steps: Mapping[str, Step]) -> None:
    """Say how the finding is read, by nobody. Raises ValidationError, and LookupError for a step that is not there."""
    mark_finding(
        finding=finding,
        polarity=mark.polarity,
        theme_name=mark.theme,
        since_last=mark.since_last,
        since_last_words=mark.since_last_words,
        revision=None,
        by=None,
    )
    for each in mark.measures:
        add_measure(
            finding=finding,
            words=each.words,
            value=each.value,
            out_of=each.out_of,
            unit=each.unit,
            population=each.population,
            direction=each.direction,
            target=each.target,
            revision=None,
            by=None,
        )
    for link in mark.links:
        if link.step not in steps:
            raise LookupError(f"the plan has no step {link.step}. Correct its number.")
        link_step(finding=finding, step=steps[link.step], relation=link.relation, why=link.why, by=None)


def _steps(entry: LetterEntry, plan: Plan) -> dict[str, Step]:
    """The plan's steps that the letter's findings are linked with, by their reference."""
    wanted = {link.step for mark in entry.findings for link in mark.links}
    actions = Q(action__reference__in=[each.rpartition("/")[0] for each in wanted])
    found = Step.objects.filter(actions, action__plan=plan, dropped_on=None).select_related("action")
    return {step_reference(each.action.reference, each.number): each for each in found}


def _refusal(problem: str) -> CommandError:
    return CommandError(f"Nothing was loaded. {LOAD}, {problem}")


register_step(ORDER, "Ofsted visits", load_visits)
