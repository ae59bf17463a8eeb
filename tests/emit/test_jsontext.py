import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.emit.jsontext import dump
from kxmodel.errors import ExportError
from kxmodel.values.shown import INVISIBLE

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(texts, texts))
def test_it_reads_back_and_shows_what_cannot_be_seen(value):
    text = dump(value, "x")
    assert json.loads(text) == value
    hidden = {c for c in INVISIBLE.findall(text) if c <= "\uffff"}
    assert hidden <= {"\n"}


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(ExportError) as caught:
        dump({"a": "\udc00"}, "x")
    assert caught.value.code == "KX703"
