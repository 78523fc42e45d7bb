"""Who may read one restricted paper: the committee and its officers, every councillor where the Act or the monitoring
officer says so, and whom the monitoring officer admits.

By the day of reading, not the meeting's: who joins the committee reads its earlier papers, who has left it reads none.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.urls import reverse

from torbay_reports.access.decisions import Decision, holds
from torbay_reports.access.models import User
from torbay_reports.access.roles import Role
from torbay_reports.access.wording import names_read_once
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.models import Admission, Meeting, Paper
from torbay_reports.agenda.published import standing_bundles, stands_in
from torbay_reports.core import clock
from torbay_reports.core.formatting import listed, long_date
from torbay_reports.publishing.packplan import Edition, Restriction
from torbay_reports.publishing.schedule12a import open_to_every_councillor

COMMITTEE: Final = (Role.CLERK, Role.MONITORING_OFFICER, Role.MEMBER)


@dataclass(frozen=True)
class ReadablePaper:
    """A restricted paper that somebody may read, where, and why in words."""

    paper: Paper
    address: str
    reason: str


def may_read_restricted(person: User | AnonymousUser, paper: Paper, on: date) -> Decision:
    """Whether the person may read this exempt or confidential paper on that day, once it is published to them.

    At most two queries besides the person's roles; none where the paper's admissions were read with it.
    """
    seat = holds(person, COMMITTEE, on, "committee", paper.item.meeting.committee.slug)
    if seat or not isinstance(person, User):
        return seat
    because = councillors_because(paper)
    councillor = holds(person, (Role.MEMBER,), on) if because else None
    if councillor:
        return Decision(True, lambda names: f"{councillor.reason_by(names)}, and {because}")
    for each in paper.admissions.all():
        if each.person_id == person.pk and each.until >= on:
            return Decision(
                True, f"you are admitted to this paper by {each.admitted_by.full_name} until {long_date(each.until)}"
            )
    return seat


def restricted_papers_for(person: User | AnonymousUser, meeting: Meeting) -> list[ReadablePaper]:
    """The meeting's published restricted papers that the person may read today, in its order.

    Four queries besides the person's roles, and one more where a reason names a committee.
    """
    if not isinstance(person, User):
        return []
    today, names = clock.today(), names_read_once()
    standing = standing_bundles(meeting.instalments.select_related("meeting__committee"), Edition.RESTRICTED)
    papers = (
        Paper.objects.filter(item__meeting=meeting, withdrawn=None)
        .exclude(restriction=Restriction.OPEN.value)
        .select_related("held_back", "item__meeting__committee", "instalment__meeting__committee")
        .prefetch_related(Prefetch("admissions", Admission.objects.select_related("admitted_by")))
        .order_by("item__position", "position")
    )
    published = (paper for paper in papers if stands_in(standing.get(pack_key(paper.instalment)), paper))
    decided = [(paper, may_read_restricted(person, paper, today)) for paper in published]
    return [ReadablePaper(paper, _address(paper), decision.reason_by(names)) for paper, decision in decided if decision]


def _address(paper: Paper) -> str:
    meeting = paper.item.meeting
    return reverse("agenda:paper", args=[meeting.committee.slug, meeting.held_on, paper.item.number, paper.slug])


def open_to_councillors(paper: Paper) -> bool | None:
    """Whether every councillor may read the paper; None where the monitoring officer has still to decide."""
    by_the_act = by_the_act_alone(paper)
    return paper.held_back.every_councillor if by_the_act is None else by_the_act


def by_the_act_alone(paper: Paper) -> bool | None:
    """What section 100F says of it; None where a person has to decide. It says nothing of a confidential paper."""
    if paper.held_back_as is not Restriction.EXEMPT or not paper.descriptions:
        return False
    assert paper.description_list is not None  # it stands with the descriptions
    return open_to_every_councillor(
        paper.descriptions, paper.description_list, contract_terms=paper.held_back.has_contract_terms
    )


def waits_for_decision(paper: Paper) -> bool:
    """Whether the monitoring officer has to decide about every councillor."""
    return open_to_councillors(paper) is None


def readers_sentence(paper: Paper) -> str:
    """Who may read it, on which ground, in a sentence or two."""
    committee = paper.item.meeting.committee.name
    members = f"the members of the {committee} and their substitutes may read it"
    if paper.held_back_as is Restriction.CONFIDENTIAL:
        return f"It is confidential: {members}."
    if not paper.descriptions:
        return f"Nobody has said yet on which ground it is exempt. Until then only {members}."
    because = councillors_because(paper)
    if because:
        return f"Every councillor may read it, because {because}."
    if waits_for_decision(paper):
        return f"It rests on {_paragraphs(paper)}. Until the monitoring officer decides, only {members}."
    terms = " and holds terms proposed for a contract" if paper.held_back.has_contract_terms else ""
    return f"Only {members}: it rests on {_paragraphs(paper)}{terms}."


def councillors_because(paper: Paper) -> str:
    """Why every councillor may read it, as the end of a sentence; nothing where not every one may."""
    if not open_to_councillors(paper):
        return ""
    rests = f"it rests on {_paragraphs(paper)}"
    if by_the_act_alone(paper):
        without = " without terms proposed for a contract" if paper.descriptions == [3] else ""
        return f"{rests}{without} (section 100F)"
    return f"{rests} and the monitoring officer has decided that every councillor may read it"


def _paragraphs(paper: Paper) -> str:
    numbers = listed([str(number) for number in paper.descriptions])
    return f"paragraph{'s' if len(paper.descriptions) > 1 else ''} {numbers} of Schedule 12A"
