"""Writes about people: invitations, roles, accounts, and what is forgotten after a set time.

Each is one transaction, its entry in the record included, and names who does it in `by`; None is the installation.
Nothing here asks whether they may: that is the caller's question to `access.decisions.may`.
"""

from torbay_reports.access.services.accounts import (
    change_person,
    close_account,
    remove_second_factor,
    reopen_account,
)
from torbay_reports.access.services.handing_over import hand_over
from torbay_reports.access.services.invitations import accept_invitation, invite, make_link, withdraw_invitation
from torbay_reports.access.services.roles import end_role, give_role, take_back_role

__all__ = [
    "accept_invitation",
    "change_person",
    "close_account",
    "end_role",
    "give_role",
    "hand_over",
    "invite",
    "make_link",
    "remove_second_factor",
    "reopen_account",
    "take_back_role",
    "withdraw_invitation",
]
