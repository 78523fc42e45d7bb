"""Everything that may be asked of `access.decisions.may`, each with a sentence."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """One thing that a person may or may not do, to one object."""

    READ_PUBLICATION = "publication.read"
    READ_RESTRICTED_PACK = "pack.read_restricted"
    BUILD_PACK = "pack.build"
    KEEP_PAPERS = "agenda.keep_papers"
    KEEP_COMMITTEES = "agenda.keep_committees"
    WITHDRAW_PAPER = "agenda.withdraw_paper"
    DECIDE_EXEMPTIONS = "agenda.decide_exemptions"
    READ_VERIFICATIONS = "publishing.read_verifications"
    READ_DRAFT_REPORT = "budget.read_draft"
    ENTER_RETURN = "budget.enter_return"
    KEEP_BUDGET = "budget.keep"
    SIGN_QUARTER = "budget.sign_quarter"
    READ_PLAN = "improvement.read_plan"
    KEEP_PLAN = "improvement.keep_plan"
    UPDATE_STEP = "improvement.update_step"
    READ_LETTER = "ofsted.read_letter"
    KEEP_LETTERS = "ofsted.keep_letters"
    OPEN_LETTERS = "ofsted.open_letters"
    READ_OWN_PAGE = "access.own_page"
    READ_RECORD = "access.read_record"
    MANAGE_PEOPLE = "access.manage_people"

    @property
    def sentence(self) -> str:
        """What the permission allows, in one sentence."""
        return PERMISSION_SENTENCES[self]


PERMISSION_SENTENCES: Final[Mapping[Permission, str]] = {
    Permission.READ_PUBLICATION: "Read one published document or file.",
    Permission.READ_RESTRICTED_PACK: "Read the restricted edition of a meeting's pack, exempt papers included.",
    Permission.BUILD_PACK: "Build a meeting's packs anew, and publish them.",
    Permission.KEEP_PAPERS: "Keep a committee's meetings: their agendas, papers, letters and decisions.",
    Permission.KEEP_COMMITTEES: "Add committees, and say how they are called and who answers for them.",
    Permission.WITHDRAW_PAPER: "Withdraw a paper of a meeting that is published.",
    Permission.DECIDE_EXEMPTIONS: "Decide who may read a committee's restricted papers, and review and release them.",
    Permission.READ_VERIFICATIONS: "Read whether everything published is still as it was published.",
    Permission.READ_DRAFT_REPORT: "Read a quarter's report before it is published.",
    Permission.ENTER_RETURN: "Enter and submit a service's return for a quarter: its forecast, actual and reason.",
    Permission.KEEP_BUDGET: "Keep budgets and virements, open quarters, and agree what budget holders return.",
    Permission.SIGN_QUARTER: "Sign a quarter, which locks it, and reopen it.",
    Permission.READ_PLAN: "Read an improvement plan as it is kept, before it is published.",
    Permission.KEEP_PLAN: "Keep an improvement plan: bring in a new version, ask owners for updates and accept them.",
    Permission.UPDATE_STEP: "Write an update on a step of an improvement plan.",
    Permission.READ_LETTER: "Read one letter of Ofsted.",
    Permission.KEEP_LETTERS: "Enter letters of Ofsted, mark their findings and link them to steps.",
    Permission.OPEN_LETTERS: "Say who reads a letter that Ofsted has not published, and record that it has.",
    Permission.READ_OWN_PAGE: "Read the page that lists one's own roles.",
    Permission.READ_RECORD: "Read the record of sign-ins, changes of role and reads of restricted papers.",
    Permission.MANAGE_PEOPLE: "Invite people, give and end their roles and seats, and close their accounts.",
}
