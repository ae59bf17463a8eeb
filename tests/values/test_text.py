from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxmodel.errors import ValueRefused
from kxmodel.values import check_text, utf8, utf8_length


@given(st.text())
def test_whole_characters_have_a_utf8_form(text: str) -> None:
    assert check_text(text) is text
    assert utf8(text).decode() == text
    assert utf8_length(text) == len(utf8(text))


@pytest.mark.parametrize("check", [check_text, utf8, utf8_length])
def test_half_a_surrogate_pair_is_refused_at_its_place(check: object) -> None:
    with pytest.raises(ValueRefused, match="character 3") as caught:
        check("ab\udc00")
    assert caught.value.code == "KX316"
    str(caught.value).encode()
