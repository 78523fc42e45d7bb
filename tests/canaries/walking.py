"""Walks every address of the URLconf as everybody, and says which canaries were found, where and by whom."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Literal
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access.cast import sign_in
from tests.canaries.places import Logs, left_behind, mail_texts
from tests.canaries.reading import Text, body_of, head_texts, texts_of
from tests.canaries.words import Canaries
from tests.urls_matrix.rows import Row
from tests.urls_matrix.table import TABLE
from tests.urls_matrix.walk import differences, walk
from torbay_reports.access.models import User

Method = Literal["GET", "HEAD", "POST"]

PARTIAL: Final = 206
IN_PART: Final = {"Accept-Encoding": "gzip, br", "Range": "bytes=0-4095"}
AS_A_SCRIPT: Final = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}


@dataclass(frozen=True)
class Visitor:
    """Who asks, `name` as finds are reported; without a person, anonymous."""

    name: str
    person: User | None = None


@dataclass(frozen=True)
class Address:
    """What is asked for, and how else than by a GET."""

    path: str
    query: str = ""
    method: Method = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return f"{self.method} {self.path}" + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True)
class Find:
    """One canary that somebody was shown, or that was left behind by their asking."""

    visitor: str
    address: str
    place: str
    canary: str

    def __str__(self) -> str:
        return f"{self.visitor}: {self.address}: {self.place}: {self.canary}"


@dataclass
class Walk:
    """What was found; `faults` are answers of which nothing may be said: errors, and sign-ins that were lost."""

    finds: set[Find] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    answers: int = 0


def addresses(also: Iterable[Mapping[str, object]] = ()) -> list[Address]:
    """Every address of the URLconf, with the arguments that its rows in `tests/urls_matrix/table.py` name.

    `also` are arguments of more things, such as {"committee": …, "held_on": …, "item": …, "paper": …}: each is asked
    for at every address that takes the same. Raises LookupError where the table lacks an address.
    """
    if problems := differences(walk(get_resolver().url_patterns), (row.key for row in TABLE)):
        raise LookupError("\n".join(problems))
    more = list(also)
    found: dict[Address, None] = {}
    for row in TABLE:
        same = [each for each in more if set(each) == set(row.there)] if row.there else []
        for arguments in (row.there, *same):
            found[_address(row, arguments)] = None
    return list(found)


def absences() -> list[Address]:
    """Addresses of what does not exist."""
    return list(dict.fromkeys(_address(row, arguments) for row in TABLE for arguments in row.absent))


def _address(row: Row, arguments: Mapping[str, object]) -> Address:
    return Address(reverse(row.name, kwargs=dict(arguments)), row.query, row.method)


def variants(address: Address, searches: Iterable[str] = ()) -> list[Address]:
    """The same address asked for in other ways: for its head, for files, sorted, searched, packed and in part."""
    if address.method != "GET":
        return []
    path, query = address.path, address.query
    return [
        Address(path, query, "HEAD"),
        Address(path, "as=csv"),
        Address(path, "as=xlsx"),
        Address(path, query, headers=IN_PART),
        Address(path, query, headers=AS_A_SCRIPT),
        Address(path, "sort=-title&page=2&since=2017-01-01&on=2017-09-05&as-at=2017-09-05"),
        *(Address(path, urlencode({"q": each, "words": each, "s": each})) for each in searches),
    ]


def everything(found: Sequence[Address], searches: Sequence[str]) -> Callable[[int], list[Address]]:
    """Every address in every way, for each visitor: the full numbers."""
    every = [each for address in found for each in (address, *variants(address, searches))]
    return lambda visitor: every


def sample(found: Sequence[Address], searches: Sequence[str]) -> Callable[[int], list[Address]]:
    """Every address for each visitor, in every way for the first one; for others one address in three in one more way,
    another one for each of them."""

    def of(visitor: int) -> list[Address]:
        chosen = list(found)
        for place, address in enumerate(found):
            ways = variants(address, searches[place % len(searches) :][:1] if searches else ())
            if not visitor:
                chosen += ways
            elif (place + visitor) % 3 == 0:
                chosen += ways[(place // 3 + visitor) % max(len(ways), 1) :][:1]
        return chosen

    return of


def visit(
    visitors: Iterable[Visitor],
    wanted: Callable[[int], Collection[Address]],
    canaries: Canaries,
    *,
    left: Callable[[], Iterator[Text]] = left_behind,
) -> Walk:
    """Sends every visitor to the addresses that are `wanted` of the one of that number.

    What each visit writes into the database is read by `left` and undone, so that visitors do not meet each other's.
    """
    result, reader = Walk(), Reader(canaries)
    for number, visitor in enumerate(visitors):
        with transaction.atomic(), Logs() as logs:
            sent = len(mail.outbox)
            _ask(visitor, wanted(number), reader, result)
            for text in (*mail_texts(mail.outbox[sent:]), *logs.texts(), *left()):
                reader.report(visitor.name, "left behind", [text], result)
            transaction.set_rollback(True)
    return result


class Reader:
    """Finds canaries in answers; a body that it has read before, such as a pack's, is not read again."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries
        self._bodies: dict[str, frozenset[tuple[str, str]]] = {}

    def marks_in(self, response: HttpResponseBase) -> set[tuple[str, str]]:
        """Each mark with its place in the answer."""
        body, is_whole = body_of(response), response.status_code != PARTIAL
        digest = sha256(body).hexdigest()
        if digest not in self._bodies:
            self._bodies[digest] = frozenset(self._marks(texts_of(body, "body", is_whole=is_whole)))
        return set(self._marks(head_texts(response))) | self._bodies[digest]

    def report(self, visitor: str, address: str, texts: Iterable[Text], result: Walk) -> None:
        """Adds what stands in texts of another kind than answers."""
        marks = self._marks(texts)
        result.finds |= {Find(visitor, address, place, self.canaries.key_of(mark)) for place, mark in marks}

    def _marks(self, texts: Iterable[Text]) -> Iterator[tuple[str, str]]:
        return ((text.place, mark) for text in texts for mark in self.canaries.marks_in(text.data))


def _ask(visitor: Visitor, wanted: Collection[Address], reader: Reader, result: Walk) -> None:
    client = Client(raise_request_exception=False)
    if visitor.person is not None:
        sign_in(client, visitor.person)
    for address in wanted:
        asker = _read_answer(client, visitor, address, reader, result)
        if visitor.person is not None and asker.pk is None:
            # An address before this one signs out.
            sign_in(client, visitor.person)
            asker = _read_answer(client, visitor, address, reader, result)
        if asker.pk != (visitor.person.pk if visitor.person else None):
            result.faults.append(f"{visitor.name}: {address}: was asked for by {asker}")


def _read_answer(
    client: Client, visitor: Visitor, address: Address, reader: Reader, result: Walk
) -> User | AnonymousUser:
    """Asks once, and says whom the site took the visitor for."""
    target = address.path + (f"?{address.query}" if address.query else "")
    response = client.generic(address.method, target, headers=dict(address.headers))
    result.answers += 1
    if response.status_code >= 500:
        result.faults.append(f"{visitor.name}: {address}: {response.status_code}")
    # Whoever searches for a word reads it again.
    asked = reader.canaries.marks_in(target.encode())
    marks = {(place, mark) for place, mark in reader.marks_in(response) if mark not in asked}
    result.finds |= {Find(visitor.name, str(address), place, reader.canaries.key_of(mark)) for place, mark in marks}
    return response.wsgi_request.user
