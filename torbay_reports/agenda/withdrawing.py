"""Withdrawing a published paper: one person, one step, at once.

From the moment that its row stands nobody reads the paper any more, on no page and in no file: every version of every
pack that holds it goes to the locked store. Then a new version is built of each pack that stood, in which the paper's
pages keep their numbers and say when it was withdrawn and by which office.
"""

from collections.abc import Iterable
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from torbay_reports.access.decisions import holds, may
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.record.kinds import RecordKind
from torbay_reports.access.record.services import record
from torbay_reports.access.roles import Role
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import Instalment, Meeting, Paper, WithdrawnPaper
from torbay_reports.agenda.published import papers_sharing, versions_holding, versions_listing, was_out
from torbay_reports.core import clock
from torbay_reports.publishing.models import AnyBundle, bundles_of, withdrawals_of
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.services import drop_packs

TASK: Final = "torbay_reports.agenda.tasks.finish_withdrawals"
BEFORE_ALL: Final = 200
NOT_OUT: Final = "This paper is not published, so there is nothing to withdraw."
ALREADY: Final = "This paper is withdrawn already."
NOT_YOURS: Final = (
    "It stands in the pack of the {} too, whose clerk you are not: ask the monitoring officer to withdraw it."
)
SAY_WHY: Final = "Say in a few words why it is withdrawn."
OFFICES: Final = {Role.MONITORING_OFFICER: "the monitoring officer", Role.CLERK: "the clerk"}
REPLACED_BECAUSE: Final = "A paper was withdrawn."


def refusal(paper: Paper) -> str:
    """Why this paper cannot be withdrawn, nothing where it can."""
    if paper.is_withdrawn:
        return ALREADY
    # The title of one that is only to follow may be the mistake.
    is_out = was_out(paper) or standing_of(paper.item.meeting).has_paper(paper)
    return "" if is_out else NOT_OUT


@transaction.atomic
def withdraw_paper(*, paper: Paper, why: str, by: User) -> list[AnyBundle]:
    """Withdraw a paper, under whichever items it stands; the versions that go.

    `why` is for the record. Whoever calls it does what is left to do at once (`bundles.services.finish_withdrawals`);
    a job does it where that is interrupted. Raises ValidationError, Paper.DoesNotExist.
    """
    why = " ".join(why.split())
    if len(why.split()) < 2:
        raise ValidationError({"why": SAY_WHY})
    shared, papers = _everywhere(paper)
    kept = papers[paper.pk]
    if sentence := refusal(kept):
        raise ValidationError(sentence)
    now, office = clock.now(), office_of(by, kept.item.meeting)
    going = [each for each in papers.values() if not each.is_withdrawn]
    for each in going:
        if not may(by, Permission.WITHDRAW_PAPER, each.item.meeting):
            raise ValidationError(NOT_YOURS.format(each.item.meeting))
    # An instalment that lists one as to follow has its title, which may be the mistake.
    lists = {pack_key(each.listed_in) for each in papers.values() if each.listed_in is not None}
    lists |= {pack_key(each.instalment) for each in going if not was_out(each)}
    versions = [
        (edition, bundle)
        for edition in Edition
        for bundle in (*versions_holding(shared, edition), *versions_listing(shared, lists, edition))
    ]
    for each in going:
        WithdrawnPaper.objects.create(paper=each, at=now, by=by, office=office, why=why)
        record(
            kind=RecordKind.PAPER_WITHDRAWN,
            person=by,
            about=f"{each.held_back_as.capitalize()} paper under item {each.item.number}, {each.item.meeting}",
            key=f"paper:{each.pk}",
            reason=may(by, Permission.WITHDRAW_PAPER, each.item.meeting).reason,
        )
    for edition, bundle in versions:
        withdrawals_of(edition).create(bundle=bundle, at=now, by=by, office=office, why=why)
    _replace(going, by)
    app.configure_task(TASK, priority=BEFORE_ALL).defer()
    return [bundle for _, bundle in versions]


def office_of(person: User, meeting: Meeting) -> str:
    """What the public is told of who withdrew something of the meeting."""
    slug = meeting.committee.slug
    held = (words for role, words in OFFICES.items() if holds(person, (role,), clock.today(), "committee", slug))
    return next(held, "the council")


def _everywhere(paper: Paper) -> tuple[set[int], dict[int, Paper]]:
    """The keys of the paper and of those of other meetings that share what is published; and the papers that are there
    still, held until the transaction ends in the order in which everybody holds papers. Raises Paper.DoesNotExist."""
    shared = papers_sharing(paper)
    there = Paper.objects.filter(pk__in=shared).exclude(pk=paper.pk).values_list("pk", flat=True)
    # Before the papers, as whoever stores or publishes a pack does.
    rows = Paper.objects.filter(pk__in=[paper.pk, *there])
    instalments = Instalment.objects.filter(Q(pk__in=rows.values("instalment")) | Q(pk__in=rows.values("listed_in")))
    list(instalments.select_for_update(no_key=True).order_by("pk"))
    return shared, {number: held_paper(number) for number in sorted([paper.pk, *there])}


def _replace(papers: Iterable[Paper], by: User) -> None:
    """Have a new version built of each pack that lost one, now or a moment ago; what was built before is forgotten."""
    instalments: dict[int, Instalment] = {}
    for paper in papers:
        instalments |= {each.pk: each for each in (paper.listed_in, paper.instalment) if each is not None}
    for instalment in instalments.values():
        key = pack_key(instalment)
        drop_packs(key=key)
        for edition in Edition:
            if bundles_of(edition).written().filter(key=key).exists():
                ask_for_build(
                    instalment=instalment,
                    edition=edition,
                    by=by,
                    publishes=True,
                    why=REPLACED_BECAUSE,
                    only_withdraws=True,
                )
