"""Whether two templates can produce one and the same key.

Each template is read as an automaton over characters; a breadth-first search through both at once
finds the shortest text that both accept.
"""

from __future__ import annotations

import string
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.keys.shape import CharClass, Shape, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.keys.template import Template

#: A place in a template: how many slots are behind, and how much of a delimiter was just read.
Place = tuple[int, int]
#: All places that the text read so far can have led to. Long delimiters would make the pairs of
#: single places explode.
State = frozenset[Place]
Pair = tuple[State, State]

_READABLE = string.ascii_letters + string.digits + string.punctuation


def may_collide(a: Template, b: Template) -> str | None:
    """The shortest key that both templates can produce, or None where they never share one.

    Exact for literals, sources without a filter, delimiters, `pad` and `e164`. Taken a little wider
    than they are, so that a collision is never overlooked: the digits of `date` and `shard` (as if
    there were a month 13), letters beyond ASCII in `lower` and `upper`, and a source that stands in
    one template twice (as if it could have two values).
    """
    left, right = _Automaton(a), _Automaton(b)
    alphabet = _alphabet(left.classes | right.classes)
    start: Pair = (frozenset({(0, 0)}), frozenset({(0, 0)}))
    came_from: dict[Pair, tuple[Pair, str] | None] = {start: None}
    queue = deque([start])
    while queue:
        pair = queue.popleft()
        if left.accepts(pair[0]) and right.accepts(pair[1]):
            return _text_to(pair, came_from)
        for character in alphabet:
            following = (left.after(pair[0], character), right.after(pair[1], character))
            if all(following) and following not in came_from:
                came_from[following] = (pair, character)
                queue.append(following)
    return None


def _text_to(pair: Pair, came_from: dict[Pair, tuple[Pair, str] | None]) -> str:
    characters = []
    step = came_from[pair]
    while step is not None:
        pair, character = step
        characters.append(character)
        step = came_from[pair]
    return "".join(reversed(characters))


def _alphabet(classes: set[CharClass]) -> list[str]:
    """One character for each set of characters that no class tells apart, readable ones first."""
    listed = {character for cls in classes for character in cls.listed}
    unlisted = next(chr(code) for code in range(0xA1, 0xD800) if chr(code) not in listed)
    kinds: dict[frozenset[CharClass], str] = {}
    for character in (*_READABLE, *sorted(listed), unlisted):
        kinds.setdefault(frozenset(cls for cls in classes if character in cls), character)
    return list(kinds.values())


@dataclass(frozen=True)
class _Slot:
    """One character of a key.

    optional: the key may do without it. repeats: it may come again.
    delimiter: the text that may not be complete before the slot that `ends` it.
    """

    chars: CharClass
    optional: bool = False
    repeats: bool = False
    delimiter: str = ""
    ends: bool = False


class _Automaton:
    def __init__(self, template: Template) -> None:
        self._slots = [_Slot(one_of(c)) for c in template.literal_prefix]
        self._overlaps: dict[str, list[int]] = {}
        self._known: dict[tuple[State, str], State] = {}
        for step in template.steps:
            self._slots += _slots(step.placeholder.shape, step.delimiter)
            last = len(step.after) - 1
            self._slots += (
                _Slot(one_of(c), delimiter=step.delimiter, ends=index == last)
                for index, c in enumerate(step.after)
            )
            self._overlaps[step.delimiter] = _overlaps(step.delimiter)
        self._enough = len(self._slots)
        while self._enough and self._slots[self._enough - 1].optional:
            self._enough -= 1

    @property
    def classes(self) -> set[CharClass]:
        """The classes by which this automaton tells characters apart."""
        return {slot.chars for slot in self._slots}

    def accepts(self, state: State) -> bool:
        """Whether a key may end here."""
        return any(slots_behind >= self._enough for slots_behind, _ in state)

    def after(self, state: State, character: str) -> State:
        """Where `character` leads to; empty if nowhere."""
        known = self._known.get((state, character))
        if known is None:
            moves = (move for place in state for move in self._moves(place, character))
            known = self._known[state, character] = frozenset(moves)
        return known

    def _moves(self, place: Place, character: str) -> Iterator[Place]:
        at, matched = place
        first = at - 1 if at and self._slots[at - 1].repeats else at
        for index in range(first, len(self._slots)):
            slot = self._slots[index]
            if character in slot.chars:
                now = self._match(slot.delimiter, matched, character)
                if slot.ends or not slot.delimiter:
                    yield index + 1, 0
                elif now < len(slot.delimiter):
                    yield index + 1, now
            if index >= at and not slot.optional:
                return

    def _match(self, delimiter: str, matched: int, character: str) -> int:
        """How much of `delimiter` stands at the end once `character` is read (Knuth-Morris-Pratt)."""
        if not delimiter:
            return 0
        while matched and delimiter[matched] != character:
            matched = self._overlaps[delimiter][matched - 1]
        return matched + (delimiter[matched] == character)


def _slots(shape: Shape, delimiter: str) -> list[_Slot]:
    slots = []
    for run in shape:
        mandatory = [_Slot(run.chars, delimiter=delimiter)] * run.least
        if run.most is None:
            mandatory[-1] = _Slot(run.chars, repeats=True, delimiter=delimiter)
        slots += mandatory
        if run.most is not None:
            extra = run.most - run.least
            slots += [_Slot(run.chars, optional=True, delimiter=delimiter)] * extra
    return slots


def _overlaps(delimiter: str) -> list[int]:
    """For each beginning of `delimiter`, the longest shorter one that it also ends with."""
    table = [0] * len(delimiter)
    length = 0
    for index in range(1, len(delimiter)):
        while length and delimiter[index] != delimiter[length]:
            length = table[length - 1]
        length += delimiter[index] == delimiter[length]
        table[index] = length
    return table
