"""What other rooms keep back is looked for beside papers."""

from collections.abc import Iterator, Sequence

import pytest

from torbay_reports.publishing.leaks import providers
from torbay_reports.publishing.leaks.providers import Provider
from torbay_reports.publishing.leaks.secrets import Secret, secret_of


@pytest.fixture(autouse=True)
def _own_providers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(providers, "_providers", {})


def provider(name: str, *names: str, public: str = "") -> Provider:
    def secrets(without: Sequence[str]) -> Iterator[Secret]:
        for each in names:
            yield secret_of(label=f"the letter {each}", key=each, names=[each], without=without)

    return Provider(name, lambda: len(names), secrets, lambda phrase: phrase == public)


def test_the_secrets_of_all_rooms_come_one_after_another_and_are_counted() -> None:
    providers.register(provider("letters", "Ada Quill", "Bo Moss"))
    providers.register(provider("notes", "Cy Tarn"))
    assert providers.number() == 3
    assert [each.key for each in providers.provided([])] == ["Ada Quill", "Bo Moss", "Cy Tarn"]


def test_what_everybody_may_know_is_told_to_each_room() -> None:
    providers.register(provider("letters", "Ada Quill", "Bo Moss"))
    assert [each.names for each in providers.provided(["Ada Quill"])] == [(), ("bo moss",)]


def test_a_phrase_is_public_where_any_room_has_published_it() -> None:
    providers.register(provider("letters", public="quay"))
    providers.register(provider("notes", public="tarn"))
    assert [providers.is_public(each) for each in ("quay", "tarn", "moss")] == [True, True, False]


def test_without_a_room_there_is_nothing() -> None:
    assert (providers.number(), list(providers.provided([])), providers.is_public("quay")) == (0, [], False)


def test_a_room_registers_once_and_no_two_have_a_name() -> None:
    first = provider("letters", "Ada Quill")
    providers.register(first)
    providers.register(first)
    assert providers.number() == 1
    with pytest.raises(ValueError, match="Two providers of secrets are called 'letters'"):
        providers.register(provider("letters"))
