from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, is_dataclass

import pytest

from kxmodel.errors import KxError, OperationError
from kxmodel.migrate import operations as op
from kxmodel.migrate.state import IndexKeysState, State
from tests.migrate.states import entity, index, key, keys, table

KEYS = {"GSI1PK": "${lead}", "GSI1SK": "${id}"}
DIGEST = "sha256:" + "0" * 64


def same(item: dict) -> dict:
    return {"a": item["a"]}


def other(item: dict) -> dict:
    return {"a": ""}


EVERY = [
    op.AddAttribute("messages", "Message", "x", 1),
    op.AddEntity("messages", "Note", {"pk": "${tenant}", "sk": "N"}, DIGEST),
    op.BackfillKeys("messages", "Message", "GSI1", KEYS, {"lead": {"present": True}}),
    op.CreateIndex("messages", "GSI2", "a", ("b", "N"), ["c"]),
    op.DeriveAttributes("messages", "Message", {"full": "${tenant}-${id}"}),
    op.CreateTable("new", "a", ("b", "B"), local_indexes=[op.LocalIndex("L", "c")]),
    op.DropIndex("messages", "GSI1"),
    op.DropTable("messages"),
    op.Rekey("messages", "Message", {"pk": "T#${tenant}", "sk": "${id}"}),
    op.RemoveAttribute("messages", "Message", "x"),
    op.RemoveDerived("messages", "Message", {"d": "${tenant}"}),
    op.RemoveEntity("messages", "Message"),
    op.RemoveKeys("messages", "Message", "GSI1", KEYS),
    op.RenameAttribute("messages", "Message", "lead", "lead_id"),
    op.RunPython(same, other),
    op.SetCapacity("messages", 5, 5),
    op.SetDeletionProtection("messages", True),
    op.SetEncryption("messages", "aws-managed"),
    op.SetEntity("messages", "Message", {"prefix": {"sk": "M"}}, {"d": "${tenant}"}, "v"),
    op.SetEntityKeys("messages", "Message", "GSI1", KEYS),
    op.SetPointInTimeRecovery("messages", True),
    op.SetSchema("messages", "Message", DIGEST),
    op.SetStream("messages", "KEYS_ONLY"),
    op.SetTags("messages", {"team": "a"}),
    op.SetTimeToLive("messages", "expires"),
    op.TransformAttribute("messages", "Message", same, ["a"], undo=other),
    op.ValidateItems("messages", "Message", schema=DIGEST),
    op.VerifyKeys("messages", "GSI1"),
    op.WaitForWriters("Deploy."),
]
BEFORE = table(entity(indexes={"GSI1": keys()}, derive={"d": "${tenant}"}), indexes=(index(),))


def test_every_operation_is_here() -> None:
    named = {getattr(op, name) for name in op.__all__}
    classes = {c for c in named if inspect.isclass(c) and issubclass(c, op.Operation)}
    assert {type(each) for each in EVERY} == classes - {op.Operation}


@pytest.mark.parametrize("operation", EVERY, ids=lambda each: type(each).__name__)
def test_each(operation: op.Operation) -> None:
    assert is_dataclass(operation)
    with pytest.raises(FrozenInstanceError):
        operation.table = "x"
    assert operation.describe().endswith(".")
    assert operation.describe()[0].isupper() or operation.describe().startswith("messages")
    assert operation.canonical()["operation"] == type(operation).__name__
    after = operation.apply(BEFORE)
    inverse = operation.inverse(BEFORE)
    if operation.reversible:
        assert (inverse.apply(after) if inverse else after) == BEFORE
    else:
        assert inverse is None
    if operation.kind in ("data", "schema", "state") and hasattr(operation, "table"):
        with pytest.raises(OperationError) as refused:
            type(operation)(**{**vars(operation), "table": "messages"}).apply(
                State() if not isinstance(operation, op.CreateTable) else BEFORE
            )
        assert refused.value.code == "KX605"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: op.CreateTable("", "a"), "table"),
        (lambda: op.CreateTable("t", ["a", "b"]), "one attribute"),
        (lambda: op.CreateTable("t", ("a", "X")), "no key attribute"),
        (lambda: op.CreateTable("t", "a", read_capacity=1), "together"),
        (lambda: op.CreateIndex("t", "idx", list("abcde")), "up to four"),
        (lambda: op.CreateIndex("t", "idx", "a", projection="SOME"), "projection"),
        (lambda: op.CreateIndex("t", "GS", "a"), "no name that DynamoDB takes"),
        (lambda: op.CreateIndex("t", "an index", "a"), "no name that DynamoDB takes"),
        (lambda: op.BackfillKeys("t", "E", "i", {}), "template"),
        (lambda: op.BackfillKeys("t", "E", "i", {"a": "${"}), "never closed"),
        (lambda: op.BackfillKeys("t", "E", "i", {"a": "${b}"}, when={"b": {}}), "when"),
        (lambda: op.SetSchema("t", "E", "latest"), "digest"),
        (lambda: op.ValidateItems("t", schema=DIGEST), "one entity"),
        (lambda: op.TransformAttribute("t", "E", same, "ab"), "list"),
        (lambda: op.Rekey("t", "E", KEYS, {"a": "${b}"}, same), "one of them"),
    ],
)
def test_malformed(make: object, told: str) -> None:
    with pytest.raises(KxError, match=told):
        make()


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (op.CreateIndex("messages", "GSI1", "a"), "already"),
        (op.CreateIndex("messages", "GSI2", ("GSI1PK", "N")), "another key"),
        (op.DropIndex("messages", "GSI9"), "there is GSI1"),
        (op.BackfillKeys("messages", "Nobody", "GSI1", KEYS), "there is Message"),
        (op.VerifyKeys("messages", "GSI9"), "no entity"),
        (op.RenameAttribute("messages", "Message", "pk", "x"), "primary key"),
        (op.RenameAttribute("messages", "Message", "GSI1PK", "x"), "key attribute of GSI1"),
        (op.TransformAttribute("messages", "Message", same, ["pk"]), "primary key"),
        (op.Rekey("messages", "Message", {"pk": "${tenant}"}), "not those"),
    ],
)
def test_what_does_not_fit(operation: op.Operation, told: str) -> None:
    with pytest.raises(OperationError, match=told):
        operation.apply(BEFORE)


def test_one_form_of_each_argument() -> None:
    assert op.CreateIndex("t", "idx", ["a"]) == op.CreateIndex("t", "idx", ("a", "S"))
    several = op.CreateIndex("t", "idx", ["a", ("b", "N")])
    assert several.definition.hash == (key("a"), key("b", "N"))
    # Two attributes, the second of which is called N.
    assert op.CreateIndex("t", "idx", ["a", "N"]).definition.hash == (key("a"), key("N"))
    assert op.CreateIndex("t", "idx", "a", projection=["c", "b", "c"]).projection == ("b", "c")


def test_renaming_goes_through_every_template() -> None:
    made = entity(
        keys={"pk": "${lead}#${lead.x|lower}", "sk": "$$${leader}"},
        indexes={"GSI1": IndexKeysState({"a": "${lead|lower}"}, {"lead.x": {"present": True}})},
        recognise={"equals": {"lead": "x"}},
        derive={"lead": "${id}", "d": "${lead}"},
        version="lead",
    )
    after = op.RenameAttribute("messages", "Message", "lead", "l").apply(table(made))
    found = after.table("messages").entity("Message")
    assert found.keys == {"pk": "${l}#${l.x|lower}", "sk": "$$${leader}"}
    assert found.indexes["GSI1"] == IndexKeysState({"a": "${l|lower}"}, {"l.x": {"present": True}})
    assert found.recognise == {"equals": {"l": "x"}}
    assert found.derive == {"l": "${id}", "d": "${l}"}
    assert found.version == "l"


def test_what_is_destroyed_is_said() -> None:
    destroying = {type(each).__name__ for each in EVERY if each.destroys}
    assert destroying == {"DropIndex", "DropTable", "RemoveAttribute", "SetTimeToLive"}
    assert op.TransformAttribute("t", "E", same, ["a"]).destroys


def test_functions_are_compared_by_their_source() -> None:
    one = op.TransformAttribute("t", "E", same, ["a"])
    assert one.canonical() != op.TransformAttribute("t", "E", other, ["a"]).canonical()


def test_what_a_transform_adds_its_undoing_may_take_away() -> None:
    one = op.TransformAttribute("messages", "Message", same, ["a"], ["b"], undo=other)
    undone = one.inverse(BEFORE)
    assert isinstance(undone, op.TransformAttribute)
    assert (undone.reads, undone.changes) == (("a", "b"), ("b",))


@pytest.mark.parametrize(
    "arguments", [({1, 2},), (float("nan"),), ("x", "B"), ("a", "SS"), (["a"], "XX"), (b"x",)]
)
def test_a_value_that_cannot_be_stored_is_refused_when_the_file_is_read(arguments: tuple) -> None:
    with pytest.raises(OperationError, match=r"AddAttribute: (value|type)"):
        op.AddAttribute("messages", "Message", "x", *arguments)


def test_an_entity_that_joined_an_index_leaves_it_on_the_way_back() -> None:
    """The index is there for others, whose readers do not expect this one."""
    joined = op.BackfillKeys("messages", "Message", "GSI1", KEYS)
    there = table(indexes=(index(),))
    assert joined.inverse(there) == op.RemoveKeys("messages", "Message", "GSI1", KEYS)
    assert joined.inverse(table()) == op.SetEntityKeys("messages", "Message", "GSI1")
