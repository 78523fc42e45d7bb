"""The clerk publishes an edition, and looks at it before."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require, there
from torbay_reports.access.signin.proof import require_recent
from torbay_reports.agenda import confidence
from torbay_reports.agenda.build_desk import DeskPages, edition_lines
from torbay_reports.agenda.builds import ask_for_build
from torbay_reports.agenda.composition import pack_key
from torbay_reports.agenda.forms import PublishForm
from torbay_reports.agenda.presenting import stored_edition
from torbay_reports.agenda.views.builds import desk_pages
from torbay_reports.agenda.views.finding import meeting_or_none
from torbay_reports.agenda.views.recording import note_built_pack
from torbay_reports.core.asking import Question, bound, take
from torbay_reports.core.formatting import count
from torbay_reports.publishing import makeup
from torbay_reports.publishing.models import AnyPack, bundles_of
from torbay_reports.publishing.packplan import Edition

NOT_BUILT = "This edition is not built yet. Build it first, and look at it."
SEARCHED = "All its files are searched first for what papers not for publication say."
MARKED = "Each page of a paper not for publication says so, in the words of the Act."
OUT_OF_DATE = "What it is made of has changed since it was built. Build it again, and look at it."
NOTHING_NEW = "Just this is published already."


@require_safe
@never_cache
def built_pack(
    request: HttpRequest, committee: str, held_on: date, edition: str, instalment: int | None = None
) -> HttpResponse:
    """A built edition as it would be published; its officers alone read it."""
    pages, of = _asked(request, committee, held_on, edition, instalment, Permission.WITHDRAW_PAPER)
    stored = there(request, stored_edition(pages.instalment, of))
    if of is Edition.RESTRICTED:
        note_built_pack(request, pages.instalment.meeting, stored)
    response = HttpResponse(bytes(stored.pdf), content_type="application/pdf")
    marking = "NOT-FOR-PUBLICATION-" if of is Edition.RESTRICTED else ""
    name = f"{marking}{committee}-{held_on}-{pages.instalment.slug}-not-published.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def publish(
    request: HttpRequest, committee: str, held_on: date, edition: str, instalment: int | None = None
) -> HttpResponse:
    """The question, with what follows from a yes; a worker does the rest."""
    pages, of = _asked(request, committee, held_on, edition, instalment, Permission.BUILD_PACK)
    part = pages.instalment
    [line] = edition_lines(part, [of], pages)
    # A version that is withdrawn counts too: what follows it says why it was made.
    is_again = bundles_of(of).written().filter(key=pack_key(part)).exists()
    readers = (
        "Everybody in the world may read it then, and what the public has read cannot be taken back."
        if of is Edition.PUBLIC
        else "Those who may read its papers not for publication are shown it then, and each reading is recorded."
    )
    question = Question(
        title=f"Publish the {of} edition?",
        button="Publish it",
        warns=True,
        back=pages.build,
        back_words="Build and publish the pack",
        sentences=[
            f"{part.name}: {part.meeting}. {line.built}",
            *([page_words(line.stored)] if line.stored else []),
            readers,
            "It never changes afterwards. A correction is a new version, which lists what has changed.",
            SEARCHED if of is Edition.PUBLIC else MARKED,
        ],
        links=[("Look at what will be published (PDF)", line.address)] if line.stored else [],
        refusal=line.refusal
        or ("" if line.stored else NOT_BUILT)
        or line.waits
        or (OUT_OF_DATE if line.changes else "")
        or (" ".join(confidence.obstacles(part)) if of is Edition.PUBLIC else "")
        or (NOTHING_NEW if line.is_published else ""),
    )
    seen = makeup.checksum(line.stored.made_of) if line.stored else ""
    form = PublishForm(**bound(request), is_again=is_again, initial={"seen": seen})

    def act() -> str:
        assert isinstance(request.user, User)  # the permission refuses everybody else
        why = form.cleaned_data.get("why", "")
        ask_for_build(
            instalment=part, edition=of, by=request.user, publishes=True, why=why, seen=form.cleaned_data["seen"]
        )
        length = count(len(line.stored.pages["labels"]), "page", "pages") if line.stored else "It"
        return f"The {of} edition ({length}) is on its way: this page says when it is out."

    return take(request, question, form, act)


def page_words(stored: AnyPack) -> str:
    """How the pages of a built pack are numbered, in a sentence; a correction may leave gaps between them."""
    labels = stored.pages["labels"]
    if len(labels) == 1:
        return f"It has one page, which is numbered {labels[0]}."
    return f"It has {count(len(labels), 'page', 'pages')}, from {labels[0]} to {labels[-1]}."


def _asked(
    request: HttpRequest, committee: str, held_on: date, edition: str, number: int | None, permission: Permission
) -> tuple[DeskPages, Edition]:
    of = require(request, permission, meeting_or_none(committee, held_on))
    wanted = there(request, next((each for each in Edition if each.value == edition), None))
    if wanted is Edition.RESTRICTED:
        require(request, Permission.READ_RESTRICTED_PACK, of)
        require_recent(request)
    return desk_pages(request, of, number), wanted
