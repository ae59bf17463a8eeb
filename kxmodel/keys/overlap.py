"""Whether two templates can produce one and the same key.

Each template is read as an automaton over characters; a breadth-first search through both at once
finds the shortest text that both accept.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.keys.shape import CharClass, Shape, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.keys.template import Template

#: A place in an automaton: how many slots are behind, and how much of a delimiter was just read.
State = tuple[int, int]


def may_collide(a: Template, b: Template) -> str | None:
    """The shortest key that both templates can produce, or None where they never share one.

    Exact for literals, sources without a filter, delimiters, `pad` and `e164`. Taken a little wider
    than they are, so that a collision is never overlooked: the digits of `date` and `shard` (as if
    there were a month 13), letters beyond ASCII in `lower` and `upper`, and a source that stands in
    one template twice (as if it could have two values).
    """
    left, right = _Automaton(a), _Automaton(b)
    start: tuple[State, State] = ((0, 0), (0, 0))
    came_from: dict[tuple[State, State], tuple[tuple[State, State], str] | None] = {start: None}
    queue = deque([start])
    while queue:
        pair = queue.popleft()
        if left.accepts(pair[0]) and right.accepts(pair[1]):
            return _text_to(pair, came_from)
        edges = list(right.edges(pair[1]))
        for left_chars, left_next in left.edges(pair[0]):
            for right_chars, right_next in edges:
                following = (left_next, right_next)
                if following in came_from:
                    continue
                character = left_chars.intersect(right_chars).sample()
                if character is not None:
                    came_from[following] = (pair, character)
                    queue.append(following)
    return None


def _text_to(
    pair: tuple[State, State],
    came_from: dict[tuple[State, State], tuple[tuple[State, State], str] | None],
) -> str:
    characters = []
    step = came_from[pair]
    while step is not None:
        pair, character = step
        characters.append(character)
        step = came_from[pair]
    return "".join(reversed(characters))


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
        for step in template.steps:
            self._slots += _slots(step.placeholder.shape, step.delimiter)
            last = len(step.after) - 1
            self._slots += (
                _Slot(one_of(c), delimiter=step.delimiter, ends=index == last)
                for index, c in enumerate(step.after)
            )
            self._overlaps[step.delimiter] = _overlaps(step.delimiter)

    def accepts(self, state: State) -> bool:
        """Whether a key may end here."""
        return all(slot.optional for slot in self._slots[state[0] :])

    def edges(self, state: State) -> Iterator[tuple[CharClass, State]]:
        """The characters that may come next, with the state that each leads to."""
        at, matched = state
        if at and self._slots[at - 1].repeats:
            yield from self._through(at - 1, matched)
        for index in range(at, len(self._slots)):
            yield from self._through(index, matched)
            if not self._slots[index].optional:
                return

    def _through(self, index: int, matched: int) -> Iterator[tuple[CharClass, State]]:
        slot = self._slots[index]
        if not slot.delimiter:
            yield slot.chars, (index + 1, 0)
            return
        for character in sorted(set(slot.delimiter)):
            if character not in slot.chars:
                continue
            now = self._match(slot.delimiter, matched, character)
            if slot.ends:
                yield one_of(character), (index + 1, 0)
            elif now < len(slot.delimiter):
                yield one_of(character), (index + 1, now)
        yield slot.chars.without(frozenset(slot.delimiter)), (index + 1, 0)

    def _match(self, delimiter: str, matched: int, character: str) -> int:
        """How much of `delimiter` stands at the end once `character` is read (Knuth-Morris-Pratt)."""
        overlaps = self._overlaps[delimiter]
        while matched and delimiter[matched] != character:
            matched = overlaps[matched - 1]
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
