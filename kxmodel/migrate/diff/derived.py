"""The facts of an entity apart from its keys, and the derived attributes that stored items need."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kxmodel.errors import ChangeRefused
from kxmodel.keys import parse
from kxmodel.migrate.operations import DeriveAttributes, SetEntity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.diff.draft import Steps
    from kxmodel.migrate.state import EntityState


def compare_derived(table: str, before: EntityState, after: EntityState, steps: Steps) -> None:
    """Plan what changes in recognise, derive and version. Raises ChangeRefused KX613."""
    _check_primary(table, before, after)
    kept = {name: text for name, text in before.derive.items() if name in after.derive}
    facts = replace(after, derive=kept)
    if (before.recognise, before.derive, before.version) != (
        facts.recognise,
        facts.derive,
        facts.version,
    ):
        steps.facts.append(SetEntity.of(table, facts))
    if before.recognise != after.recognise and after.recognise:
        steps.notes.append(
            f"{table}: {after.name} is recognised by another rule; a stored item that does not fit it "
            "is of no entity then. What it lacks for that, op.AddAttribute gives, before op.SetEntity."
        )
    gone = sorted(set(before.derive) - set(after.derive))
    if gone:
        steps.notes.append(
            f"{table}: {', '.join(gone)} of {after.name} is derived no longer; stored values stay."
        )
    # Each kind by itself: what was derived before can be undone.
    changed = {n: t for n, t in after.derive.items() if n in kept and kept[n] != t}
    new = {n: t for n, t in after.derive.items() if n not in kept}
    known: Mapping[str, Any] = before.schema or {}
    own = {name for name in new if name in known.get("properties", {})}
    for derive in (changed, {n: t for n, t in new.items() if n not in own}):
        if derive:
            steps.derived.append(DeriveAttributes(table, after.name, derive))
    if own:
        derive = {name: text for name, text in new.items() if name in own}
        steps.derived.append(DeriveAttributes(table, after.name, derive, sorted(own)))
    if changed or new:
        names = ", ".join(sorted({**changed, **new}))
        steps.writers.append(f"derive {names} of {after.name} by the new templates")


def expanded(template: str, derive: Mapping[str, str]) -> tuple[str, ...]:
    """A template with those of the derived attributes that it is made of, also through others."""
    texts, seen = [template], {template}
    for text in texts:
        for source in parse(text).sources:
            inner = derive.get(source.partition(".")[0])
            if inner is not None and inner not in seen:
                seen.add(inner)
                texts.append(inner)
    return tuple(texts)


def _check_primary(table: str, before: EntityState, after: EntityState) -> None:
    for name, text in after.keys.items():
        if before.keys.get(name) == text and (
            expanded(text, before.derive) != expanded(text, after.derive)
        ):
            raise ChangeRefused(
                f"{table}: {name} of {after.name}, part of the primary key, is made of a derived "
                "attribute whose template changed",
                fix="Declare a new derived attribute beside it and make the key of that: such a change "
                "is planned as a Rekey.",
            )
