"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def link(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def unlink(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
