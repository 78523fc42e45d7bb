"""How the tests read the pages of signing in, and what they type."""

import json
from typing import Any

from django.core import mail
from django.test import Client
from lxml import html

from tests.access.signin.passkeys import Device

PASSWORD = "a long enough sentence"
OTHER = "quite another sentence"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def parsed(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def heading(response: Any) -> str:
    page = parsed(response)
    (first,) = page.cssselect("h1")
    title = page.cssselect("title")[0].text_content()
    says_error = bool(page.cssselect(".govuk-error-summary"))
    assert title.startswith("Error: ") == says_error, title
    assert title.endswith(" – Torbay Council")
    return str(first.text_content())


def errors(response: Any) -> list[str]:
    """The sentences of the error summary; each that leads somewhere leads to something."""
    page = parsed(response)
    for link in page.cssselect(".govuk-error-summary__list a"):
        assert page.get_element_by_id(link.attrib["href"][1:]) is not None
    return [item.text_content().strip() for item in page.cssselect(".govuk-error-summary__list li")]


def labels(response: Any) -> list[str]:
    return [label.text_content() for label in parsed(response).cssselect("label")]


def banners(response: Any) -> list[str]:
    return [each.text_content() for each in parsed(response).cssselect(".govuk-notification-banner__content p")]


def options(response: Any) -> Any:
    return json.loads(parsed(response).get_element_by_id("passkey-options").text_content())


def add_passkey(client: Client, device: Device, name: str = "my phone") -> Any:
    answer = device.create(options(client.get("/me/passkeys/add/")))
    return client.post("/me/passkeys/add/", {"name": name, "credential": json.dumps(answer)}, follow=True)


def letters() -> list[tuple[str, str]]:
    """What was sent, after a look at what every letter has to be."""
    for letter in mail.outbox:
        assert letter.to == ["robin.vale@council.invalid"]
        assert "127.0.0.1" not in str(letter.body)
        assert "Torbay Council" in str(letter.body)
        assert "&" not in str(letter.body)
    return [(str(letter.subject), str(letter.body).partition("\n")[0]) for letter in mail.outbox]
