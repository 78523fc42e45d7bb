"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def inspections(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def inspection(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
