"""Where parts are kept between builds. A store may forget any of them at any time: then they are set again."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

import msgspec
from django.db import connection, transaction
from django.db.models import Count, Sum
from psycopg import Cursor

from torbay_reports.core import clock
from torbay_reports.publishing.checksums import of_bytes
from torbay_reports.publishing.models import RestrictedPart, StoredPart
from torbay_reports.publishing.packplan import Edition
from torbay_reports.publishing.parts.values import Room

MEGABYTE: Final = 1_000_000
_READ_AT_ONCE: Final = 100
_MODELS: Final[dict[Edition, type[StoredPart] | type[RestrictedPart]]] = {
    Edition.PUBLIC: StoredPart,
    Edition.RESTRICTED: RestrictedPart,
}
_encoder: Final = msgspec.msgpack.Encoder()
_room_decoder: Final = msgspec.msgpack.Decoder(Room)


@dataclass(frozen=True)
class PartRow:
    """A set part under its key; `room` is a strip's, which is looked up without its data."""

    key: str
    data: bytes
    room: Room | None = None


@dataclass(frozen=True)
class Cleaned:
    """What a cleaning removed, and what is left, in parts and in bytes."""

    removed: int
    removed_bytes: int
    left: int
    left_bytes: int


class PartStore(Protocol):
    """What keeps parts between builds."""

    def rooms(self, keys: Collection[str]) -> dict[str, Room]:
        """How much of a page the strips under these keys take, without those that are gone."""

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        """The parts under these keys, without those that are gone or damaged."""

    def put(self, rows: Iterable[PartRow]) -> None:
        """Keep these parts. One that is there already stays as it is."""

    def drop(self, keys: Collection[str]) -> None:
        """Forget these parts."""

    def touch(self, keys: Collection[str]) -> None:
        """Say that a pack used these parts today."""


class MemoryStore:
    """Keeps parts as long as it lives: for tests, and for builds that keep nothing."""

    def __init__(self) -> None:
        self.rows: dict[str, PartRow] = {}

    def rooms(self, keys: Collection[str]) -> dict[str, Room]:
        """How much of a page the strips under these keys take, without those that are gone."""
        found = ((key, self.rows[key].room) for key in keys if key in self.rows)
        return {key: room for key, room in found if room is not None}

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        """The parts under these keys, without those that are gone."""
        return {key: self.rows[key].data for key in keys if key in self.rows}

    def put(self, rows: Iterable[PartRow]) -> None:
        """Keep these parts. One that is there already stays as it is."""
        for row in rows:
            self.rows.setdefault(row.key, row)

    def drop(self, keys: Collection[str]) -> None:
        """Forget these parts."""
        for key in keys:
            self.rows.pop(key, None)

    def touch(self, keys: Collection[str]) -> None:
        """Nothing to do: it forgets nothing by itself."""


class DatabaseStore:
    """Keeps parts in PostgreSQL, where every worker on every machine finds them.

    Each writing is a transaction of its own, so that a build that is killed leaves behind what it has set. A restricted
    edition reads what public ones have set, and keeps all that it sets where no public one looks.
    """

    def __init__(self, edition: Edition = Edition.PUBLIC) -> None:
        self._models = [_MODELS[Edition.PUBLIC]]
        if edition is Edition.RESTRICTED:
            self._models.append(_MODELS[edition])

    def rooms(self, keys: Collection[str]) -> dict[str, Room]:
        """How much of a page the strips under these keys take, without those that are gone. One query."""
        wanted = sorted(set(keys))
        asked = " UNION ALL ".join(
            # The keys go over as one array: a list of thousands would be parsed value by value.
            f"SELECT key, room FROM {model._meta.db_table} WHERE key = ANY(%s) AND room IS NOT NULL"
            for model in self._models
        )
        with connection.cursor() as cursor:
            cursor.execute(asked, [wanted] * len(self._models))
            found = ((key, _room(data)) for key, data in cursor.fetchall())
            return {key: room for key, room in found if room is not None}

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        """The parts under these keys, without those that are gone or damaged. The damaged are removed."""
        found: dict[str, bytes] = {}
        damaged: list[str] = []
        asked = " UNION ALL ".join(
            f"SELECT key, checksum, data FROM {model._meta.db_table} WHERE key = ANY(%s)" for model in self._models
        )
        for some in _portions(sorted(set(keys)), _READ_AT_ONCE):
            with connection.cursor() as cursor:
                cursor.execute(asked, [list(some)] * len(self._models))
                for key, checksum, data in cursor:
                    if of_bytes(data) == checksum:
                        found[key] = bytes(data)
                    else:
                        damaged.append(key)
        if damaged:
            self.drop(damaged)
        return found

    def put(self, rows: Iterable[PartRow]) -> None:
        """Keep these parts. One that is there already stays as it is."""
        # In one order always, so that two writers of the same parts do not wait for each other crosswise.
        new = sorted(rows, key=lambda each: each.key)
        if not new:
            return
        connection.ensure_connection()
        # Django's own cursor would write thousands of parts out as text.
        with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
            cursor.execute(
                f"INSERT INTO {self._models[-1]._meta.db_table} (key, data, room, checksum, size, used_on) "
                "SELECT key, data, room, checksum, length(data), %s "
                "FROM unnest(%s::text[], %b::bytea[], %b::bytea[], %s::text[]) AS new (key, data, room, checksum) "
                "ON CONFLICT DO NOTHING",
                [
                    clock.today(),
                    [row.key for row in new],
                    [row.data for row in new],
                    [None if row.room is None else _encoder.encode(row.room) for row in new],
                    [of_bytes(row.data) for row in new],
                ],
            )

    def drop(self, keys: Collection[str]) -> None:
        """Forget these parts."""
        for model in self._models:
            model._default_manager.filter(key__in=keys).delete()

    def touch(self, keys: Collection[str]) -> None:
        """Say that a pack used these parts today. Those of which it is known are not written again."""
        today, used = clock.today(), sorted(set(keys))
        for model in self._models:
            table = model._meta.db_table
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {table} SET used_on = %s WHERE key IN ("
                    f"SELECT key FROM {table} WHERE key = ANY(%s) AND used_on < %s ORDER BY key FOR UPDATE)",
                    [today, used, today],
                )


def clean(max_bytes: int, edition: Edition) -> Cleaned:
    """Remove the parts of builds of this edition that were not used for the longest time until the others are
    `max_bytes` at most."""
    model = _MODELS[edition]
    table = model._meta.db_table
    whole = model._default_manager.aggregate(number=Count("*"), size=Sum("size", default=0))
    removed = removed_bytes = 0
    if whole["size"] > max_bytes:
        with transaction.atomic(), connection.cursor() as cursor:
            # A part that a build is using is locked, and passed over.
            cursor.execute(
                f"WITH gone AS (DELETE FROM {table} WHERE key IN ("
                f"SELECT key FROM {table} WHERE key = ANY(%s) FOR UPDATE SKIP LOCKED) RETURNING size) "
                "SELECT count(*), coalesce(sum(size), 0) FROM gone",
                [_oldest(model, whole["size"] - max_bytes)],
            )
            removed, removed_bytes = cursor.fetchone()
    return Cleaned(removed, removed_bytes, whole["number"] - removed, whole["size"] - removed_bytes)


def _oldest(model: type[StoredPart] | type[RestrictedPart], size: int) -> list[str]:
    """The keys of the parts that were not used for the longest time, so many that they hold `size` bytes."""
    keys: list[str] = []
    # Of a store that is a little too full only its beginning is fetched.
    for key, held in model._default_manager.order_by("used_on", "key").values_list("key", "size").iterator():
        if size <= 0:
            break
        keys.append(key)
        size -= held
    return keys


def _room(data: bytes) -> Room | None:
    """A room read back, or nothing where it is damaged: then its strip is set again."""
    try:
        return _room_decoder.decode(data)
    except msgspec.MsgspecError:
        return None


def _portions(values: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    over = iter(values)
    while some := tuple(islice(over, size)):
        yield some
