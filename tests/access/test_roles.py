"""Roles and permissions each carry a sentence."""

from torbay_reports.access.permissions import PERMISSION_SENTENCES, Permission
from torbay_reports.access.roles import ROLE_SCOPES, ROLE_SENTENCES, ROLES_THAT_NEED_A_SCOPE, Role


def test_every_role_and_every_permission_has_one_sentence() -> None:
    assert list(ROLE_SENTENCES) == list(Role)
    assert list(PERMISSION_SENTENCES) == list(Permission)
    for sentence in (*(role.sentence for role in Role), *(permission.sentence for permission in Permission)):
        assert sentence[0].isupper(), sentence
        assert sentence.endswith("."), sentence
        assert ". " not in sentence, sentence


def test_a_role_reads_as_words() -> None:
    assert Role.HEAD_OF_FINANCE.label == "head of finance"


def test_a_role_that_needs_a_limit_can_have_one_and_none_is_limited_to_nothing() -> None:
    assert set(ROLES_THAT_NEED_A_SCOPE) <= set(ROLE_SCOPES)
    assert all(ROLE_SCOPES.values())
    assert not {Role.ADMINISTRATOR, Role.MONITORING_OFFICER} & set(ROLE_SCOPES), "theirs are the whole council's"
