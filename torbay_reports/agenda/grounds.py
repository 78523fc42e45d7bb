"""The grounds on which a paper is exempt or confidential: said by its clerk or the monitoring officer, and its marking.

The public is told the numbers of Schedule 12A's descriptions alone (`Paper.descriptions`); all else stands in
`RestrictedPaper`.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.agenda.history import note
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Instalment, Paper, RestrictedPaper
from torbay_reports.core import clock
from torbay_reports.core.formatting import listed, long_date
from torbay_reports.publishing import schedule12a
from torbay_reports.publishing.packplan import Restriction
from torbay_reports.publishing.schedule12a_lists import Description, DescriptionList

LONGEST: Final = 1_000
GIVEN: Final = (
    "reason",
    "public_interest",
    "furnished_by",
    "prohibited_by",
    "review_on",
    "has_contract_terms",
    "every_councillor",
    "names",
)
"""The fields of a restricted paper that its grounds are."""
YEAR: Final = timedelta(days=366)
"""At most so long after the meeting, or after today where that is later, grounds are looked at again."""
CHANGED: Final = "Meanwhile this paper is {restriction}. Go back to the check list and look at it."
NOT_AFTER_TODAY: Final = "The review has to come after today."
TOO_LATE: Final = "The review is at most a year away: {day} or before."
MISSING: Final = {
    Restriction.EXEMPT: (
        "Item {item}: nobody has said yet under which description of Schedule 12A a paper is exempt. Give its grounds "
        "on the check list."
    ),
    Restriction.CONFIDENTIAL: (
        "Item {item}: nobody has said yet who or what forbids that a paper is published. Give its grounds on the "
        "check list."
    ),
}


def obstacles(instalment: Instalment) -> list[str]:
    """Why the restricted edition may not go out yet: a sentence for each paper without grounds, without its title.

    One query.
    """
    papers = Paper.objects.filter(instalment=instalment).exclude(restriction=Restriction.OPEN.value)
    waiting = papers.select_related("item", "held_back").order_by("item__position", "position")
    return [MISSING[paper.held_back_as].format(item=paper.item.number) for paper in waiting if not paper.has_grounds]


def list_of(paper: Paper) -> DescriptionList:
    """The list of exempt information that its meeting's day asks for. Raises LookupError for a day before any."""
    return schedule12a.list_on(paper.description_list or paper.item.meeting.held_on)


def descriptions_of(paper: Paper) -> list[Description]:
    """The descriptions on which an exempt paper rests; none where it has no grounds, or is not exempt."""
    return [list_of(paper).description(number) for number in paper.descriptions]


def markings(paper: Paper) -> tuple[str, str]:
    """What every copy of a restricted paper says, in the Act's words, and the same for a page with less room."""
    held_back = paper.held_back
    if paper.held_back_as is Restriction.CONFIDENTIAL:
        named = schedule12a.confidential_marking(
            furnished_by=held_back.furnished_by, prohibited_by=held_back.prohibited_by
        )
        return named, schedule12a.confidential_marking()
    chosen = descriptions_of(paper)
    if not chosen:
        plain = f"{schedule12a.NOT_FOR_PUBLICATION}: {paper.held_back_as}"
        return plain, plain
    return schedule12a.marking(chosen), schedule12a.short_marking(chosen)


def ground_words(paper: Paper) -> str:
    """The ground as a list names it: "Exempt: paragraph 3, financial or business affairs"."""
    if paper.held_back_as is Restriction.CONFIDENTIAL:
        by = paper.held_back.forbidden_by
        return f"Confidential: {by}" if by else "Confidential"
    named = [f"paragraph {each.number}, {each.label}" for each in descriptions_of(paper)]
    return f"Exempt: {'; '.join(named)}" if named else "Exempt"


@transaction.atomic
def give_exempt_grounds(
    *,
    paper: Paper,
    numbers: Collection[int],
    reason: str,
    public_interest: str,
    has_contract_terms: bool,
    review_on: date,
    by: User,
    names: str = "",
) -> Paper:
    """Say under which descriptions of its meeting's day an exempt paper is withheld, and why.

    `names` are further ones that must not get out, a line each. What was decided about councillors was decided on other
    grounds, and falls with these where they differ. Raises
    ValidationError, LookupError for a number that the list does not have, Paper.DoesNotExist.
    """
    kept = _held(paper, Restriction.EXEMPT)
    check_review(kept, review_on)
    held_back = kept.held_back
    chosen = sorted(set(numbers))
    own = list_of(kept)
    words = [f"paragraph {own.description(number).number}" for number in chosen]
    if (kept.descriptions, held_back.has_contract_terms) != (chosen, has_contract_terms):
        held_back.every_councillor = None
    kept.descriptions, kept.description_list = chosen, own.since
    kept.save(update_fields=["descriptions", "description_list"])
    held_back.has_contract_terms, held_back.names = has_contract_terms, names
    held_back.public_interest = public_interest
    terms = "It holds terms proposed for a contract. " if has_contract_terms else ""
    interest = f" Public interest: {public_interest}" if public_interest else ""
    _give(kept, held_back, reason, review_on, f"Exempt by {listed(words)}. {terms}Reason: {reason}{interest}", by)
    return kept


@transaction.atomic
def give_confidential_grounds(
    *,
    paper: Paper,
    furnished_by: str,
    prohibited_by: str,
    reason: str,
    review_on: date,
    by: User,
    names: str = "",
) -> Paper:
    """Say which Government department, or which enactment or court, forbids that a confidential paper is published.

    Raises ValidationError, Paper.DoesNotExist.
    """
    kept = _held(paper, Restriction.CONFIDENTIAL)
    check_review(kept, review_on)
    held_back = kept.held_back
    held_back.furnished_by, held_back.prohibited_by, held_back.names = furnished_by, prohibited_by, names
    says = "Confidential."
    says += f" Furnished by {furnished_by}." if furnished_by else ""
    says += f" Prohibited by {prohibited_by}." if prohibited_by else ""
    _give(kept, held_back, reason, review_on, f"{says} Its terms: {reason}", by)
    return kept


def check_review(paper: Paper, day: date) -> None:
    """Raises ValidationError for a day of review that is not to come, or too far away."""
    today = clock.today()
    latest = max(today, paper.item.meeting.held_on) + YEAR
    if day <= today:
        raise ValidationError({"review_on": NOT_AFTER_TODAY})
    if day > latest:
        raise ValidationError({"review_on": TOO_LATE.format(day=long_date(latest))})


def _held(paper: Paper, restriction: Restriction) -> Paper:
    kept = held_paper(paper.pk)
    if kept.held_back_as is not restriction:
        raise ValidationError(CHANGED.format(restriction=kept.held_back_as))
    return kept


def _give(paper: Paper, held_back: RestrictedPaper, reason: str, review_on: date, says: str, by: User) -> None:
    held_back.reason, held_back.review_on = reason, review_on
    held_back.save(update_fields=GIVEN)
    note(paper=paper, kind=RecordKind.GROUNDS_SET, says=f"{says} Review on {long_date(review_on)}.", by=by)
