"""The walk forgets no address, however deep it stands."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path

from tests.urls_matrix.walk import differences, walk


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


Patterns = list[URLPattern | URLResolver]
INNER: Patterns = [path("<int:page>/", view, name="page"), re_path(r"^(?P<letter>[a-z])$", view, name="letter")]
OUTER: Patterns = [path("<slug:plan>/", include((INNER, "inner"))), path("", view, name="start")]
PATTERNS: Patterns = [
    path("a/", include((OUTER, "outer"))),
    path("again/", include((OUTER, "outer"), namespace="second")),
    path("flat/", include([path("b/", view, name="flat"), path("<uuid:key>/", view, name="flat")])),
    path("nameless/<int:number>/", view),
]
NESTED = [("inner:letter", {"plan", "letter"}), ("inner:page", {"plan", "page"}), ("start", set())]


def test_every_address_is_found_with_its_namespaces_and_arguments() -> None:
    expected = [(f"{outside}:{name}", frozenset(names)) for outside in ("outer", "second") for name, names in NESTED]
    expected += [
        ("flat", frozenset()),
        ("flat", frozenset({"key"})),
        ("unnamed: nameless/<int:number>/", frozenset({"number"})),
    ]
    assert sorted(walk(PATTERNS), key=str) == sorted(expected, key=str)


def test_a_missing_row_and_a_row_too_many_are_both_named() -> None:
    addresses = [("a", frozenset[str]()), ("b", frozenset({"page"}))]
    assert differences(addresses, addresses) == []
    assert differences(addresses, addresses[:1]) == ["b(page) is missing from tests/urls_matrix/table.py: add a row."]
    assert differences(addresses[:1], [*addresses[:1], ("a", frozenset({"page"}))]) == [
        "a(page) is in tests/urls_matrix/table.py but not in the URLconf."
    ]
