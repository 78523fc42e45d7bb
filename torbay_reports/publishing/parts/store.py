"""Where parts are kept between builds. A store may forget any of them at any time: then they are set again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from django.db import connection, transaction
from django.db.models import F, Sum, Window

from torbay_reports.core import clock
from torbay_reports.publishing.checksums import of_bytes
from torbay_reports.publishing.models import StoredPart

MEGABYTE: Final = 1_000_000
_READ_AT_ONCE: Final = 100


@dataclass(frozen=True)
class PartRow:
    """A set part under its key. `start` is the key of its beginning, `units` how many units of its paper it holds."""

    key: str
    start: str
    units: int
    data: bytes


@dataclass(frozen=True)
class Cleaned:
    """What a cleaning removed, and what is left, in parts and in bytes."""

    removed: int
    removed_bytes: int
    left: int
    left_bytes: int


class PartStore(Protocol):
    """What keeps parts between builds."""

    def starts(self, keys: Collection[str]) -> dict[str, list[tuple[int, str]]]:
        """For each of these beginnings that is known, the parts under it: units and key."""

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
        self._by_start: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def starts(self, keys: Collection[str]) -> dict[str, list[tuple[int, str]]]:
        """For each of these beginnings that is known, the parts under it: units and key."""
        return {key: list(self._by_start[key]) for key in keys if key in self._by_start}

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        """The parts under these keys, without those that are gone."""
        return {key: self.rows[key].data for key in keys if key in self.rows}

    def put(self, rows: Iterable[PartRow]) -> None:
        """Keep these parts. One that is there already stays as it is."""
        for row in rows:
            if row.key not in self.rows:
                self.rows[row.key] = row
                self._by_start[row.start].append((row.units, row.key))

    def drop(self, keys: Collection[str]) -> None:
        """Forget these parts."""
        for key in keys:
            row = self.rows.pop(key, None)
            if row is not None:
                self._by_start[row.start].remove((row.units, row.key))

    def touch(self, keys: Collection[str]) -> None:
        """Nothing to do: it forgets nothing by itself."""


class DatabaseStore:
    """Keeps parts in PostgreSQL, where every worker on every machine finds them.

    Each writing is a transaction of its own, so that a build that is killed leaves behind what it has set.
    """

    def starts(self, keys: Collection[str]) -> dict[str, list[tuple[int, str]]]:
        """For each of these beginnings that is known, the parts under it: units and key. One query."""
        found: dict[str, list[tuple[int, str]]] = {}
        # The keys go over as one array: a list of thousands would be parsed value by value.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT start, units, key FROM publishing_storedpart WHERE start = ANY(%s) ORDER BY key",
                [sorted(set(keys))],
            )
            for start, units, key in cursor.fetchall():
                found.setdefault(start, []).append((units, key))
        return found

    def read(self, keys: Collection[str]) -> dict[str, bytes]:
        """The parts under these keys, without those that are gone or damaged. The damaged are removed."""
        found: dict[str, bytes] = {}
        damaged: list[str] = []
        for some in _portions(sorted(set(keys)), _READ_AT_ONCE):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT key, checksum, data FROM publishing_storedpart WHERE key = ANY(%s)", [list(some)]
                )
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
        today = clock.today()
        new = [
            StoredPart(
                key=row.key,
                start=row.start,
                units=row.units,
                data=row.data,
                checksum=of_bytes(row.data),
                size=len(row.data),
                used_on=today,
            )
            # In one order always, so that two writers of the same parts do not wait for each other crosswise.
            for row in sorted(rows, key=lambda each: each.key)
        ]
        if new:
            StoredPart.objects.bulk_create(new, ignore_conflicts=True)

    def drop(self, keys: Collection[str]) -> None:
        """Forget these parts."""
        StoredPart.objects.filter(key__in=keys).delete()

    def touch(self, keys: Collection[str]) -> None:
        """Say that a pack used these parts today. Those of which it is known are not written again."""
        today = clock.today()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE publishing_storedpart SET used_on = %s WHERE key IN ("
                "SELECT key FROM publishing_storedpart WHERE key = ANY(%s) AND used_on < %s ORDER BY key FOR UPDATE)",
                [today, sorted(set(keys)), today],
            )


def clean(max_bytes: int) -> Cleaned:
    """Remove the parts that were not used for the longest time until the others are `max_bytes` at most."""
    whole = StoredPart.objects.aggregate(size=Sum("size", default=0))["size"]
    removed = removed_bytes = 0
    if whole > max_bytes:
        newest_first = [F("used_on").desc(), F("key").asc()]
        summed = StoredPart.objects.annotate(so_far=Window(Sum("size"), order_by=newest_first))
        gone = dict(summed.filter(so_far__gt=max_bytes).values_list("key", "size"))
        removed_bytes = sum(gone.values())
        removed, _ = StoredPart.objects.filter(key__in=list(gone)).delete()
    left = StoredPart.objects.count()
    return Cleaned(removed, removed_bytes, left, whole - removed_bytes)


def _portions(values: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    over = iter(values)
    while some := tuple(islice(over, size)):
        yield some
