"""Not written yet."""

from django.http import Http404, HttpRequest, HttpResponse


def finding(request: HttpRequest, **named: object) -> HttpResponse:
    raise Http404
