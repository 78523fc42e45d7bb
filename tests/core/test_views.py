import pytest
from django.template.loader import get_template
from django.test import Client


def test_the_accessibility_statement_needs_no_sign_in_and_says_what_it_must(client: Client) -> None:
    response = client.get("/accessibility/")
    page = response.content.decode()
    assert response.status_code == 200
    for words in ("version 2.2, at level AA", "What is known not to work", "Equality Advisory", "prepared on"):
        assert words in page


def test_every_page_has_its_language_title_skip_link_banner_and_foot(client: Client) -> None:
    page = client.get("/accessibility/").content.decode()
    assert '<html lang="en-GB"' in page
    assert "<title>Accessibility statement – Torbay Council</title>" in page
    assert 'href="#main-content"' in page
    assert "Demonstration. Figures and dates as published by Torbay Council in 2017; sentences rewritten." in page
    assert "Today is Tuesday 5 September 2017 in this demonstration" in page
    assert '<a class="govuk-link" href="/accessibility/">Accessibility statement</a>' in page


def test_no_page_carries_a_script_of_its_own(client: Client) -> None:
    page = client.get("/accessibility/").content.decode()
    scripts = page.split("<script")[1:]
    assert scripts
    for script in scripts:
        assert "src=" in script.split(">")[0]
        assert script.split(">", 1)[1].startswith("</script>")


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_errors_before_a_page_exists_need_no_context(name: str) -> None:
    page = get_template(name).render()
    assert "<h1>" in page
    assert "/static/" not in page
