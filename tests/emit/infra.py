"""Tables as DynamoDB may have them, for the formats that set tables up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from kxmodel import ir
from kxmodel.keys import parse
from tests.emit.tables import small, texts

_names = st.from_regex(r"[a-zA-Z0-9_.-]{3,20}", fullmatch=True)
_kinds = st.sampled_from(["S", "N", "B"])
_arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
#: cfn-lint takes "false" for the same name or key as any other. hypothesis finds such words in whatever
#: modules are loaded, and so also where a seed is fixed.
_said = (
    texts.filter(lambda text: text.isprintable() or "\n" in text)
    .map(lambda text: "".join(c for c in text if not "\ud800" <= c <= "\udfff")[:200] or "x")
    .filter(lambda text: text.strip().lower() not in ("true", "false"))
)

#: The key of a tag: one line, and at most 128 characters, as the dialect has it too.
_tags = _said.map(lambda text: " ".join(text.splitlines())[:128] or "x")


@st.composite
def provisions(draw: Any) -> ir.Table:
    """Any table that DynamoDB would create, with hostile attributes and tags."""
    attributes = draw(
        st.dictionaries(
            _said.filter(lambda t: len(t.encode()) < 200), _kinds, min_size=2, max_size=8
        )
    )
    keys = [ir.KeyAttribute(name, kind) for name, kind in attributes.items()]
    indexes = []
    for number, name in enumerate(draw(st.lists(_names, max_size=3, unique_by=str.lower))):
        some = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=4, unique=True))
        cut = draw(st.integers(1, len(some)))
        include = draw(st.lists(_said, min_size=1, max_size=2, unique=True))
        kind = draw(st.sampled_from(["ALL", "KEYS_ONLY", "INCLUDE"]))
        local = draw(st.booleans())
        indexes.append(
            ir.Index(
                name,
                f"index{number}",
                (keys[0],) if local else tuple(some[:cut]),
                (keys[1],) if local else tuple(some[cut:]),
                projection=kind,
                include=tuple(include) if kind == "INCLUDE" else (),
                local=local,
            )
        )
    units = draw(st.none() | st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)))
    settings = ir.Settings(
        billing="on-demand" if units is None else "provisioned",
        read_capacity=units and units[0],
        write_capacity=units and units[1],
        stream=draw(st.sampled_from([None, "KEYS_ONLY", "NEW_AND_OLD_IMAGES"])),
        ttl=draw(st.none() | _said),
        encryption=draw(st.sampled_from(["aws-owned", "aws-managed", "alias/tables", _arn])),
        point_in_time_recovery=draw(st.booleans()),
        deletion_protection=draw(st.booleans()),
        tags=draw(
            st.dictionaries(
                _tags, texts.map(lambda t: t.encode("utf-8", "ignore").decode()), max_size=3
            )
        ),
    )
    entity = replace(small().entities[0], keys={each.name: parse("K") for each in keys[:2]})
    return small(
        draw(_names),
        hash=keys[0],
        range=keys[1],
        entities=(entity,),
        indexes=tuple(indexes),
        settings=settings,
    )
