"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def letter(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def details(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def paragraph(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def remove(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
