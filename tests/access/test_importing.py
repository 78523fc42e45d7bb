"""The file of people: each mistake is named with its place and its cure."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from torbay_reports.access.importing import read_people
from torbay_reports.access.roles import Role
from torbay_reports.core.reading import UnreadableFile

ROLE = {"role": "clerk", "starts_on": "2017-05-01"}
PERSON = {"email": "clerk@demo.invalid", "full_name": "Demo clerk", "roles": [ROLE]}


def written(path: Path, content: Any) -> Path:
    file = path / "people.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def with_person(**changes: Any) -> dict[str, Any]:
    return {"people": [{**PERSON, **changes}]}


def with_role(**changes: Any) -> dict[str, Any]:
    return with_person(roles=[{**ROLE, **changes}])


def test_the_demonstration_has_one_person_for_each_role_two_more_members_and_no_real_address() -> None:
    people = read_people(settings.FIXTURES_DIR / "people.json")
    assert sorted(role.role for person in people for role in person.roles) == sorted([*Role, Role.MEMBER, Role.MEMBER])
    assert all(person.email.endswith("@demo.invalid") for person in people)
    named = {person.email.partition("@")[0]: person.roles[0].role for person in people}
    assert all(named[role.value.replace("_", "-")] is role for role in Role)


def test_the_demonstrations_members_sit_on_the_board_for_good_or_for_a_meeting_and_on_the_council() -> None:
    people = read_people(settings.FIXTURES_DIR / "people.json")
    board, substitute, council = [role for person in people for role in person.roles if role.role is Role.MEMBER]
    assert {board.scope_slug, substitute.scope_slug} == {"overview-and-scrutiny-board"}
    assert (board.starts_on.isoformat(), board.ends_on, board.is_substitute) == ("2017-05-09", None, False)
    assert (substitute.is_substitute, council.is_substitute) == (True, False)
    assert (f"{substitute.starts_on}", f"{substitute.ends_on}") == ("2017-09-04", "2017-09-06")
    assert council.scope_slug == "council"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "people.json, line 1: this is not valid JSON"),
        ([], "people.json: Expected object, got array."),
        ({"people": []}, "people.json: it names nobody."),
        ({"people": ["clerk"]}, "people.json, people entry 1: Expected object, got str."),
        ({"people": [{"email": "a@demo.invalid", "roles": [ROLE]}]}, "missing required field full_name"),
        (with_person(mail="x"), "unknown field mail"),
        (with_person(email="clerk"), "person 1: “clerk” is no e-mail address."),
        (with_person(email="CLERK@demo.invalid"), "person 1: “CLERK@demo.invalid” has capitals."),
        (with_person(email=7), "people entry 1, email: Expected str, got int."),
        (with_person(full_name=" "), "person 1: full_name needs a name"),
        (with_person(roles=[]), "person 1: roles is empty."),
        (with_role(role="mayor"), "people entry 1, roles entry 1, role: Invalid enum value 'mayor'"),
        (with_role(starts_on="9 May"), "people entry 1, roles entry 1, starts_on: Invalid"),
        (with_role(ends_on="2017-04-30"), "person 1, role 1: it ends on 2017-04-30, before it begins on 2017-05-01."),
        (with_role(scope_kind="committee"), "person 1, role 1: half a scope."),
        (with_role(scope_kind="county", scope_slug="x"), "person 1, role 1: there is no scope “county”."),
        (with_role(scope_kind="committee", scope_slug="a b"), "person 1, role 1: “a b” is no slug."),
        (
            with_role(scope_kind="plan", scope_slug="x"),
            "person 1, role 1: clerk cannot be limited to a plan. Choose committee.",
        ),
        (
            with_role(role="administrator", scope_kind="plan", scope_slug="x"),
            "person 1, role 1: administrator cannot be limited to a plan. Leave the scope away.",
        ),
        (with_role(role="member"), "person 1, role 1: member needs a committee. Give scope_kind and scope_slug."),
        (with_role(is_substitute=True), "person 1, role 1: only a member has a substitute. Take is_substitute away."),
        (with_role(role="member", scope_kind="committee", scope_slug="council", is_substitute=True), "Give ends_on."),
        (with_role(is_substitute="yes"), "people entry 1, roles entry 1, is_substitute: Expected bool, got str."),
        ({"people": [PERSON, PERSON]}, "person 2: clerk@demo.invalid stands there twice."),
    ],
)
def test_a_mistake_is_named_with_its_place_and_cure(tmp_path: Path, content: Any, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_people(written(tmp_path, content))
    assert sentence in str(refusal.value)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"people\.json is missing. Restore it from the repository\."):
        read_people(tmp_path / "people.json")
