"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def theme(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
