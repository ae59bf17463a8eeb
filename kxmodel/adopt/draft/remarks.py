"""What a draft could not know, as sentences that say what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kxmodel.adopt.draft.keys import Keys
    from kxmodel.adopt.draft.level import Level
    from kxmodel.adopt.guess.facets import Named
    from kxmodel.adopt.observed import Facet, Observed


def remarks_on(
    table: Observed,
    drafted: Sequence[tuple[Named, Keys, object]],
    unused: Sequence[Facet],
    level: Level,
) -> Iterator[str]:
    """The remarks on a table's entities. unused: facets that no sample item speaks for."""
    if not table.items:
        yield (
            "There are no sample items, so nothing shows how keys are made: write the templates in "
            "x-kx-entity.keys."
        )
    elif not level.entities:
        yield "The kinds of items could not be told apart: give each an entity of its own in $defs."
    for named, keys, _ in drafted:
        for source, key in keys.invented.items():
            yield (
                f"{named.name}.{source} is no attribute of the sample items but was read from {key}: "
                "name it as you like, and add it to the items that are stored."
            )
        if named.group.joined > 1:
            yield (
                f"{named.name} holds {named.group.joined} kinds of items whose keys could be equal: "
                "give each a constant of its own in its key, then an entity."
            )
        for index in keys.unreachable:
            yield (
                f"{named.name} is not in {index}, whose key attributes have names that no template "
                "can hold: rename them."
            )
    for facet in unused:
        among = next((named.name for named, _, _ in drafted if _holds(named, facet)), None)
        if among is not None:
            yield (
                f"The keys of {facet.name}'s sample items do not tell them from others, so they are "
                f"in {among}: give them a constant of their own, then an entity."
            )
            continue
        attributes = f" ({', '.join(facet.attributes)})" if facet.attributes else ""
        what = "its attributes went to the one entity" if len(drafted) == 1 else "it is left out"
        yield (
            f"No sample item tells how items of {facet.name}{attributes} are kept, so {what}: add an entity "
            "with its key templates."
        )
    homeless = _homeless(table, drafted)
    if homeless and len(drafted) > 1:
        yield (
            f"The model declares {', '.join(homeless)}, which no sample item has: add them to the "
            "entities that they are of."
        )
    yield "Types and required attributes are those of the sample items: check them."


def _holds(named: Named, facet: Facet) -> bool:
    """Whether an entity has the items that the source lists under a facet."""
    return any(item in named.group.items for item in facet.items)


def _homeless(table: Observed, drafted: Sequence[tuple[Named, Keys, object]]) -> list[str]:
    """The declared attributes that came into no entity."""
    placed = {key.name for key in table.key}
    for named, keys, _ in drafted:
        placed |= {*named.group.attributes, *keys.templates}
        placed |= set(named.facet.attributes if named.facet else ())
    return [name for name in table.attributes or () if name not in placed]
