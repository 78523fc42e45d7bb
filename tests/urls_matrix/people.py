"""People and roles of the world, named in the table before they exist: their numbers are read when asked for."""

from typing import Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator

from torbay_reports.access.models import RoleAssignment, User
from torbay_reports.access.roles import Role

NOBODY: Final = 999_999
NOT_IN_THE_CAST: Final = "substitute-member@demo.invalid"


class PersonOf:
    """The number of the demonstration's person of that role."""

    def __init__(self, role: Role) -> None:
        self.email = f"{role.value.replace('_', '-')}@demo.invalid"

    def __str__(self) -> str:
        return str(User.objects.get(email=self.email).pk)


class RoleOf(PersonOf):
    """The number of that person's first role."""

    def __str__(self) -> str:
        return str(RoleAssignment.objects.filter(person__email=self.email).order_by("starts_on", "pk")[0].pk)


class AnyPasskey:
    """The number of a passkey, which belongs to nobody who tries the table."""

    def __str__(self) -> str:
        return str(Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).pk)


class ResetNumber:
    """The first half of a mailed link to a new password, of somebody who does not try the table: a sign-in ends it."""

    def __str__(self) -> str:
        return str(user_pk_to_url_str(User.objects.get(email=NOT_IN_THE_CAST)))


class ResetKey:
    """The second half of that link."""

    def __str__(self) -> str:
        return str(default_token_generator.make_token(User.objects.get(email=NOT_IN_THE_CAST)))
