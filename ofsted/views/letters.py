"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def letter(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def letter_file(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
