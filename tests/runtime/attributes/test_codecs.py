"""Generated codecs give what the attributes themselves give, and serve only the classes they fit."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.emit.golden.club as club
import tests.emit.golden.gallery_v2 as gallery
from kxmodel.errors import ValueRefused
from kxmodel.models import Lead, Message, Persona
from kxmodel.runtime import TextAttribute
from kxmodel.runtime.attributes import WriteContext, codecs, generic, write_members
from kxmodel.runtime.attributes import members as members_module
from kxmodel.runtime.attributes.codecs import codec_of
from kxmodel.runtime.attributes.maps import Map
from kxmodel.runtime.attributes.origin import Snapshot, snapshot
from kxmodel.testing.strategies import models
from tests.runtime.test_properties import PURE, anything, members, python_values

CODED = ("kxmodel.models.messages", "kxmodel.models.leads", "kxmodel.models.personas")
CODED += ("tests.emit.golden.gallery_v2", "tests.emit.golden.club")
MODELS = [Message, Lead, Persona, gallery.Picture, club.Club, club.Page, club.Event]


def codecs_of(module: str) -> dict[type[Any], Any]:
    package, _, name = module.rpartition(".")
    found: dict[type[Any], Any] = importlib.import_module(f"{package}._codec.{name}").CODECS
    return found


def ordinary(do: Any) -> Any:
    """Do it without codecs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codecs, "_wanted", False)
        return do()


def state(value: Any) -> Any:
    """All of an object: types, the order of members, what is undeclared, what it was read from."""
    if isinstance(value, (Map, *MODELS)):
        held = [(name, state(member)) for name, member in value.attribute_values.items()]
        return (
            type(value),
            sorted(held, key=lambda pair: pair[0]),
            dict(value._kx_extra),
            value._kx_stored,
        )
    if isinstance(value, dict):
        return {name: state(member) for name, member in value.items()}
    if isinstance(value, list):
        return [state(element) for element in value]
    return type(value), repr(value) if isinstance(value, float | Decimal) else value


def read(model: type[Any], item: Any) -> Any:
    return model._kx_read(item)


@pytest.mark.parametrize("module", CODED)
def test_every_generated_class_has_its_codec(module):
    for owner, codec in codecs_of(module).items():
        assert codec_of(owner) is codec


@pytest.mark.parametrize("model", MODELS)
@PURE
@given(data=st.data())
def test_what_is_read_is_what_the_attributes_read(model, data):
    item = data.draw(members(model))
    before = copy.deepcopy(item)
    assert state(read(model, item)) == state(ordinary(lambda: read(model, item)))
    assert item == before


class Colour(StrEnum):
    RED = "red"


odd_values = st.one_of(
    python_values.filter(lambda value: " at 0x" not in repr(value)),  # two ways, two addresses
    st.sampled_from(
        [
            "text",
            Colour.RED,
            7,
            10**38,
            -(10**37),
            0.25,
            2.0,
            1e300,
            float("nan"),
            -0.0,
            True,
            b"x",
            ["a", "b"],
            ["a", Colour.RED],
            [],
            datetime(2024, 1, 15, 10, 30, tzinfo=UTC),
            datetime(2024, 1, 15, 10, 30, 0, 1234, tzinfo=UTC),
            datetime(2024, 1, 15, 10, 30, tzinfo=timezone(timedelta(hours=2))),
            datetime(2024, 1, 15, 10, 30),
            "Kim@Example.com",
            "+19545550100",
            gallery.Tree(label="x"),
        ]
    ),
)


@pytest.mark.parametrize("model", MODELS)
@PURE
@given(data=st.data())
def test_what_is_written_is_what_the_attributes_write(model, data):
    item = data.draw(members(model))
    names = sorted(model.get_attributes())
    changed = data.draw(st.dictionaries(st.sampled_from(names), odd_values, max_size=4))
    deep = data.draw(odd_values)
    is_new = data.draw(st.booleans())

    def write() -> Any:
        found = read(model, copy.deepcopy(item))
        for name, value in changed.items():
            found.attribute_values[name] = copy.deepcopy(value)
        for inner in found.attribute_values.values():
            if isinstance(inner, Map):
                first = sorted(inner.get_attributes())[:1]
                inner.attribute_values.update(dict.fromkeys(first, copy.deepcopy(deep)))
        context = WriteContext()
        stored = None if is_new else found._kx_stored
        try:
            written = write_members(found, stored, (), context)
        except ValueRefused as error:
            return str(error)
        told = [(p.path, repr(p.value), p.rule, p.message, p.code) for p in context.problems]
        return sorted(written.items(), key=lambda pair: pair[0]), told, repr(state(found))

    assert write() == ordinary(write)


def test_a_list_keeps_the_digits_of_what_stays():
    tree = {"M": {"label": {"S": "a"}, "x": {"N": "1.0"}}}
    item = {"trees": {"L": [tree, {"M": {"label": {"S": "b"}}}]}}
    found = read(gallery.Picture, item)
    found.trees.append(gallery.Tree(label="c"))
    written = write_members(found, found._kx_stored, (), WriteContext())
    assert written["trees"]["L"] == [*item["trees"]["L"], {"M": {"label": {"S": "c"}}}]


def test_what_nests_too_deeply_is_refused_both_ways():
    tree = gallery.Tree(label="leaf")
    for _ in range(40):
        tree = gallery.Tree(label="x", children=[tree])
    made = gallery.Picture(trees=[tree])
    for way in (lambda do: do(), ordinary):
        with pytest.raises(ValueRefused, match="over 32 levels"):
            way(lambda: write_members(made, None, (), WriteContext()))


@pytest.mark.parametrize("model", [Message, Lead, Persona])
@PURE
@given(data=st.data())
def test_good_items_never_go_the_ordinary_way(model, data):
    """Else what is fast would be slow, and no other test would tell."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the ordinary way")

    made = data.draw(models(model))
    item = made.serialize()  # normalises the numbers of telephones
    with pytest.MonkeyPatch.context() as patch:
        for name in ("decode_members", "_write_each"):
            patch.setattr(members_module, name, refused)
        found = read(model, item)
        assert write_members(found, found._kx_stored, (), WriteContext()) == item
        assert write_members(made, None, (), WriteContext()) == item


def test_an_item_is_kept_as_text_until_a_write_asks_for_it():
    item = Message(
        tenant_id="t", email_lc="a@b.co", source="sms", direction="inbound", text="hi"
    ).serialize()
    item |= {"meta": {"M": {"sentiment": {"M": {"score": {"N": "0.50"}}}}}}
    found = read(Message, item)
    assert type(found._kx_origin) is Snapshot
    item["text"]["S"] = "changed after it was read"
    assert found._kx_stored["text"] == {"S": "hi"}
    assert found.meta.sentiment._kx_stored == {"score": {"N": "0.50"}}
    assert pickle.loads(pickle.dumps(found))._kx_stored == found._kx_stored


def test_half_of_a_surrogate_pair_is_kept():
    made = Message(tenant_id="t", email_lc="a@b.co", source="sms", direction="inbound", text="hi")
    text = json.dumps({**made.serialize(), "text": {"S": "\ud800"}})
    found = Message._kx_read(json.loads(text), text)
    assert type(found._kx_origin) is Snapshot
    assert found._kx_stored == json.loads(text)


def test_binary_is_kept_as_it_is():
    item = {"name": {"S": "a"}, "seal": {"B": b"\xff"}}
    assert snapshot(item) is item


class Plain(Message):
    """A user's class with methods of its own only."""

    def shout(self) -> str:
        return self.text.upper()


class Hooked(Message):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made = True


class Replaced(Message):
    text = TextAttribute()


class Longer(Message):
    more = TextAttribute(null=True)


class Kept(Message):
    def _container_deserialize(self, attribute_values: Any) -> None:
        super()._container_deserialize(attribute_values)
        self.read_at = "here"


def test_a_users_class_without_hooks_is_served_and_one_with_is_not():
    assert codec_of(Plain) is codec_of(Message)
    for own in (Hooked, Replaced, Longer, Kept):
        assert codec_of(own) is None
    raw = Message(
        tenant_id="t", email_lc="a@b.co", source="sms", direction="inbound", text="hi"
    ).serialize()
    assert read(Plain, raw).shout() == "HI"
    assert read(Hooked, raw).made
    assert read(Kept, raw).read_at == "here"
    assert read(Longer, {**raw, "more": {"S": "x"}}).more == "x"


def test_a_codec_that_does_not_fit_its_module_serves_nothing(monkeypatch):
    beside = importlib.import_module("tests.emit.golden._codec.club")
    one, *_ = beside.CODECS
    stale = beside.CODECS[one]._replace(members={**beside.CODECS[one].members, "gone": "Gone"})
    monkeypatch.setitem(beside.CODECS, one, stale)
    monkeypatch.delitem(vars(beside), "_kx_fits", raising=False)
    for owner in list(beside.CODECS):
        monkeypatch.delattr(owner, "_kx_codec", raising=False)
        assert codec_of(owner) is None
        type.__delattr__(owner, "_kx_codec")
    vars(beside).pop("_kx_fits")


def test_a_class_written_by_hand_goes_the_ordinary_way():
    from tests.runtime.zoo import Animal

    assert codec_of(Animal) is None


@PURE
@given(item=st.dictionaries(st.text(max_size=3), anything, max_size=4))
def test_undeclared_members_are_what_no_attribute_is_stored_as(item):
    found = read(gallery.Picture, item)
    names = {attribute.attr_name for attribute in gallery.Picture.get_attributes().values()}
    assert found._kx_extra == {name: value for name, value in item.items() if name not in names}


def test_what_a_user_sets_in_a_way_of_their_own_is_set_so():
    class Loud(Message):
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value.upper() if name == "text" else value)

    made = Loud(tenant_id="t", email_lc="a@b.co", source="sms", direction="inbound", text="hi")
    assert made.text == "HI"

    class LoudLeaf(gallery.Leaf):
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value.upper() if name == "str" else value)

    assert LoudLeaf.from_mapping({"str": "green"}).str == "GREEN"


def test_a_member_of_an_enumeration_is_stored_as_its_text():
    class Word(str, Enum):  # noqa: UP042  # which prints itself as Word.MAIL
        MAIL = "office@example.com"

    made = gallery.Picture(artist_mail=Word.MAIL, title=Word.MAIL, anything={"a": [Word.MAIL]})
    for way in (lambda do: do(), ordinary):
        written = way(lambda: write_members(made, None, (), WriteContext()))
        assert written["artistMail"] == written["title"] == {"S": "office@example.com"}
        assert written["anything"] == {"M": {"a": {"L": [{"S": "office@example.com"}]}}}
    assert generic.encode(Word.MAIL) == {"S": "office@example.com"}


@pytest.mark.parametrize("way", [lambda do: do(), ordinary])
def test_what_is_refused_is_refused_again(way):
    naive = datetime(2024, 1, 15, 10, 30)
    made = gallery.Picture(until=naive)
    lead = Lead(contact_info={"phone": [1.0]})

    def refused() -> dict[Any, str]:
        context = WriteContext()
        write_members(made, None, (), context)
        write_members(lead, None, (), context)
        return {problem.path: repr(problem.value) for problem in context.problems}

    for _ in range(2):
        assert way(refused) == {("until",): repr(naive), ("contactInfo", "phone"): "[1.0]"}
