"""Sign in, sign out, and the page about oneself."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from torbay_reports.access.forms import TOO_MANY, SignInForm
from torbay_reports.access.permissions import Permission
from torbay_reports.access.reach import require
from torbay_reports.access.roles import Role
from torbay_reports.access.selectors import assignments_of
from torbay_reports.access.wording import role_sentence
from torbay_reports.core import clock

TOO_MANY_REQUESTS = 429


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """Signs in by e-mail and password, then goes to the page named in `next`, when it is one of ours."""

    form_class = SignInForm
    template_name = "access/sign_in.html"
    redirect_authenticated_user = True

    def get_redirect_url(self) -> str:
        """The safe `next`, or nothing; never sign-in or sign-out, from which the visitor would land nowhere."""
        target = super().get_redirect_url()
        if urlsplit(target).path in {reverse("access:sign-in"), reverse("access:sign-out")}:
            return ""
        return target

    def form_invalid(self, form: Any) -> HttpResponse:
        """The form again with its errors; 429 when the limit of attempts is reached."""
        response = super().form_invalid(form)
        if form.has_error("__all__", TOO_MANY):
            response.status_code = TOO_MANY_REQUESTS
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """Signs out, by POST only: a link or an image elsewhere cannot sign anybody out."""

    http_method_names = ["post", "options"]


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """The person's name and roles in sentences: those held today, then those to come and those past."""
    person = request.user
    require(request, Permission.READ_OWN_PAGE, person)
    today = clock.today()
    held: list[dict[str, str]] = []
    other: list[dict[str, str]] = []
    for assignment in assignments_of(person):
        entry = {"sentence": role_sentence(assignment, today), "meaning": Role(assignment.role).sentence}
        (held if assignment.is_held_on(today) else other).append(entry)
    return render(request, "access/me.html", {"person": person, "held": held, "other": other})
