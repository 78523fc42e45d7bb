"""A small site that plants canaries in one way at each address, for the walker to prove itself on."""

import logging
from io import BytesIO

import pikepdf
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.html import escape
from procrastinate.contrib.django import app

from tests.canaries.words import Canaries

CANARIES = Canaries()


def words(place: str) -> str:
    """What is planted at the address of that name."""
    return CANARIES.of("site", place).sentence


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<title>Papers</title><p>{words('page')}</p>")


@login_not_required
def document(request: HttpRequest) -> HttpResponse:
    file = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = words("document")
        pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return HttpResponse(file.getvalue(), content_type="application/pdf")


@login_not_required
def table(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'service,sum\r\n"x","{CANARIES.of("site", "table").sum}"\r\n', content_type="text/csv")


@login_not_required
def letter(request: HttpRequest) -> HttpResponse:
    mail = EmailMultiAlternatives("Papers", "Dear member", to=["member@council.invalid"])
    mail.attach_alternative(f"<p>{words('letter')}</p>", "text/html")
    mail.send()
    return HttpResponse("It is sent.")


@login_not_required
def noted(request: HttpRequest) -> HttpResponse:
    logging.getLogger("django.request").debug("Shown: %s", words("noted"))
    return HttpResponse("It is noted.")


@login_not_required
def cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("Yours.")
    response.set_signed_cookie("seen", CANARIES.of("site", "cookie").title)
    return response


@login_not_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(f"/{CANARIES.of('site', 'elsewhere').slug}/")


@login_not_required
def kept(request: HttpRequest) -> HttpResponse:
    cache.set("kept", [words("kept")])
    return HttpResponse("It is kept.")


@login_not_required
def session(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = words("session")
    return HttpResponse("It is remembered.")


@login_not_required
def job(request: HttpRequest) -> HttpResponse:
    app.configure_task("canaries", allow_unknown=True).defer(words=words("job"))
    return HttpResponse("It is asked for.")


@login_not_required
def signed_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse(words("signed-in") if request.user.is_authenticated else "Nothing.")


@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """Repeats what was asked for; and finds more, where that was in the exempt paper."""
    asked = request.GET.get("q", "")
    found = words("search") if asked in words("search").lower().split() else ""
    return HttpResponse(f"<input value={escape(asked)}> {found}")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(words("broken"))


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return HttpResponse("Good bye.")


PLANTED = (page, document, table, letter, noted, cookie, elsewhere, kept, session, job, signed_in)
urlpatterns = [path(f"{view.__name__}/", view, name=view.__name__) for view in (*PLANTED, search, broken, sign_out)]
