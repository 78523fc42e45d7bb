"""One theme followed through the visits."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from ofsted import presenting
from ofsted.models import Letter
from ofsted.selectors import public, reading
from ofsted.selectors.rows import Followed, inspection_row
from ofsted.views.guard import held_back_for, inspection_there, shown_of
from torbay_reports.access.reach import there
from torbay_reports.access.signin.proof import require_recent


@require_safe
@login_not_required
def theme(request: HttpRequest, inspection: str, theme: str) -> HttpResponse:
    """What each visit found on the theme, in order of time; for who may read them, held-back letters too."""
    found = inspection_there(request, inspection)
    name, visits = public.theme(inspection, theme)
    held_back = held_back_for(request, found)
    if not name:
        name = there(request, reading.theme_name(inspection, theme, [each.pk for each in held_back]))
        require_recent(request)
    shown = shown_of(request, held_back)
    if shown:
        visits = _with_held_back(visits, inspection, theme, shown)
    context = {
        "inspection": inspection_row(found),
        "name": name,
        "visits": [(each, presenting.visit_words(each.visit), presenting.told(each.findings)) for each in visits],
        "leaves_out": len(shown) < len(held_back),
    }
    response = render(request, "ofsted/read/theme.html", context)
    if held_back:
        add_never_cache_headers(response)
    return response


def _with_held_back(visits: list[Followed], inspection: str, theme: str, letters: list[Letter]) -> list[Followed]:
    """The visits with those of these letters, in order of time; a public visit whose letter is held back has it."""
    held_back = {each.visit.pk: each for each in reading.followed(inspection, theme, [each.pk for each in letters])}
    rest = [each for each in visits if each.visit.pk not in held_back]
    return sorted([*rest, *held_back.values()], key=lambda each: each.visit.place)
