"""Writes: a meeting moved back to a day from which it was moved before.

What was published for that day stands there still, so the meeting of that day is taken up again. Its items and papers
are the ones that readers know; what came since goes out with a supplement.
"""

from datetime import date, time

from torbay_reports.access.models import User
from torbay_reports.agenda.desk.instalments import next_supplement
from torbay_reports.agenda.desk.items import next_number
from torbay_reports.agenda.desk.standing import standing_of
from torbay_reports.agenda.minutes.holding import check_no_file_on_its_way
from torbay_reports.agenda.minutes.placing import last_position, papers_of, share
from torbay_reports.agenda.models import AgendaItem, Decision, Instalment, Meeting, Paper, Urgency
from torbay_reports.agenda.slugs import free_slug


def earlier_on(meeting: Meeting, held_on: date) -> Meeting | None:
    """The meeting of that day where this one stands in its place, at once or after several moves; None otherwise. A
    query for each move."""
    found = Meeting.objects.select_related("committee").filter(committee=meeting.committee_id, held_on=held_on).first()
    later = found
    while later is not None and later.moved_to_id is not None:
        if later.moved_to_id == meeting.pk:
            return found
        later = later.moved_to
    return None


def take_up_again(*, old: Meeting, to: Meeting, starts_at: time | None, by: User) -> None:
    """Let the meeting `to`, whose place `old` had taken, take the place of that; both are held.

    Raises ValidationError while a file for one of its papers is being looked at.
    """
    items = list(old.items.filter(carried_to=None).select_related("carried_from").order_by("position"))
    check_no_file_on_its_way(items)
    # In this order: of two meetings, only one stands in the place of the other.
    to.moved_to, to.starts_at, to.place, to.presiding = None, starts_at, old.place, old.presiding
    to.save(update_fields=["moved_to", "starts_at", "place", "presiding"])
    old.moved_to = to
    old.save(update_fields=["moved_to"])
    out = standing_of(old).listed
    # Those of both at once, in one order, as whoever withdraws what they share holds them.
    papers = papers_of([*items, *to.items.order_by("position")])
    returning = _Returning(to, by)
    for item in items:
        home = returning.home_of(item)
        for paper in papers:
            if paper.item_id == item.pk:
                returning.bring(paper, home, is_out=paper.pk in out)
        Decision.objects.filter(item=item).update(item=home)
        Decision.objects.filter(carried_item=item).update(carried_item=home)
        if not Urgency.objects.filter(item=home).exists():
            Urgency.objects.filter(item=item).update(item=home)


class _Returning:
    """What is brought to a meeting that is taken up again, in the order of business."""

    def __init__(self, meeting: Meeting, by: User) -> None:
        self.meeting, self.by = meeting, by
        self._place: Instalment | None = None

    @property
    def place(self) -> Instalment:
        """The part of the pack with which something new goes out; a supplement is made where all of it is out."""
        if self._place is None:
            self._place = next_supplement(meeting=self.meeting, standing=standing_of(self.meeting), by=self.by)
        return self._place

    def home_of(self, item: AgendaItem) -> AgendaItem:
        """The item of this meeting that the other one follows, from now on with its words; or a new one."""
        home = self._followed(item) or self._alike(item)
        if home is None:
            return self._added(item)
        # It is here again, so nothing says any more that it was carried on.
        AgendaItem.objects.filter(carried_from=home).update(carried_from=None)
        home.words = item.words
        home.save(update_fields=["words"])
        return home

    def bring(self, paper: Paper, home: AgendaItem, *, is_out: bool) -> None:
        """A paper that stands here already says from now on what it says there; any other comes too: shared where it is
        out, else moved."""
        twin = self._twin(paper, home)
        if twin is not None:
            _say_the_same(twin, paper)
        elif is_out:
            share(paper=paper, item=home, place=self.place, by=self.by)
        else:
            paper.slug = free_slug(home, paper.slug)
            paper.item, paper.instalment, paper.listed_in, paper.why_late = home, self.place, None, ""
            paper.save(update_fields=["slug", "item", "instalment", "listed_in", "why_late"])

    def _followed(self, item: AgendaItem) -> AgendaItem | None:
        earlier = item.carried_from
        while earlier is not None and earlier.meeting_id != self.meeting.pk:
            earlier = earlier.carried_from
        return earlier

    def _alike(self, item: AgendaItem) -> AgendaItem | None:
        return self.meeting.items.filter(number=item.number, title=item.title).first()

    def _added(self, item: AgendaItem) -> AgendaItem:
        is_free = not self.meeting.items.filter(number__iexact=item.number).exists()
        return AgendaItem.objects.create(
            meeting=self.meeting,
            number=item.number if is_free else next_number(self.meeting),
            title=item.title,
            words=item.words,
            kind=item.kind,
            added_in=self.place if self.place.number else None,
            carried_from=item,
            position=last_position(self.meeting) + 1,
        )

    def _twin(self, paper: Paper, home: AgendaItem) -> Paper | None:
        own = Paper.objects.select_related("held_back").filter(item=home, withdrawn=None)
        return own.filter(slug=paper.slug, restriction=paper.restriction).first()


def _say_the_same(twin: Paper, paper: Paper) -> None:
    """What stands for the other one stands for this one: readers get it with another version where that differs."""
    mine, theirs = twin.content, paper.content
    names = ["source", "subject", "publication_id", "upload_id"]
    is_same = all(getattr(mine, each) == getattr(theirs, each) for each in names)
    if is_same or not paper.is_there:
        return
    for each in names:
        setattr(mine, each, getattr(theirs, each))
    mine.save(update_fields=["source", "subject", "publication", "upload"])
