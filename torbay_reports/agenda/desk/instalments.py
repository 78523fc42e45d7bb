"""The agenda and its supplements: made, filled with what goes out with them, and given their letters."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.holding import held_meeting
from torbay_reports.agenda.desk.letters import NAMES, Letter, letter_of, proposed_letter
from torbay_reports.agenda.desk.refusals import check_kept, check_seen, mark_of
from torbay_reports.agenda.desk.standing import Standing, standing_of
from torbay_reports.agenda.models import Instalment, Meeting, Paper, PaperQuerySet
from torbay_reports.agenda.published import edition_of
from torbay_reports.core.formatting import count, long_date

HIGHEST: Final = 99
THERE_ALREADY: Final = "The {name} is there already, dated {day}."
AGENDA_FIRST: Final = "The agenda is not published yet, so its papers go out with it. A supplement comes after it."
ONE_AT_A_TIME: Final = (
    "{name}, dated {day}, is not published yet, and one supplement is written at a time. Put what is new into that "
    "one, or publish it first."
)
ASK_SUPPLEMENT: Final = "{} is published. Make a supplement first: what is added now goes out with that."
TOO_MANY: Final = f"A meeting has at most {HIGHEST} supplements. Publish a new version of the newest one instead."
AFTER_THE_MEETING: Final = "It goes out before the meeting, on {} at the latest."
CANNOT_GO: Final = "A paper that you chose is out meanwhile, or gone. The list below is as it stands now."


@transaction.atomic
def make_agenda(*, meeting: Meeting, by: User) -> Instalment:
    """The agenda of a meeting that has no instalment yet. Raises ValidationError, Meeting.DoesNotExist."""
    kept = held_meeting(meeting.pk)
    check_kept(kept)
    there = kept.instalments.order_by("number").first()
    if there is not None:
        raise ValidationError(THERE_ALREADY.format(name=there.name.lower(), day=long_date(there.dated)))
    return _make_agenda(kept, by)


def instalment_for_new(*, meeting: Meeting, standing: Standing, by: User) -> Instalment:
    """Where what is added now goes out: the instalment that is not out yet; the agenda is made with the first item.

    In the transaction that holds the meeting. Raises ValidationError where a supplement has to be made first.
    """
    if sentence := addition_refusal(meeting, standing):
        raise ValidationError(sentence)
    return meeting.instalments.order_by("-number").first() or _make_agenda(meeting, by)


def addition_refusal(meeting: Meeting, standing: Standing) -> str:
    """Why nothing can be added before a supplement is made; nothing where something can. One query."""
    newest = meeting.instalments.order_by("-number").first()
    if newest is None or not standing.is_out(newest):
        return ""
    return ASK_SUPPLEMENT.format(newest.name if newest.number else "The agenda")


def next_supplement(*, meeting: Meeting, standing: Standing, by: User) -> Instalment:
    """The part of the pack that is not out yet, or the next supplement, with the committee's own particulars and what
    its last letter said. In the transaction that holds it. Raises ValidationError where there can be no more."""
    newest = meeting.instalments.order_by("-number").first()
    if newest is not None and not standing.is_out(newest):
        return newest
    if newest is None:
        return _make_agenda(meeting, by)
    if sentence := supplement_refusal(meeting, standing):
        raise ValidationError(sentence)
    letter = proposed_letter(meeting, number=newest.number + 1, by=by)
    supplement = Instalment.objects.create(meeting=meeting, number=newest.number + 1, **asdict(letter))
    note(meeting=meeting, says=f"{supplement.name} is made, dated {long_date(supplement.dated)}.", by=by)
    return supplement


@transaction.atomic
def make_supplement(
    *, meeting: Meeting, letter: Letter, papers: Collection[int], reasons: Mapping[int, str], by: User
) -> Instalment:
    """The next supplement with these papers, by their keys, of those that wait for one (`choosable`).

    `reasons` say why papers of it are late. Raises ValidationError, Meeting.DoesNotExist.
    """
    kept = held_meeting(meeting.pk)
    check_kept(kept)
    standing = standing_of(kept)
    if sentence := supplement_refusal(kept, standing):
        raise ValidationError(sentence)
    _check_day(kept, letter)
    number = max(kept.instalments.values_list("number", flat=True)) + 1
    supplement = Instalment.objects.create(meeting=kept, number=number, **asdict(letter))
    _fill(supplement, standing, papers)
    _give_reasons(supplement, reasons)
    taken = f" It takes {count(len(papers), 'paper', 'papers')} that waited." if papers else ""
    note(meeting=kept, says=f"{supplement.name} is made, dated {long_date(letter.dated)}.{taken}", by=by)
    return supplement


@transaction.atomic
def change_instalment(
    *,
    instalment: Instalment,
    letter: Letter,
    papers: Collection[int],
    reasons: Mapping[int, str],
    seen: str,
    by: User,
) -> Instalment:
    """Another letter, other papers while it is not out, other reasons. One that is out says so in its next version.

    Raises ValidationError, Instalment.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting = held_meeting(instalment.meeting_id)
    check_kept(meeting)
    kept = Instalment.objects.get(pk=instalment.pk)
    kept.meeting = meeting
    check_seen(seen, instalment_mark(kept), {"dated": long_date(kept.dated), "opening": kept.opening})
    _check_day(meeting, letter)
    standing = standing_of(meeting)
    for name, value in asdict(letter).items():
        setattr(kept, name, value)
    kept.save(update_fields=NAMES)
    if not standing.is_out(kept):
        _fill(kept, standing, papers)
    _give_reasons(kept, reasons)
    note(meeting=meeting, says=f"{kept.name}: its letter and its papers were gone through.", by=by)
    return kept


def supplement_refusal(meeting: Meeting, standing: Standing) -> str:
    """Why no supplement can be made now, with the cure; nothing where one can. One query."""
    newest = meeting.instalments.order_by("-number").first()
    if newest is None or (not newest.number and not standing.is_out(newest)):
        return AGENDA_FIRST
    if not standing.is_out(newest):
        return ONE_AT_A_TIME.format(name=newest.name, day=long_date(newest.dated))
    return TOO_MANY if newest.number >= HIGHEST else ""


def choosable(meeting: Meeting, standing: Standing, instalment: Instalment | None) -> list[Paper]:
    """The papers of which it can be chosen whether a supplement brings them: those that went out without their content,
    and those that it has taken already. With restricted ones, in the order of business; one query."""
    return [
        paper
        for paper in _papers(meeting)
        if paper.pk not in standing.papers
        and not paper.is_withdrawn
        and (standing.is_out(paper.instalment) or (_is_in(paper, instalment) and paper.listed_in_id is not None))
    ]


def papers_in(instalment: Instalment) -> list[Paper]:
    """Its papers that are not withdrawn, restricted ones too, in the order of business; one query."""
    papers = _papers(instalment.meeting).filter(instalment=instalment)
    return [paper for paper in papers if not paper.is_withdrawn]


def instalment_mark(instalment: Instalment) -> str:
    """What a form carries of the instalment that was shown: its letter, its papers and their reasons; one query."""
    papers = Paper.objects.filter(instalment=instalment).order_by("pk").values_list("pk", "why_late")
    return mark_of(letter_of(instalment), list(papers))


def _make_agenda(meeting: Meeting, by: User) -> Instalment:
    letter = proposed_letter(meeting, number=0, by=by)
    agenda = Instalment.objects.create(meeting=meeting, number=0, **asdict(letter))
    note(meeting=meeting, says=f"The agenda is made, dated {long_date(agenda.dated)}.", by=by)
    return agenda


def _check_day(meeting: Meeting, letter: Letter) -> None:
    if letter.dated > meeting.held_on:
        raise ValidationError({"dated": AFTER_THE_MEETING.format(long_date(meeting.held_on))})


def _fill(instalment: Instalment, standing: Standing, papers: Collection[int]) -> None:
    """Take what was chosen, and put back what is chosen no more. What was listed as to follow stays listed there."""
    offered = {paper.pk: paper for paper in choosable(instalment.meeting, standing, instalment)}
    if not set(papers) <= set(offered):
        raise ValidationError(CANNOT_GO)
    for key, paper in offered.items():
        is_in = _is_in(paper, instalment)
        if key in papers and not is_in:
            _take(paper, instalment, standing)
        elif is_in and key not in papers and paper.listed_in is not None:
            paper.instalment, paper.listed_in = paper.listed_in, None
            paper.save(update_fields=["instalment", "listed_in"])


def _take(paper: Paper, into: Instalment, standing: Standing) -> None:
    # One that two instalments listed stays in the list of the first.
    is_listed = paper.instalment.number in standing.editions[edition_of(paper)]
    if paper.listed_in_id is None and is_listed:
        paper.listed_in = paper.instalment
    paper.instalment = into
    paper.save(update_fields=["instalment", "listed_in"])


def _give_reasons(instalment: Instalment, reasons: Mapping[int, str]) -> None:
    for paper in instalment.papers.order_by("pk"):
        why = reasons.get(paper.pk, paper.why_late)
        if why != paper.why_late:
            paper.why_late = why
            paper.save(update_fields=["why_late"])


def _is_in(paper: Paper, instalment: Instalment | None) -> bool:
    return instalment is not None and paper.instalment_id == instalment.pk


def _papers(meeting: Meeting) -> PaperQuerySet:
    found = Paper.objects.with_content(restricted=True).filter(item__meeting=meeting)
    found = found.defer("publication__document_json", "held_back__publication__document_json")
    return found.select_related("item", "instalment", "listed_in").order_by("item__position", "position")
