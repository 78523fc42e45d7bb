"""Where the desk's pages are, for the lines and buttons that lead to them."""

from django.urls import reverse

from torbay_reports.agenda.models import AgendaItem, Instalment, Meeting, Paper


def of_meeting(name: str, meeting: Meeting, *more: object) -> str:
    """A page of the meeting."""
    return reverse(f"agenda:{name}", args=[meeting.committee.slug, meeting.held_on, *more])


def desk_address(meeting: Meeting, anchor: str = "") -> str:
    """The desk, or one place on it."""
    return of_meeting("desk", meeting) + (f"#{anchor}" if anchor else "")


def item_add_address(meeting: Meeting) -> str:
    """Where an item is added."""
    return of_meeting("item-add", meeting)


def make_agenda_address(meeting: Meeting) -> str:
    """Where a button makes the agenda."""
    return of_meeting("agenda-make", meeting)


def supplement_address(meeting: Meeting) -> str:
    """Where a supplement is made."""
    return of_meeting("supplement-add", meeting)


def resolution_address(meeting: Meeting) -> str:
    """Where the resolution to exclude the public is put in its place."""
    return of_meeting("exclusion", meeting)


def letter_address(instalment: Instalment) -> str:
    """Where an instalment's letter and papers are gone through."""
    return of_meeting("instalment-letter", instalment.meeting, instalment.number)


def content_address(paper: Paper) -> str:
    """Where a paper is given what it says."""
    return paper_page("paper-content", paper)


def item_page(name: str, item: AgendaItem) -> str:
    """A page about one item."""
    return of_meeting(name, item.meeting, item.number)


def paper_page(name: str, paper: Paper) -> str:
    """A page about one paper."""
    return of_meeting(name, paper.item.meeting, paper.item.number, paper.slug)
