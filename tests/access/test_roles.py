"""Roles and permissions each carry a sentence."""

from torbay_reports.access.permissions import PERMISSION_SENTENCES, Permission
from torbay_reports.access.roles import ROLE_SENTENCES, Role


def test_every_role_and_every_permission_has_one_sentence() -> None:
    assert list(ROLE_SENTENCES) == list(Role)
    assert list(PERMISSION_SENTENCES) == list(Permission)
    for sentence in (*(role.sentence for role in Role), *(permission.sentence for permission in Permission)):
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert ". " not in sentence, sentence


def test_a_role_reads_as_words() -> None:
    assert Role.HEAD_OF_FINANCE.label == "head of finance"
