"""Papers under an item: their places and titles. What they say is brought or frozen elsewhere.

The title of a restricted paper stands in its own row, never in an address, and never in the history of the agenda.
"""

from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from torbay_reports.access.models import User
from torbay_reports.agenda.bringing import under_way
from torbay_reports.agenda.desk.history import note
from torbay_reports.agenda.desk.instalments import instalment_for_new
from torbay_reports.agenda.desk.items import held_item
from torbay_reports.agenda.desk.refusals import check_seen, mark_of
from torbay_reports.agenda.desk.standing import Standing
from torbay_reports.agenda.holding import held_paper
from torbay_reports.agenda.models import AgendaItem, Meeting, OpeningAsked, Paper, RestrictedPaper
from torbay_reports.agenda.published import is_upload_out
from torbay_reports.agenda.slugs import free_slug, wanted_slug
from torbay_reports.publishing.packplan import Restriction

WITHDRAWN: Final = "This paper was withdrawn: it keeps its place, and the pages say so."
IS_OUT: Final = "This paper is published, so it stays. If it must not be read any more, withdraw it."
IS_LISTED: Final = (
    "This paper is published as one to follow, so it stays in its place. Bring what it is to say with a supplement. If "
    "its title must not be read any more, withdraw it."
)
TITLE_STAYS: Final = "This paper is published under its title, so the title stays."
FILE_UNDER_WAY: Final = "A file for this paper is just being read. Wait until it is there, a minute at most."
ON_RECORD: Final = (
    "Decisions about this paper are on record, so it stays. Move it under another item, or bring what is right in its "
    "place."
)
OTHER_MEETING: Final = "That item is not on this meeting's agenda any more. Choose one from the list."
ADDED_ALREADY: Final = (
    "“{title}” is added to item {number} already: this form was sent twice. If there is to be another paper of that "
    "title, open this page anew from the desk."
)
THERE_ALREADY: Final = "The paper stands under item {} already. Choose another one."


@transaction.atomic
def add_paper(*, item: AgendaItem, title: str, restriction: Restriction, by: User, newest: int | None = None) -> Paper:
    """A paper to follow at the end of an item, public or not as chosen, for the instalment that is not out.

    `newest` is what `newest_paper` said when the form was shown: one of the same title that came since came by it.
    Raises ValidationError, also where a supplement has to be made first; AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting, kept, standing = held_item(item)
    if newest is not None:
        _check_added_once(kept, title, restriction, newest)
    instalment = instalment_for_new(meeting=meeting, standing=standing, by=by)
    is_open = restriction is Restriction.OPEN
    paper = Paper.objects.create(
        item=kept,
        instalment=instalment,
        title=title if is_open else "",
        slug=free_slug(kept, wanted_slug(title, restriction)),
        restriction=restriction.value,
        position=_next_position(kept),
    )
    if not is_open:
        RestrictedPaper.objects.create(paper=paper, title=title)
    called = f"A paper, “{title}”," if is_open else f"A paper that is {restriction}"
    note(meeting=meeting, says=f"{called} is added to item {kept.number}.", by=by)
    return paper


@transaction.atomic
def retitle_paper(*, paper: Paper, title: str, seen: str, by: User) -> Paper:
    """Another title while none is published; the address stays. Raises ValidationError, Paper.DoesNotExist,
    AgendaItem.DoesNotExist, Meeting.DoesNotExist."""
    meeting, kept, standing = _held(paper)
    check_seen(seen, paper_mark(kept), {"title": kept.title})
    if sentence := title_refusal(kept, standing):
        raise ValidationError({"title": sentence})
    content = kept.content
    content.title = title
    content.save(update_fields=["title"])
    # Who asked that it be opened did so under its former title.
    OpeningAsked.objects.filter(paper=kept).delete()
    says = f"A restricted paper of item {kept.item.number} has another title."
    if not kept.is_restricted:
        says = f"A paper of item {kept.item.number} is called “{title}” from now on."
    note(meeting=meeting, says=says, by=by)
    return kept


@transaction.atomic
def move_to_item(*, paper: Paper, item: AgendaItem, seen: str, by: User) -> Paper:
    """Put a paper that is not out at the end of another item of the meeting.

    Raises ValidationError, Paper.DoesNotExist, AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting, kept, standing = _held(paper)
    check_seen(seen, paper_mark(kept))
    if sentence := place_refusal(kept, standing):
        raise ValidationError(sentence)
    target = meeting.items.filter(pk=item.pk).first()
    if target is None:
        raise ValidationError({"item": OTHER_MEETING})
    if target == kept.item:
        raise ValidationError({"item": THERE_ALREADY.format(target.number)})
    was = kept.item.number
    kept.slug, kept.position = free_slug(target, kept.slug), _next_position(target)
    kept.item = target
    kept.save(update_fields=["item", "slug", "position"])
    note(meeting=meeting, says=f"A paper of item {was} is moved under item {target.number}.", by=by)
    return kept


@transaction.atomic
def take_paper_away(*, paper: Paper, seen: str, by: User) -> None:
    """Take a paper off the agenda that is not out, with the file that was brought for it.

    Raises ValidationError, Paper.DoesNotExist, AgendaItem.DoesNotExist, Meeting.DoesNotExist.
    """
    meeting, kept, standing = _held(paper)
    check_seen(seen, paper_mark(kept))
    if sentence := removal_refusal(kept, standing):
        raise ValidationError(sentence)
    says = f"A restricted paper of item {kept.item.number} is taken off the agenda."
    if not kept.is_restricted:
        says = f"A paper of item {kept.item.number}, “{kept.title}”, is taken off the agenda."
    _delete(kept)
    note(meeting=meeting, says=says, by=by)


def newest_paper(item: AgendaItem) -> int:
    """The key of the paper that was added last of all that stand under the item, 0 where there is none; one query."""
    return item.papers.order_by("-pk").values_list("pk", flat=True).first() or 0


def title_refusal(paper: Paper, standing: Standing) -> str:
    """Why its title stays; nothing where it can change."""
    return TITLE_STAYS if standing.has_paper(paper) else ""


def place_refusal(paper: Paper, standing: Standing) -> str:
    """Why it stays under its item; nothing where it can be moved."""
    if paper.is_withdrawn:
        return WITHDRAWN
    if paper.pk in standing.papers:
        return IS_OUT
    return IS_LISTED if standing.has_paper(paper) else ""


def removal_refusal(paper: Paper, standing: Standing) -> str:
    """Why it cannot be taken away, with the cure; nothing where it can. Three queries at most."""
    if sentence := place_refusal(paper, standing):
        return sentence
    if under_way(paper):
        return FILE_UNDER_WAY
    return ON_RECORD if paper.held_back_entries.exists() else ""


def paper_mark(paper: Paper) -> str:
    """What a form carries of the paper that was shown: where it stands, its title, and what stands for it."""
    content = paper.content
    return mark_of(paper.item_id, paper.restriction, content.title, content.publication_id, content.upload_id)


def _held(paper: Paper) -> tuple[Meeting, Paper, Standing]:
    """The meeting, held, and its paper as it stands, held too: who brings a file or withdraws it holds that alone."""
    meeting, _, standing = held_item(paper.item)
    return meeting, held_paper(paper.pk), standing


def _delete(paper: Paper) -> None:
    """With what was brought for it, unless that stands elsewhere too; what is frozen belongs to its report."""
    brought = paper.content.upload
    paper.delete()
    if brought is not None and not brought.papers.exists() and not is_upload_out(brought.pk):
        brought.delete()


def _check_added_once(item: AgendaItem, title: str, restriction: Restriction, newest: int) -> None:
    since = item.papers.filter(pk__gt=newest, restriction=restriction.value)
    if since.filter(Q(title=title) | Q(held_back__title=title)).exists():
        raise ValidationError(ADDED_ALREADY.format(title=title, number=item.number))


def _next_position(item: AgendaItem) -> int:
    last = item.papers.order_by("-position").first()
    return last.position + 1 if last else 1
