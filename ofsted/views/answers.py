"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def answers(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def answers_file(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404


def draft_paper(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
