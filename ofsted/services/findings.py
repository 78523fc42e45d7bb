"""Marks how a finding is to be read, and keeps the figures that it quotes."""

from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from improvement.calculations.wording import amount_words
from improvement.kinds import Direction
from ofsted.kinds import Polarity, SinceLast
from ofsted.models import Finding, FindingMeasure, Letter
from ofsted.services.history import locked_letter, note
from ofsted.services.searching import index_findings
from ofsted.services.themes import drop_unused_themes, theme_called
from torbay_reports.access.models import User

TARGET_MISSING: Final = "Type the number that was to be reached, or choose “not stated”."
SIDE_MISSING: Final = "Say whether the target is “at least” or “at most”, or take the number away."
NO_BASELINE: Final = "A finding's target is at least a number, at most one, or not stated. Choose one of these."
NO_WORDS: Final = "Type the measure in the letter's words, such as “52% of care leavers”."
PART_OF_A_SHARE: Final = "A share in per cent is out of no number. Type 52% without “out of”, or 31 out of 60."
MORE_THAN_ALL: Final = "{value} is more than {out_of}. Type the part first, then the whole: 4 out of 6."


@transaction.atomic
def mark_finding(
    *,
    finding: Finding,
    polarity: Polarity,
    theme_name: str,
    since_last: SinceLast,
    since_last_words: str,
    revision: int | None,
    by: User | None,
) -> Finding:
    """Marks the finding; a theme of a new name is made, and one that no finding has any more goes.

    `revision` is that of the letter as its writer saw it; None asks for none. Raises LetterHasMoved, and
    ValidationError for a theme that cannot be.
    """
    letter, stored = _locked(finding, revision)
    before = _marks(stored)
    stored.theme = theme_called(letter.visit.inspection, theme_name)
    stored.polarity, stored.since_last = polarity, since_last
    stored.since_last_words = " ".join(since_last_words.split())
    after = _marks(stored)
    if before == after:
        return stored
    stored.save()
    drop_unused_themes(letter.visit.inspection_id)
    index_findings([stored.pk])
    changed = "; ".join(f"{label} {after[label] or 'taken away'}" for label in after if before[label] != after[label])
    note(letter=letter, says=f"Marked {place_of(stored)}: {changed}.", by=by)
    return stored


@transaction.atomic
def add_measure(
    *,
    finding: Finding,
    words: str,
    value: Decimal,
    out_of: int | None,
    unit: str,
    population: str,
    direction: Direction,
    target: Decimal | None,
    revision: int | None,
    by: User | None,
) -> FindingMeasure:
    """Adds a figure that the finding quotes. Raises LetterHasMoved, and ValidationError where the figures cannot be."""
    letter, stored = _locked(finding, revision)
    words = " ".join(words.split())
    if not words:
        raise ValidationError({"words": NO_WORDS})
    _check_target(direction, target)
    if out_of is not None and unit == "%":
        raise ValidationError({"out_of": PART_OF_A_SHARE})
    if out_of is not None and value > out_of:
        raise ValidationError({"out_of": MORE_THAN_ALL.format(value=f"{value:f}", out_of=out_of)})
    last = FindingMeasure.objects.filter(finding=stored).aggregate(last=Max("position"))["last"] or 0
    measure = FindingMeasure.objects.create(
        finding=stored,
        position=last + 1,
        words=words,
        value=value,
        out_of=out_of,
        unit=unit,
        population=population,
        direction=direction,
        target=target,
    )
    figure = amount_words(value, unit)
    note(letter=letter, says=f"Added a measure to {place_of(stored)}: “{words}” ({figure}).", by=by)
    return measure


@transaction.atomic
def remove_measure(*, measure: FindingMeasure, revision: int | None, by: User) -> None:
    """Takes a figure away from its finding. Raises LetterHasMoved, FindingMeasure.DoesNotExist where it is gone."""
    letter, finding = _locked(measure.finding, revision)
    stored = FindingMeasure.objects.get(pk=measure.pk)
    note(letter=letter, says=f"Removed a measure from {place_of(finding)}: “{stored.words}”.", by=by)
    stored.delete()


def place_of(finding: Finding) -> str:
    """Where the finding stands in its letter: "Overview, paragraph 2"; a further one of it with its number."""
    place = str(finding.paragraph)
    return place if finding.position == 1 else f"{place}, finding {finding.position}"


def _locked(finding: Finding, revision: int | None) -> tuple[Letter, Finding]:
    letter = locked_letter(finding.paragraph.letter_id, revision)
    return letter, Finding.objects.select_related("paragraph", "theme").defer("search").get(pk=finding.pk)


def _marks(finding: Finding) -> dict[str, str]:
    since = SinceLast(finding.since_last)
    return {
        "polarity": Polarity(finding.polarity).label if finding.polarity else "",
        "theme": finding.theme.name if finding.theme else "",
        "since the last visit": since.label if since else "",
        "in words": f"“{finding.since_last_words}”" if finding.since_last_words else "",
    }


def _check_target(direction: Direction, target: Decimal | None) -> None:
    if direction is Direction.BASELINE:
        raise ValidationError({"direction": NO_BASELINE})
    if target is None and direction is not Direction.UNKNOWN:
        raise ValidationError({"target": TARGET_MISSING})
    if target is not None and direction is Direction.UNKNOWN:
        raise ValidationError({"direction": SIDE_MISSING})
