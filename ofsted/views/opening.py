"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def publication(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def readers(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def end_reader(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
