"""The roles of the council's people. The public is nobody's role: it is the anonymous visitor."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is in the council; each is described by one sentence (`sentence`)."""

    FINANCE_OFFICER = "finance_officer"
    BUDGET_HOLDER = "budget_holder"
    HEAD_OF_FINANCE = "head_of_finance"
    IMPROVEMENT_LEAD = "improvement_lead"
    ACTION_OWNER = "action_owner"
    CLERK = "clerk"
    MONITORING_OFFICER = "monitoring_officer"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role in words, lower case, as it stands in a sentence: "head of finance"."""
        return self.value.replace("_", " ")

    @property
    def sentence(self) -> str:
        """What the person in this role does, in one sentence."""
        return ROLE_SENTENCES[self]


ROLE_SENTENCES: Final[Mapping[Role, str]] = {
    Role.FINANCE_OFFICER: "Enters and checks the quarter's figures and drafts the revenue monitoring report.",
    Role.BUDGET_HOLDER: "Answers for the budget of one or more services and explains their variances.",
    Role.HEAD_OF_FINANCE: "Is the section 151 officer, who signs the revenue monitoring report.",
    Role.IMPROVEMENT_LEAD: "Keeps the improvement plan and accepts the updates of its action owners.",
    Role.ACTION_OWNER: "Reports on the steps of the improvement plan that they own.",
    Role.CLERK: "Prepares a committee's meetings and publishes their packs.",
    Role.MONITORING_OFFICER: "Is the proper officer, who decides what the public and members may be refused.",
    Role.MEMBER: "Sits on named committees and reads their papers.",
    Role.ADMINISTRATOR: "Invites people, and gives and ends their roles.",
}


class ScopeKind(StrEnum):
    """What a role can be limited to. A role without a scope covers everything."""

    SERVICE = "service"
    COMMITTEE = "committee"
    PLAN = "plan"


ROLE_SCOPES: Final[Mapping[Role, tuple[ScopeKind, ...]]] = {
    Role.BUDGET_HOLDER: (ScopeKind.SERVICE,),
    Role.IMPROVEMENT_LEAD: (ScopeKind.PLAN,),
    Role.ACTION_OWNER: (ScopeKind.PLAN,),
    Role.CLERK: (ScopeKind.COMMITTEE,),
    Role.MEMBER: (ScopeKind.COMMITTEE,),
}
"""What each role can be limited to; a role that is not named here is always the whole council's."""

ROLES_THAT_NEED_A_SCOPE: Final = (Role.BUDGET_HOLDER, Role.MEMBER)
"""A councillor is a member of named committees: a member of everything would read every exempt paper. A budget holder
answers for named services."""
