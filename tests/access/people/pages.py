"""How the tests read these pages."""

from typing import Any

from django.test import Client
from lxml import html

from torbay_reports.access.models import AccessRecord, User
from torbay_reports.access.people.selectors import find_person


def text_of(element: Any) -> str:
    return " ".join(element.text_content().split())


def tree_of(content: bytes) -> Any:
    return html.fromstring(content.decode())


def errors_on(tree: Any) -> list[str]:
    """What the error summary says; every link in it leads to something on the page."""
    for link in tree.cssselect(".govuk-error-summary__list a"):
        assert tree.get_element_by_id(link.attrib["href"].removeprefix("#")) is not None
    return [text_of(each) for each in tree.cssselect(".govuk-error-summary__list li")]


def page(client: Client, address: str, **query: str) -> Any:
    """The page as a tree, which has to be there."""
    response = client.get(address, query)
    assert response.status_code == 200, address
    return tree_of(response.content)


def refused(client: Client, address: str, **data: object) -> list[str]:
    """What the error summary says after these data were sent; the page's title says that there is an error."""
    response = client.post(address, data)
    assert response.status_code == 200, address
    tree = tree_of(response.content)
    assert tree.findtext(".//title").startswith("Error: ")
    return errors_on(tree)


def done(client: Client, address: str, **data: object) -> tuple[str, list[str]]:
    """Where the sent data led, and what stands in that page's notices."""
    response = client.post(address, data)
    assert response.status_code == 302, refused(client, address, **data)
    tree = page(client, response["Location"])
    return response["Location"], [text_of(each) for each in tree.cssselect(".govuk-notification-banner__content")]


def sentences(client: Client, address: str) -> str:
    """All words of the page's main part."""
    return text_of(page(client, address).cssselect("main")[0])


def again(person: User) -> User:
    """The person as stored now."""
    found = find_person(person.pk)
    assert found is not None
    return found


def kinds() -> list[str]:
    """The record's entries, oldest first, without sign-ins."""
    entries = AccessRecord.objects.exclude(kind="sign_in").order_by("pk")
    return list(entries.values_list("kind", flat=True))
