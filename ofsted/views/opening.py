"""Who reads a letter: Ofsted's publication, which opens it to everybody, and its named readers until then."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ofsted.forms.opening import EmptyForm, PublicationForm, ReaderForm, TakeBackForm
from ofsted.models import Letter, NamedReader
from ofsted.selectors.letters import readers_of
from ofsted.services.history import MOVED, LetterHasMoved
from ofsted.services.publication import EVERYBODY, NOT_RECORDED, name_reader, record_publication, take_back
from ofsted.services.publication import end_reader as end
from ofsted.views.guard import letter_named
from torbay_reports.access.models import User
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import there
from torbay_reports.core.asking import Question, bound, show, take
from torbay_reports.core.formatting import long_date

OPENS: Final = (
    "Record it only once Ofsted shows the letter to everybody, and look at that page first.",
    "The letter, its findings and its themes are then everybody's at once. Its paper in a meeting goes out with the "
    "next version of the pack that the clerk publishes.",
    "If it turns out to be a mistake, it can be taken back here.",
)
CLOSES: Final = (
    "Take it back only if it was recorded by mistake. The letter, its findings and its visit are held back again at "
    "once.",
    "A pack that went out with the letter meanwhile stays public until the clerk withdraws the paper. Tell the clerk.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def publication(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """Record that Ofsted has published a letter that is held back; take it back for one that is not."""
    about = _about(request, inspection, visit)
    # What is sent says which of the two it was: meanwhile somebody else may have done the same.
    takes_back = "why" in request.POST if request.method == "POST" else not about.letter.is_held_back
    return _take_back(request, about) if takes_back else _record(request, about)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def readers(request: HttpRequest, inspection: str, visit: str) -> HttpResponse:
    """Who is named to read a letter that is held back, by whom and why; and a form to name one more."""
    about = _about(request, inspection, visit)
    letter = about.letter
    question = Question(
        title="Who may read this letter",
        button="Name this reader",
        back=letter.get_absolute_url(),
        back_words="The letter",
        done=about.address("letter-readers"),
        refusal="" if letter.is_held_back else EVERYBODY,
        template="ofsted/read/readers.html",
    )
    form = ReaderForm(**bound(request))

    def act() -> str:
        named = name_reader(
            letter=letter, person=form.cleaned_data["person"], reason=form.cleaned_data["reason"], by=about.by
        )
        return f"{named.person.full_name} may read this letter now."

    return take(request, question, form, act, {"about": about, "readers": readers_of(letter)})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end_reader(request: HttpRequest, inspection: str, visit: str, pk: int) -> HttpResponse:
    """Closes the letter to somebody who was named."""
    about = _about(request, inspection, visit)
    reader = there(request, NamedReader.objects.filter(letter=about.letter, pk=pk).select_related("person").first())
    name = reader.person.full_name
    question = Question(
        title=f"Is {name} no reader any more?",
        button="End access",
        back=about.address("letter-readers"),
        back_words="Who may read this letter",
        sentences=[f"{name} was named for the {about.named}: {reader.reason}", "It ends at once."],
    )

    def act() -> str:
        end(reader=reader, by=about.by)
        return f"{name} is no reader of this letter any more."

    return take(request, question, EmptyForm(**bound(request)), act)


@dataclass(frozen=True, slots=True)
class _About:
    """A letter, and who decides who reads it."""

    letter: Letter
    by: User

    @property
    def named(self) -> str:
        """The letter as these pages name it, which say nothing of what it says."""
        return f"letter of the visit of {self.letter.visit.month:%B %Y}"

    def address(self, name: str) -> str:
        """One of the letter's pages."""
        return reverse(f"ofsted:{name}", args=[self.letter.visit.inspection.slug, self.letter.visit.slug])


def _about(request: HttpRequest, inspection: str, visit: str) -> _About:
    letter = letter_named(request, inspection, visit, Permission.OPEN_LETTERS)
    return _About(letter, there(request, request.user if isinstance(request.user, User) else None))


def _record(request: HttpRequest, about: _About) -> HttpResponse:
    form = PublicationForm(**bound(request), initial={"revision": about.letter.revision})
    question = Question(
        title=f"Has Ofsted published the {about.named}?",
        button="Record that it is published",
        back=about.letter.get_absolute_url(),
        back_words="The letter",
        sentences=OPENS,
    )

    def act() -> str:
        record_publication(letter=about.letter, by=about.by, **form.cleaned_data)
        return f"Recorded: Ofsted published the {about.named} on {long_date(form.cleaned_data['published_on'])}."

    try:
        return take(request, question, form, act)
    except LetterHasMoved as moved:
        form.catch_up(moved.letter.revision, MOVED)
        return show(request, question, form)


def _take_back(request: HttpRequest, about: _About) -> HttpResponse:
    letter = about.letter
    form = TakeBackForm(**bound(request))
    question = Question(
        title=f"Hold the {about.named} back again?",
        button="Hold it back again",
        back=letter.get_absolute_url(),
        back_words="The letter",
        sentences=[f"Recorded is {long_date(letter.published_on)}, at {letter.published_at_address}.", *CLOSES]
        if letter.published_on
        else (),
        refusal="" if letter.published_on else NOT_RECORDED,
        warns=True,
    )

    def act() -> str:
        take_back(letter=letter, why=form.cleaned_data["why"], by=about.by)
        return f"Taken back: the {about.named} is held back again."

    return take(request, question, form, act)
