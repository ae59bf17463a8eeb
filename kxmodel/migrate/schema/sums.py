"""Sums over texts in buckets: two heaps of any size compared in memory that is always the same. Pure."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BUCKETS: Final = 1 << 20
_SUM: Final = (1 << 64) - 1


class Sums:
    """For each bucket a sum of its texts that does not depend on their order, and how many they are.

    salt: which of many ways to distribute texts over the buckets. Safe for threads.
    """

    def __init__(self, salt: int) -> None:
        self.salt = salt
        self.sums = array("Q", bytes(8 * _BUCKETS))
        self.counts = array("L", bytes(array("L").itemsize * _BUCKETS))
        self.count = 0
        """How many texts there are."""
        self._lock = Lock()

    def add(self, texts: Iterable[bytes]) -> None:
        """Count these texts in."""
        placed = [_place(text, self.salt) for text in texts]
        with self._lock:
            for bucket, value in placed:
                # A sum, not an exclusive or: a text that is read twice must not vanish.
                self.sums[bucket] = (self.sums[bucket] + value) & _SUM
                self.counts[bucket] += 1
            self.count += len(placed)


@dataclass(frozen=True)
class Buckets:
    """A choice of buckets in each of several ways to distribute: a text is in it that is in all."""

    chosen: tuple[bytearray, ...] = ()
    sizes: array[int] | None = None

    def __contains__(self, text: bytes) -> bool:
        return all(flags[_place(text, salt)[0]] for salt, flags in enumerate(self.chosen))

    @classmethod
    def of(cls, texts: Iterable[bytes]) -> Buckets:
        """Those that these texts are in."""
        flags = bytearray(_BUCKETS)
        for text in texts:
            flags[_place(text, 0)[0]] = 1
        return cls((flags,))

    def sums(self) -> Sums:
        """No texts yet, to be distributed in a way that was not used."""
        return Sums(len(self.chosen))

    def where(self, a: Sums, b: Sums) -> tuple[Buckets, int]:
        """These, as far as the two differ; and how many texts of one of them that are."""
        flags, sizes = bytearray(_BUCKETS), array("L", a.counts)
        doubtful = 0
        for bucket in _differing(a, b):
            if a.sums[bucket] != b.sums[bucket] or a.counts[bucket] != b.counts[bucket]:
                flags[bucket] = 1
                sizes[bucket] = max(a.counts[bucket], b.counts[bucket])
                doubtful += sizes[bucket]
        return Buckets((*self.chosen, flags), sizes), doubtful

    def leave_out(self, texts: int) -> int:
        """Drop buckets until so many texts fewer are in them; returns how many that are."""
        left = 0
        if self.sizes is not None and texts > 0:
            flags = self.chosen[-1]
            for bucket in range(_BUCKETS):
                if left >= texts:
                    break
                if flags[bucket]:
                    flags[bucket] = 0
                    left += self.sizes[bucket]
        return left


def _differing(a: Sums, b: Sums) -> Iterator[int]:
    """The buckets in the neighbourhood of those that differ: most are passed over together."""
    for start in range(0, _BUCKETS, 1024):
        part = slice(start, start + 1024)
        if a.sums[part] != b.sums[part] or a.counts[part] != b.counts[part]:
            yield from range(start, start + 1024)


def _place(text: bytes, salt: int) -> tuple[int, int]:
    digest = blake2b(text, digest_size=12, salt=bytes([salt])).digest()
    return int.from_bytes(digest[:4], "big") % _BUCKETS, int.from_bytes(digest[4:], "big")
