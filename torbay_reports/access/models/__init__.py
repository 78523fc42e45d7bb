"""People, the roles they hold from a date to a date, recent failures to sign in, and the record of all that."""

from torbay_reports.access.models.assignments import RoleAssignment
from torbay_reports.access.models.attempts import SignInAttempt, SpentCode
from torbay_reports.access.models.entries import AccessRecord
from torbay_reports.access.models.people import Invitation, User

__all__ = ["AccessRecord", "Invitation", "RoleAssignment", "SignInAttempt", "SpentCode", "User"]
