"""What is wrong with the database, in a sentence with the cure."""

from django.db import Error, OperationalError, ProgrammingError

_NO_SUCH_TABLE_OR_COLUMN = {"42P01", "42703"}
_NO_RIGHT = "42501"


def database_fault(error: Error) -> str:
    """The sentence for a server that does not answer, has not this program's tables or refuses its account.

    Nothing for a fault of any other kind, which is the program's own and deserves its traceback.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    if isinstance(error, ProgrammingError) and state in _NO_SUCH_TABLE_OR_COLUMN:
        return "The database has not the tables of this version: run `manage.py migrate`."
    if isinstance(error, ProgrammingError) and state == _NO_RIGHT:
        return "The account in DATABASE_URL may not read or write there: let it own the database."
    if isinstance(error, OperationalError):
        reason = str(error).strip().partition("\n")[0]
        return f"The database does not answer ({reason}): check DATABASE_URL."
    return ""
