"""Everybody who may come by: the public, one person of each role, and those who nearly may read."""

from collections.abc import Mapping
from typing import Final

from tests.access.cast import SINCE, person
from tests.canaries.walking import Visitor
from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

PASSWORD: Final = "nine-green-bottles"
ANONYMOUS: Final = "anonymous"
WITHOUT_A_ROLE: Final = "a person without a role"
MEMBER_ELSEWHERE: Final = "a member of another committee"


def everybody(cast: Mapping[Role, User]) -> list[Visitor]:
    """Anonymous, the people of the cast, one without a role and a member of the council but not of the board."""
    elsewhere = person("Member Elsewhere", PASSWORD)
    RoleAssignment.objects.create(
        person=elsewhere, role=Role.MEMBER, scope_kind="committee", scope_slug="council", starts_on=SINCE
    )
    return [
        Visitor(ANONYMOUS),
        Visitor(WITHOUT_A_ROLE, person("Nobody In Particular", PASSWORD)),
        Visitor(MEMBER_ELSEWHERE, elsewhere),
        *(Visitor(role.value, someone) for role, someone in cast.items()),
    ]
